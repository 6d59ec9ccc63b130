"""Questions about specialities, moratoria, places and holidays."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.administration.forms.asked import Asked, Names, a_day, a_reason, latin, name_in, one_of, some_words
from portal.administration.forms.people import after
from procedures.calendar.models import Holiday
from registers.places.models import Place
from registers.places.selectors import governorate_names
from registers.specialities.models import Moratorium, Speciality
from registers.specialities.reasons import ENDS, MORATORIA, RETIREMENTS

STANDINGS = {
    Holiday.Standing.CONFIRMED: pgettext_lazy("holiday", "Confirmed"),
    Holiday.Standing.ESTIMATED: pgettext_lazy("holiday", "Estimated: the moon decides"),
}
SECTOR = ("sector", "sector_ar", "sector_fr", "sector_en")


class Describing(Names):
    """A speciality: its sector, its names, and where it stands in the classifications."""

    like = one_of(
        _("Sector"), needed=False, help_text=_("For a sector that is not listed, leave it and name it below.")
    )
    sector_ar = name_in("ar", _("New sector in Arabic"), 100, needed=False)
    sector_fr = name_in("fr", _("New sector in French"), 100, needed=False)
    sector_en = name_in("en", _("New sector in English"), 100, needed=False)
    isced_f = latin(_("ISCED-F 2013"), 4, needed=False, narrow="w-10", help_text=_("Two to four digits."))
    isco08 = latin(_("ISCO-08"), 4, needed=False, narrow="w-10", help_text=_("One to four digits."))
    levels = latin(_("Levels"), 60, needed=False, help_text=_("Codes with a space between them, for example CAP BTP."))
    field_order = (
        "code", "name_ar", "name_fr", "name_en", "like", "sector_ar", "sector_fr", "sector_en",
        "isced_f", "isco08", "levels",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "ar")[:2]
        self.sectors = {row["code"]: row for row in _sectors()}
        named = sorted((row[f"sector_{language}"], code) for code, row in self.sectors.items())
        self.offer("like", ((code, name) for name, code in named), nothing=_("Choose a sector"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field, most in (("isced_f", "0732"), ("isco08", "7112")):
            if cleaned.get(field) and not cleaned[field].isdecimal():
                self.add_error(field, _("Write digits alone, for example %(example)s.") % {"example": most})
        if not cleaned.get("like") and not all(cleaned.get(name) for name in SECTOR[1:]):
            self.add_error("like", _("Choose a sector, or name a new one in the three languages."))
        return cleaned

    def described(self) -> dict[str, Any]:
        said = self.cleaned_data
        known = self.sectors.get(said["like"])
        sector = {name: known[name] for name in SECTOR} if known else {name: said.get(name, "") for name in SECTOR}
        named = {name: said[name] for name in ("name_ar", "name_fr", "name_en", "isced_f", "isco08")}
        return named | sector | {"levels": said["levels"].split()}


class Adding(Describing):
    code = latin(_("Code"), 12, narrow="w-10", help_text=_("Capital letters, digits and hyphens, for example BAT-01."))

    def described(self) -> dict[str, Any]:
        return super().described() | {"code": self.cleaned_data["code"]}

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


class Retiring(Asked):
    since = a_day(_("First day on which it is not offered"))
    until = a_day(_("Last day"), needed=False, help_text=_("Leave it empty where no end is known."))
    reason = a_reason(RETIREMENTS)
    note = some_words(_("Note for colleagues"))

    def clean_until(self) -> Any:
        return after(self.cleaned_data["until"])


class Restoring(Asked):
    on = a_day(_("First day on which it is offered again"))
    reason = a_reason(ENDS)


class Halting(Asked):
    speciality = one_of(_("Speciality"))
    kind = one_of(_("What is halted"), Moratorium.Kind.choices, few=True)
    governorate = one_of(_("Governorate"), needed=False)
    reference = forms.CharField(
        label=_("Reference of the circular"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Without one, the moratorium is shown as an assumption."),
    )
    since = a_day(_("First day"))
    until = a_day(_("Last day"), needed=False, help_text=_("Leave it empty where no end is known."))
    reason = a_reason(MORATORIA)
    note = some_words(_("Note for colleagues"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()
        self.offer("speciality", _by_sector(), nothing=_("Choose a speciality"))
        names = governorate_names((get_language() or "ar")[:2])
        self.offer("governorate", names.items(), nothing=_("The whole country"))

    def described(self) -> dict[str, Any]:
        said = self.cleaned_data
        governorate = Place.objects.filter(pk=said["governorate"]).first()
        return said | {"speciality": Speciality.objects.get(pk=said["speciality"]), "governorate": governorate}

    def clean_until(self) -> Any:
        return after(self.cleaned_data["until"])


class Stopping(Asked):
    on = a_day(_("First day without it"))
    reason = a_reason(ENDS)
    note = some_words(_("Note for colleagues"))


class Placing(Names):
    """A delegation of a governorate."""

    code = latin(
        _("Code"), 12, narrow="w-10", help_text=_("Capital letters, digits and hyphens, for example TN-82-01.")
    )
    governorate = one_of(_("Governorate"))
    field_order = ("code", "governorate", "name_ar", "name_fr", "name_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = governorate_names((get_language() or "ar")[:2])
        self.offer("governorate", names.items(), nothing=_("Choose a governorate"))

    def described(self) -> dict[str, Any]:
        return self.cleaned_data | {"governorate": Place.objects.get(pk=self.cleaned_data["governorate"])}

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


class Resting(Names):
    """A holiday of the working calendar."""

    day = a_day(pgettext_lazy("part of a date", "Day"))
    standing = one_of(_("How sure it is"), STANDINGS.items(), few=True)
    source = forms.CharField(
        label=_("Where it is written"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("A decree or an announcement. Without one, the day is shown as an assumption."),
    )
    field_order = ("day", "name_ar", "name_fr", "name_en", "standing", "source")

    def described(self) -> dict[str, Any]:
        return {"names": self.names()} | {name: self.cleaned_data[name] for name in ("day", "standing", "source")}


class Table(Asked):
    """A file to be looked at before anything changes."""

    table = forms.FileField(
        label=_("Table (CSV)"),
        help_text=_("UTF-8, 1 MB at most; its first line names the columns. You see what changes before it does."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )


class Deciding(Asked):
    """Whether two entries are one person."""

    decision = one_of(
        pgettext_lazy("entries", "Decision"),
        {"merge": _("One person: merge the entries"), "apart": _("Two persons: keep them apart")}.items(),
        few=True,
    )
    reason = some_words(
        _("What you compared, and why"), needed=True, help_text=_("Kept with the decision. No identity numbers.")
    )


def _sectors() -> Iterable[dict[str, Any]]:
    """One speciality of each sector: to choose a sector is to choose that of a speciality."""
    seen: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in Speciality.objects.order_by("code").values("code", *SECTOR):
        seen.setdefault(tuple(row[name] for name in SECTOR[1:]), row)
    return seen.values()


def _by_sector() -> list[tuple[str, list[tuple[str, str]]]]:
    language = (get_language() or "ar")[:2]
    sectors: dict[str, list[tuple[str, str]]] = {}
    rows: Iterable[Any] = Speciality.objects.order_by(f"sector_{language}", f"name_{language}").values()
    for row in rows:
        sectors.setdefault(row[f"sector_{language}"], []).append((row["code"], row[f"name_{language}"]))
    return list(sectors.items())
