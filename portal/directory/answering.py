"""May this structure give this diploma? The question, and its answer in one word, one sentence and one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.directory.days import BOXES, AsOf, DayAsked
from portal.directory.reading import Read, last_day
from portal.directory.standing import long
from registers.certificates.levels import LEVELS
from registers.programmes.selectors import ATTESTATION, may_give
from registers.programmes.selectors import Answer as Found
from registers.specialities.selectors import by_sector, name_of, names
from registers.structures.models import Status, Structure, StructureStatus

FIELDS = ("diploma", "speciality")


class AskDiploma(DayAsked):
    diploma = forms.ChoiceField(
        label=gettext_lazy("Diploma"), error_messages={"required": gettext_lazy("Choose the diploma.")}
    )
    speciality = forms.ChoiceField(
        label=gettext_lazy("Speciality"), error_messages={"required": gettext_lazy("Choose the speciality.")}
    )
    field_order = (*FIELDS, "on")

    def __init__(self, *args: Any, own: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        self.fields["on"].label = gettext_lazy("On the day printed on the diploma")
        self.fields["on"].help_text = gettext_lazy("Empty: today.")
        sectors: list[Any] = list(by_sector((get_language() or "ar")[:2]))
        first = [(_("Specialities of this structure"), list(own))] if own else []
        cast("forms.ChoiceField", self.fields["speciality"]).choices = [
            ("", _("Choose a speciality")), *first, *sectors,
        ]  # fmt: skip
        cast("forms.ChoiceField", self.fields["diploma"]).choices = [("", _("Choose a diploma")), *LEVELS.items()]


@dataclass(frozen=True)
class Answer:
    yes: bool
    asked: str  # the question in one line
    why: str
    next: str
    day: date
    read_at: datetime


@dataclass(frozen=True)
class Question:
    form: AskDiploma

    @classmethod
    def offered(cls, read: Read, when: AsOf) -> "Question":
        """The empty form; a day that was asked already stands in its boxes."""
        return cls(AskDiploma(own=_own(read), initial={} if when.is_today else {"on": when.day}))

    @classmethod
    def asked(cls, read: Read, query: QueryDict, when: AsOf) -> "Question":
        """Bound to what the address says, where it asks anything."""
        if not any(name in query for name in FIELDS):
            return cls.offered(read, when)
        said = {name: query.get(name, "")[:20] for name in (*FIELDS, *BOXES)}
        if "on" in query:  # the short form of links
            said |= dict(zip(BOXES, (str(when.day.day), str(when.day.month), str(when.day.year)), strict=True))
        return cls(AskDiploma(said, own=_own(read)))

    def answer(self, read: Read) -> Answer | None:
        """None where nothing was asked, or not fully."""
        if not self.form.is_bound or not self.form.is_valid():
            return None
        said = self.form.cleaned_data
        day = said["on"] or timezone.localdate()
        found = may_give(read.structure, day, diploma=said["diploma"], speciality=said["speciality"])
        asked = _("%(diploma)s, %(speciality)s") % {
            "diploma": LEVELS[said["diploma"]],
            "speciality": name_of(said["speciality"], (get_language() or "ar")[:2]),
        }
        return Answer(
            yes=found.yes,
            asked=asked,
            why=why(found, said["diploma"], read.status_on(day)),
            next=_next(found, read.structure),
            day=day,
            read_at=timezone.now(),
        )


def why(found: Found, diploma: str, status: StructureStatus | None) -> str:
    """The sentence of an answer; `status` is the structure's on the day."""
    if not found.yes and status and found.because == status.status:
        return _stands(status)
    values = {name: long(value) for name, value in found.values.items() if isinstance(value, date)}
    if found.yes:
        return _yes(found, values)
    attestation = diploma == ATTESTATION
    return {
        "unknown_then": _("On that day the register did not know this structure."),
        "never": _("The structure never declared this speciality.")
        if attestation
        else _("No homologation of this diploma is on record for this structure."),
        "not_yet": _("The speciality is declared from %(since)s only.")
        if attestation
        else _("The diploma is homologated from %(since)s only."),
        "ended": _("The speciality was declared until %(until)s.")
        if attestation
        else _("The homologation ended on %(until)s."),
    }[found.because] % (values | _last(found))


def _stands(status: StructureStatus) -> str:
    """Why the structure itself gives nothing on that day."""
    days = {"since": long(status.since), "until": long(until) if (until := last_day(status)) else ""}
    if status.status == Status.CLOSED:
        return _("The structure closed on %(since)s.") % days
    if status.status == Status.DECLARED:
        return _("The structure had only declared itself: the register did not say that it trained.")
    if until:
        return _("The structure was suspended from %(since)s until %(until)s.") % days
    return _("The structure was suspended on %(since)s.") % days


def _yes(found: Found, values: dict[str, str]) -> str:
    said = values | _last(found)
    if found.because == "taught":
        return _("It trains in this speciality since %(since)s. An attestation needs no homologation.") % said
    if found.values.get("until"):
        return _("The diploma is homologated from %(since)s until %(until)s.") % said
    return _("The diploma is homologated since %(since)s.") % said


def _last(found: Found) -> dict[str, str]:
    """The last day on which it held, as people say it."""
    until = found.values.get("until")
    return {"until": long(until - timedelta(days=1))} if until else {}


def _next(found: Found, structure: Structure) -> str:
    if found.because in ("suspended", "closed", "ended"):
        return _("A diploma is judged by the day printed on it: ask with that day.")
    if found.because == "never" and structure.parent_id:
        return _("This is a branch. Homologations belong to each place: ask for the main structure too.")
    return ""


def _own(read: Read) -> list[tuple[str, str]]:
    """What the structure ever taught, by name."""
    language = (get_language() or "ar")[:2]
    codes = {each.speciality_id for each in read.teachings}
    codes |= {each.subject.programme.speciality_id for each in read.homologations}
    known = names(language)
    return sorted(((code, known.get(code, code)) for code in codes), key=lambda each: each[1])
