"""The message that tells an office of a report on one of its documents; it names neither holder nor paper."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications.services import Message, notify
from procedures.mismatches.models import Mismatch
from procedures.mismatches.selectors import readers_of


def tell_office(report: Mismatch) -> None:
    """Inside the transaction of the report; of one code a person hears once a day, however many reports come."""
    if report.office is None:
        return
    for person in readers_of(report.office):
        with translation.override(person.language):
            said = Message(
                subject=_("A paper was reported that differs from its document"),
                body=_("Somebody who held a paper reported that it differs from a document of your office."),
                path=reverse("mismatches:mismatch", args=[report.public_id]),
            )
        notify(
            key=f"mismatch:{report.code}:{timezone.localdate()}:{person.pk}",
            event="mismatch_reported",
            person=person,
            case=None,
            language=person.language,
            message=said,
        )
