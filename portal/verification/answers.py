"""What the page says of a document: the verdict in words and colour, what to compare, and three separate ticks."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from procedures.documents import codes
from procedures.documents.models import Document, StatusPeriod
from procedures.documents.standing import KeyOfIssue, Standing
from procedures.documents.status_changes import REASONS
from procedures.documents.wording import Words
from procedures.practice.kinds import is_practice_kid


@dataclass(frozen=True)
class Tick:
    """One of three separate checks: "y" holds, "n" fails, "w" was not done here."""

    code: str
    mark: str
    icon: str
    title: str
    text: str


@dataclass(frozen=True)
class Answer:
    """Everything that the page shows; only `full_answer_for` names the holder in full."""

    state: str
    tone: str
    mark: str
    tag: str
    tag_tone: str
    title: str
    text: str
    who: str = ""
    reason: str = ""
    replaced_by: str = ""
    rows: list[tuple[str, str, bool]] = field(default_factory=list)  # label, value, is an identifier
    ticks: list[Tick] = field(default_factory=list)


TONES = {  # tone of the verdict, mark in its star, tone of the tag
    "valid": ("", "", "ok"),
    "suspended": ("v-hold", "pause", "warn"),
    "revoked": ("v-bad", "cross", "bad-t"),
    "expired": ("v-old", "pause", "warn"),
    "replaced": ("v-old", "pause", "warn"),
    "unknown": ("v-unk", "ask", "off"),
    "practice": ("v-bad", "cross", "bad-t"),
}


STATES = {
    "valid": pgettext_lazy("state of a document", "Valid"),
    "suspended": pgettext_lazy("state of a document", "Suspended"),
    "revoked": pgettext_lazy("state of a document", "Revoked"),
    "replaced": pgettext_lazy("state of a document", "Replaced"),
    "expired": pgettext_lazy("state of a document", "Expired"),
    "unknown": gettext_lazy("Not in the register"),
    "mistyped": gettext_lazy("Mistyped"),
    "practice": pgettext_lazy("state of a document", "Practice"),
}


def said_of_state(state: str) -> str:
    """The state of a document in a word."""
    return str(STATES[state])


def answer_for(standing: Standing) -> Answer:
    """The verdict on an issued document; in a practice space there is one alone, whatever became of it."""
    document, state, period = standing.document, standing.state, standing.period
    if is_practice(document):
        return replace(practice(), who=short_name(document), rows=_rows(document), ticks=_practice_ticks())
    tone, mark, tag_tone = TONES[state]
    tag, title, text = _said(document, state, period)
    return Answer(
        state=state,
        tone=tone,
        mark=mark,
        tag=tag,
        tag_tone=tag_tone,
        title=title,
        text=text,
        who=short_name(document),
        reason=_reason(period),
        replaced_by=period.replaced_by.public_id if period and period.replaced_by else "",
        rows=_rows(document),
        ticks=_ticks(standing, tag, text),
    )


def full_answer_for(standing: Standing) -> Answer:
    """The same verdict with the holder's whole name, for whoever the holder gave a link."""
    answer, name = answer_for(standing), full_name(standing.document)
    rows = [(label, name if label == _("Holder") else value, is_code) for label, value, is_code in answer.rows]
    return replace(answer, who=name, rows=rows)


def with_its_file(answer: Answer) -> Answer:
    """The same verdict on a file that was found byte for byte as it was sealed; one of practice gains nothing by it."""
    if answer.state == "practice":
        return answer
    tick = Tick(
        "file",
        "y",
        "check",
        _("File: unchanged"),
        _("It is byte for byte the file that we sealed. It did not leave your device."),
    )
    return replace(answer, ticks=[tick, *(each for each in answer.ticks if each.code != "seal")])


def full_name(document: Document) -> str:
    """The holder in the script that the reader reads, else in the other."""
    arabic, latin = document.holder_ar, document.holder_lat
    return (arabic or latin) if get_language() == "ar" else (latin or arabic)


def unknown() -> Answer:
    tone, mark, tag_tone = TONES["unknown"]
    return Answer(
        state="unknown",
        tone=tone,
        mark=mark,
        tag=said_of_state("unknown"),
        tag_tone=tag_tone,
        title=_("We found no document under this code"),
        text=_("We do not know whether the document is genuine."),
    )


def is_practice(document: Document) -> bool:
    """Whatever the register of a practice space holds, and what a practice key sealed wherever it lies."""
    return settings.TAKWIN_PRACTICE or is_practice_kid(bytes.fromhex(document.kid))


def practice() -> Answer:
    """What any portal says of a document that was made to learn."""
    tone, mark, tag_tone = TONES["practice"]
    return Answer(
        state="practice",
        tone=tone,
        mark=mark,
        tag=said_of_state("practice"),
        tag_tone=tag_tone,
        title=_("Practice document: worth nothing"),
        text=_("It was made in a practice space, out of an invented case. Do not accept it."),
    )


