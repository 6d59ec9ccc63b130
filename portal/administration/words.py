"""The acts of these rooms and the fields they change, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.offices.models import Office
from registers.specialities.models import Moratorium

ACTIONS: dict[str, Any] = {
    "account.invite": _("Invitation sent"),
    "account.invite_again": _("Invitation sent again"),
    "account.withdraw_invitation": _("Invitation withdrawn"),
    "account.accept_invitation": _("Invitation accepted"),
    "account.deactivate": _("Account closed"),
    "account.reactivate": _("Account opened again"),
    "account.end_sessions": _("Sessions ended"),
    "account.ask_reset": _("Reset of the second factor asked for"),
    "account.reset_factor": _("Second factor reset"),
    "account.refuse_reset": _("Reset of the second factor refused"),
    "account.read": _("Page of the account read"),
    "account.recovery_asked": _("Account asked back at a desk"),
    "account.recovered": _("Account given back at a desk"),
    "office.open": _("Office opened"),
    "office.change": _("Office changed"),
    "office.close": _("Office closed"),
    "office.reopen": _("Office opened again"),
    "office.appoint": pgettext_lazy("office", "Appointment"),
    "office.end_membership": _("End of an appointment"),
    "office.prolong_membership": _("Appointment prolonged"),
    "office.confirm_membership": _("Right confirmed in the review"),
    "office.absence": _("Absence noted"),
    "office.end_absence": _("Absence ended"),
    "speciality.create": _("Speciality added"),
    "speciality.change": _("Speciality changed"),
    "speciality.retire": _("Speciality retired"),
    "speciality.restore": _("Speciality offered again"),
    "speciality.load": _("Table of specialities loaded"),
    "moratorium.declare": _("Moratorium declared"),
    "moratorium.end": _("Moratorium ended"),
    "place.create": _("Delegation added"),
    "place.change": _("Place renamed"),
    "place.load": _("Table of delegations loaded"),
    "people.proposal_read": _("Comparison read"),
    "people.merged": _("Entries merged"),
    "people.apart": _("Entries kept apart"),
    "holiday.enter": _("Holiday entered"),
    "holiday.change": _("Holiday changed"),
    "holiday.remove": _("Holiday taken off"),
    "version.note": _("Version installed"),
    "version.rehearse": _("Rehearsal asked for"),
    "version.open": _("Version opened"),
    "weekend.set": _("Weekend set"),
    "warnings.set": _("Warnings set"),
    "value.set": _("Value set"),
    "words.set": _("Wording set"),
}
FIELDS: dict[str, Any] = {
    "kind": _("Kind"),
    "place": _("Governorate"),
    "governorate": _("Governorate"),
    "name_ar": _("Name in Arabic"),
    "name_fr": _("Name in French"),
    "name_en": _("Name in English"),
    "sector": _("Code of the sector"),
    "sector_ar": _("Sector in Arabic"),
    "sector_fr": _("Sector in French"),
    "sector_en": _("Sector in English"),
    "isced_f": _("ISCED-F 2013"),
    "isco08": _("ISCO-08"),
    "levels": _("Levels"),
    "day": pgettext_lazy("part of a date", "Day"),
    "standing": _("How sure it is"),
    "near_at": _("First warning, in hundredths of the delay"),
    "again_after": _("Days between two warnings"),
}
KINDS: dict[str, dict[Any, Any]] = {
    "office.open": dict(Office.Kind.choices),
    "moratorium.declare": dict(Moratorium.Kind.choices),
}
