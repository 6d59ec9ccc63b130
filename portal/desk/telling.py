"""What the other side is told of a message or a hand-over: that there is one, never what it says."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.services import Message, notify
from procedures.cases.models import Case, CaseMessage
from procedures.cases.selectors import people_behind


@transaction.atomic
def tell_of_message(message: CaseMessage) -> None:
    """Whoever filed hears of what an office wrote; the officer to whom a case is assigned, of what was written back."""
    case = message.case
    if message.office is not None:
        people, page = people_behind(case), reverse("desk:case", kwargs={"case": case.public_id})
    else:
        people = (case.assignee,) if case.assignee else ()
        page = reverse("backoffice:case", kwargs={"case": case.public_id})
    for person in people:
        with translation.override(person.language):
            said = Message(
                subject=_("A message about application %(number)s") % {"number": case.number},
                body=_("There is a new message about application %(number)s. Read it on the page of the case.")
                % {"number": case.number},
                path=_in(person.language, page) + "#messages",
            )
            _notify("case_message", f"{message.pk}:{person.pk}", person, case, said)


@transaction.atomic
def tell_of_hand_over(case: Case) -> None:
    """The colleague who is in charge now."""
    person, version = case.in_charge, case.pk
    if person is None:
        return
    with translation.override(person.language):
        said = Message(
            subject=_("Application %(number)s is handed over to you") % {"number": case.number},
            body=_("A colleague put you in charge of application %(number)s. What happens to it is told to you.")
            % {"number": case.number},
            path=reverse("desk:case", kwargs={"case": case.public_id}),
        )
        count = person.notices.filter(case=case.public_id, event="case_handed_over").count()
        _notify("case_handed_over", f"{version}:{person.pk}:{count}", person, case, said)


def _notify(event: str, part: str, person: Any, case: Case, said: Message) -> None:
    notify(
        key=f"{event}:{part}",
        event=event,
        person=person,
        case=case.public_id,
        language=person.language,
        message=said,
    )


def _in(language: str, path: str) -> str:
    """An address made in another language, in this person's."""
    return "/".join(("", language, path.split("/", 2)[2]))