def short_name(document: Document) -> str:
    """First name and first letter of the family name, in the script that the reader reads."""
    short = document.content.get("short_name", {})
    first = ("ar", "lat") if get_language() == "ar" else ("lat", "ar")
    return next((short[script] for script in first if short.get(script)), "")


def _said(document: Document, state: str, period: StatusPeriod | None) -> tuple[str, str, str]:
    """Tag, heading and sentence; each state has its own."""
    since = {"day": _long(period.since) if period else ""}
    match state:
        case "suspended":
            return (
                said_of_state("suspended"),
                _("Document suspended: do not rely on it for now"),
                _("We issued it, and suspended it on %(day)s while an inquiry is under way.") % since,
            )
        case "revoked":
            return (
                said_of_state("revoked"),
                _("Document revoked: do not accept it"),
                _("We issued it, then revoked it on %(day)s.") % since,
            )
        case "replaced":
            return (
                said_of_state("replaced"),
                _("Document replaced: ask for the new one"),
                _("We issued it, then replaced it by another on %(day)s.") % since,
            )
        case "expired":
            until = {"day": _long(document.expires_on) if document.expires_on else ""}
            return (
                said_of_state("expired"),
                _("Document expired: it no longer holds"),
                _("It is genuine, and held until %(day)s.") % until,
            )
    return (
        said_of_state("valid"),
        _("Genuine document"),
        _("This portal issued it, and it is valid today. Compare the lines below with the paper in your hands."),
    )


def _rows(document: Document) -> list[tuple[str, str, bool]]:
    rows = [
        (_("Code"), codes.grouped(document.public_id), True),
        (_("Document"), _in_language(document.titles), False),
        *([(_("Holder"), who, False)] if (who := short_name(document)) else []),
        (_("Number"), document.number, True),
        (pgettext("document", "Issued on"), _long(document.issued_on), False),
    ]
    if document.expires_on:
        rows.append((_("Holds until"), _long(document.expires_on), False))
    # What a document of no single holder says of itself to whoever reads it: minutes, for instance.
    told = document.content.get("public", ())
    return rows + [(_in_language(each["label"]), _in_language(each["value"]), False) for each in told]


def _ticks(standing: Standing, tag: str, text: str) -> list[Tick]:
    is_valid = standing.state == "valid"
    return [
        Tick(
            "seal",
            "w",
            "warning",
            _("Seal: not checked from the code alone"),
            _("Scan the QR code: your telephone then checks the seal of the paper itself."),
        ),
        _key_tick(standing.key, standing.document.issued_on),
        Tick(
            "status",
            "y" if is_valid else "n",
            "check" if is_valid else "cross",
            _("Status: %(status)s") % {"status": tag},
            _("Read in the register just now.") if is_valid else text,
        ),
    ]


def _key_tick(key: KeyOfIssue | None, issued_on: date) -> Tick:
    """A key that leaked proves nothing by itself any more; what the register holds was issued all the same."""
    if key is not None and key.revoked_at:
        text = _(
            "It was retired on %(day)s. Our register holds this document, but the seal of the paper alone proves "
            "nothing any more: scan the QR code, which is then compared with the register."
        )
        return Tick("key", "w", "warning", _("Key of issue: retired since"), text % {"day": _long(key.revoked_at)})
    if key is not None and _in_force(key, issued_on):
        return Tick("key", "y", "check", _("Key of issue: ours"), _("The key was in force on the day of issue."))
    text = _("The key was not in force on the day of issue.")
    return Tick("key", "n", "cross", _("Key of issue: not in force"), text)


def _practice_ticks() -> list[Tick]:
    nothing = _("It was made to learn, and proves nothing.")
    return [
        Tick("seal", "n", "cross", _("Seal: practice, worth nothing"), nothing),
        Tick("key", "n", "cross", _("Key of issue: a practice key"), nothing),
        Tick("status", "n", "cross", _("Status: practice"), _("No register of ours holds it.")),
    ]


def _in_force(key: KeyOfIssue, day: date) -> bool:
    return key.not_before.date() <= day <= key.not_after.date()


def _reason(period: StatusPeriod | None) -> str:
    return str(REASONS.get(period.reason, "")) if period else ""


def _in_language(words: Words) -> str:
    return words.get(get_language() or "ar") or words.get("ar", "")


def _long(moment: date | datetime) -> str:
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return _written(day, get_language())


@lru_cache(maxsize=1000)
def _written(day: date, _language: str | None) -> str:
    """Papers of one day are asked about together."""
    return date_format(day, "DATE_FORMAT")
