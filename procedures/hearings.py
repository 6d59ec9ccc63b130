"""The right to be heard, as every file of the authority gives it: a stage to answer in, and papers of both sides."""

from django.utils.translation import gettext_lazy as _

from procedures.definition import Concerned, Deadline, Delay, Evidence, Opinion, Silence
from procedures.fieldsets import Reply

HEARING = "hearing"
MOST_FILES = 10


def hearing(within: Delay) -> Opinion:
    """The stage in which those concerned answer in writing; silence lets the file go on once `within` is over."""
    return Opinion(
        code=HEARING,
        at=Concerned("case.applicant"),
        asks=(Reply,),
        deadline=Deadline(within, silence=Silence.PASSES),
    )


def papers_of_a_file(*, demanded: bool = False) -> tuple[Evidence, Evidence]:
    """What the office hands in, which a measure may have `demanded`, and what those concerned add to their answer."""
    return (
        Evidence("proof", _("Papers on which the file rests"), optional=not demanded, files=MOST_FILES),
        Evidence("reply", _("Papers that support the answer"), at=HEARING, optional=True, files=MOST_FILES),
    )
