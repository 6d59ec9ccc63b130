"""What a status means, in plain words and in the tense of the day that was asked."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from portal.directory.reading import last_day
from registers.structures.models import Status, StructureStatus

LOOKS = {Status.ACTIVE: "ok", Status.DECLARED: "", Status.SUSPENDED: "warn", Status.CLOSED: "bad-t"}
FIRST = re.compile(r"^1(?= )")
TONES = {Status.SUSPENDED: "s-warn", Status.CLOSED: "s-bad"}
ICONS: dict[str, str] = {Status.ACTIVE: "check", Status.SUSPENDED: "pause", Status.CLOSED: "cross"}
UNKNOWN = "unknown"  # the register knows nothing of the structure on that day


@dataclass(frozen=True)
class Standing:
    """A word, its look, since when it holds, and what it means for whoever enrols or recruits."""

    code: str
    word: str
    look: str
    tone: str = ""
    since: date | None = None
    until: date | None = None  # the last day, where it is known
    meaning: str = ""

    @property
    def is_active(self) -> bool:
        return self.code == Status.ACTIVE

    @property
    def icon(self) -> str:
        return ICONS.get(self.code, "")


def standing(period: StructureStatus | None, *, then: bool = False) -> Standing:
    """`then`: the day passed, and the words say "was"."""
    if period is None:
        return Standing(UNKNOWN, pgettext("structure", "Not in the register"), "off", meaning=_not_known(then))
    code = period.status
    return Standing(
        code=code,
        word=_was(code) if then else word(code),
        look=LOOKS[Status(code)],
        tone=TONES.get(Status(code), ""),
        since=period.since,
        until=last_day(period),
        meaning=_past(code) if then else _now(code),
    )


def word(code: str) -> str:
    return {
        Status.DECLARED: pgettext("structure", "Declared"),
        Status.ACTIVE: pgettext("structure", "Active"),
        Status.SUSPENDED: pgettext("structure", "Suspended"),
        Status.CLOSED: pgettext("structure", "Closed"),
    }[Status(code)]


def _was(code: str) -> str:
    return {
        Status.DECLARED: pgettext("structure", "Was declared"),
        Status.ACTIVE: pgettext("structure", "Was active"),
        Status.SUSPENDED: pgettext("structure", "Was suspended"),
        Status.CLOSED: pgettext("structure", "Was closed"),
    }[Status(code)]


def _now(code: str) -> str:
    return {
        Status.DECLARED: _(
            "It declared its activity. The register does not yet say that it trains: ask before you enrol."
        ),
        Status.ACTIVE: _("It may enrol and train in the specialities below."),
        Status.SUSPENDED: _(
            "Do not enrol: it may not take in trainees while the suspension lasts. "
            "If you are enrolled there, ask the regional directorate."
        ),
        Status.CLOSED: _(
            "Do not enrol: it may no longer train. A certificate that it gave before is checked on its own."
        ),
    }[Status(code)]


def _past(code: str) -> str:
    return {
        Status.DECLARED: _("It had declared its activity; the register did not yet say that it trained."),
        Status.ACTIVE: _("It could enrol and train in the specialities that it taught on that day."),
        Status.SUSPENDED: _("It could not take in trainees while the suspension lasted."),
        Status.CLOSED: _("It could no longer train."),
    }[Status(code)]


def _not_known(then: bool) -> str:
    if then:
        return _("On that day the register did not know this structure: it could give no diploma.")
    return _("The register holds no status for this structure today: ask the regional directorate.")


def long(day: date) -> str:
    """A day in words; French says "1er janvier", and no other day so."""
    written = str(date_format(day, "DATE_FORMAT"))
    return FIRST.sub("1er", written) if day.day == 1 and get_language() == "fr" else written


def remark(held: Standing, *, taught: int, homologated: int) -> str:
    """The second line of a result: what matters next, once the status is known."""
    if held.code == Status.CLOSED and held.since:
        return _("Since %(day)s. Do not enrol there.") % {"day": long(held.since)}
    if held.code == Status.SUSPENDED and held.since:
        if held.until:
            return _("From %(since)s until %(until)s") % {"since": long(held.since), "until": long(held.until)}
        return _("Since %(day)s") % {"day": long(held.since)}
    if not taught:
        return _("No speciality declared")
    if not homologated:
        return _("Not homologated: end-of-training certificate only")
    return _of(homologated, taught)


def _of(homologated: int, taught: int) -> str:
    words = ngettext(
        "%(counter)s homologated speciality of %(taught)s",
        "%(counter)s homologated specialities of %(taught)s",
        homologated,
    )
    return words % {"counter": homologated, "taught": taught}
