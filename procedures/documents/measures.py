"""What the documents of a measure say besides: the file, who was heard or invited, and on which grounds."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from procedures.cases.models import Case, StageRecord
from procedures.cases.states import State
from procedures.documents.wording import Words, day, words

UNANSWERED = (StageRecord.Ending.SILENCE, StageRecord.Ending.PASSED_OVER)


def seen_in_file(case: Case) -> list[Words]:
    """The file with its day, then each time that those concerned were heard, or were invited and kept silent."""
    opened = words(_("file no. %(number)s opened on %(day)s,"), number=case.number, day=day(localdate(case.filed_at)))
    return [opened, *_heard(case)]


def _heard(case: Case) -> Iterator[Words]:
    for record in case.stages.filter(kind=State.OPINION).exclude(closed_at=None).order_by("pk"):
        if record.ending in UNANSWERED and record.due_on is not None:
            yield words(_("the invitation to answer, to which nothing came up to %(day)s,"), day=day(record.due_on))
        elif record.closed_at is not None and not record.ending:
            yield words(_("the written answer received on %(day)s,"), day=day(localdate(record.closed_at)))


def grounds_of(reasons: Sequence[Mapping[str, Words]]) -> list[Words]:
    """An article for each ground: what is held against whom it concerns, with the text it rests on."""
    return [
        words(_("It is found that: %(ground)s %(basis)s"), ground=reason["text"], basis=reason["basis"])
        for reason in reasons
    ]
