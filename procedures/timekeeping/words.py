"""An explained date in the words of the reader's language: the same on both pages, on the receipt and in the letter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from procedures.amounts import length
from procedures.definition import Silence, WorkingDays
from procedures.timekeeping.explaining import Change, Explanation, Line, Moved

# What the portal brings is said in the language of the page; what people type is shown as they typed it.
SOURCES: dict[str, Callable[[], str]] = {
    "Decree 2021-223 of 7 December 2021": lambda: _("Decree 2021-223 of 7 December 2021"),
    "Computed from the new moons": lambda: _("computed from the new moons, until the notice of the year"),
}


@dataclass(frozen=True)
class Said:
    """One row of the ledger: what, a smaller note, and how many days or which day."""

    label: str
    note: str = ""
    value: str = ""
    is_sum: bool = False
    kind: str = ""


def ledger(told: Explanation, *, short: bool = False) -> list[Said]:
    """Line by line from the start to the last day; `short` gathers the weekends in one line, for paper."""
    return list(_ledger(told, short))


def moves(told: Explanation) -> list[Said]:
    """What became of the date since it was first told: old and new, and why."""
    return [*_before(told), *(row for move in told.moves for row in _moved(move))]


def footnotes(told: Explanation) -> list[str]:
    """How days are counted, which calendar, what may still change, and what silence means where a text says so."""
    return list(_footnotes(told))


def _ledger(told: Explanation, short: bool) -> Iterator[Said]:
    weekends = [line for line in told.lines if line.kind == "weekend"]
    for line in told.lines:
        if line.kind == "weekend" and short:
            continue
        if line.kind == "due" and short and weekends:
            yield _all_weekends(weekends)
        yield _said(told, line)
    if told.paused_since:
        yield Said(
            _("The count stands still"),
            _("until your correction comes; the date then moves by the working days that passed"),
            written(told.paused_since),
            kind="pause",
        )


def _said(told: Explanation, line: Line) -> Said:
    if line.kind == "start":
        return Said(_start(told), _("this day itself is not counted"), weekday(line.day), kind="start")
    if line.kind == "delay":
        return Said(_named(told), basis(told), length(told.delay), kind="delay")
    if line.kind == "weekend":
        return Said(_("Weekend"), _span(line.day, line.until), _not_counted(line.days), kind="weekend")
    if line.kind == "holiday":
        return Said(_name(line), _known(line), _not_counted(line.days), kind="holiday")
    if line.kind == "pause":
        waiting = _("from %(since)s to %(until)s") % {
            "since": written(line.day),
            "until": written(line.until) if line.until else "…",
        }
        return Said(_("Waiting for the applicant’s correction"), waiting, _added(line.days, told), kind="pause")
    return Said(_("Last day"), "", weekday(line.day), is_sum=True, kind="due")


def _start(told: Explanation) -> str:
    return {
        "complete": _("The file was found complete"),
        "filed": _("The application was filed"),
        "reopened": _("The decision was annulled on appeal"),
    }.get(told.because, _("If the file is complete on"))


def _named(told: Explanation) -> str:
    return _("Legal delay") if told.is_legal else _("Announced delay")


def basis(told: Explanation) -> str:
    """The text that the delay rests on, or that it is an assumption."""
    if told.basis is None:
        return _("an assumption: no text was read for it, and the administration may change it")
    cites = told.basis["cites"]
    text = cites.get((get_language() or "ar")[:2]) or cites.get("ar", "")
    article = told.basis.get("article")
    return _("%(text)s, %(article)s") % {"text": text, "article": article} if article else str(text)


def _name(line: Line) -> str:
    return line.names.get((get_language() or "ar")[:2]) or line.names.get("ar", "")


def _known(line: Line) -> str:
    source = source_in_words(line.source)
    if line.estimated:
        source = f"{_('estimated')} ({source})" if source else _("estimated")
    return " · ".join(filter(None, (weekday(line.day), source or _("an assumption"))))


def source_in_words(source: str) -> str:
    return SOURCES[source]() if source in SOURCES else source


def _all_weekends(lines: list[Line]) -> Said:
    days = sum(line.days for line in lines)
    return Said(_("Weekends"), "", _not_counted(days), kind="weekend")


def _not_counted(days: int) -> str:
    return ngettext("%(days)s day not counted", "%(days)s days not counted", days) % {"days": days}


def _added(days: int, told: Explanation) -> str:
    if not isinstance(told.delay, WorkingDays):
        return ngettext("%(days)s day later", "%(days)s days later", days) % {"days": days}
    return ngettext("%(days)s working day later", "%(days)s working days later", days) % {"days": days}


def _before(told: Explanation) -> Iterator[Said]:
    if told.is_reopened and told.before:
        label = _("Before the decision was annulled, the date was %(day)s") % {"day": written(told.before)}
        note = _("Other people decide anew, and the whole delay runs again. That it does is an assumption.")
        yield Said(label, note, kind="move")


def _moved(move: Moved) -> Iterator[Said]:
    at = written(timezone.localdate(move.at))
    label = _("The date moved from %(was)s to %(now)s") % {"was": written(move.was), "now": written(move.now)}
    yield Said(label, _("The calendar was corrected on %(day)s.") % {"day": at}, kind="move")
    for change in move.changes:
        yield Said(_change(change), source_in_words(change.source) or _("an assumption"), kind="change")


def _change(change: Change) -> str:
    name = change.names.get((get_language() or "ar")[:2]) or change.names.get("ar", "")
    if change.was and change.now:
        told = {"name": name, "was": weekday(change.was), "now": weekday(change.now)}
        return _("%(name)s: not %(was)s but %(now)s") % told
    if change.now:
        return _("%(name)s: %(day)s is no working day") % {"name": name, "day": weekday(change.now)}
    day = weekday(change.was) if change.was else ""
    return _("%(name)s: %(day)s is a working day after all") % {"name": name, "day": day}


def _footnotes(told: Explanation) -> Iterator[str]:
    if isinstance(told.delay, WorkingDays):
        yield _("The first day counted is the working day after the start; the last day counts whole.")
    made = written(timezone.localdate(told.version_made_at)) if told.version_made_at else ""
    yield _("Counted on the working calendar no. %(number)s of %(day)s.") % {"number": told.version, "day": made}
    if told.estimated:
        yield _("An estimated day may move when the moon is sighted. The date is then counted again, and you are told.")
    silence = _silence(told)
    if silence:
        yield silence


def _silence(told: Explanation) -> str:
    """What silence means: said only where a text says it, and never of a case that is decided anew."""
    if not told.is_legal or told.is_reopened:
        return ""
    meaning = {
        Silence.FAVOURS: _("Without an answer by this date the application is granted (%(text)s)."),
        Silence.REFUSES: _("Without an answer by this date the application counts as refused (%(text)s)."),
        Silence.PASSES: _("Without an answer by this date the file goes on to the next step (%(text)s)."),
    }.get(Silence(told.silence), "")
    return meaning % {"text": basis(told)} if meaning else ""


def written(day: date) -> str:
    """A day in words; French says "1er"."""
    text = formats.date_format(day, "DATE_FORMAT")
    if day.day == 1 and (get_language() or "")[:2] == "fr":
        return text.replace("1", "1er", 1)
    return text


def weekday(day: date) -> str:
    return f"{formats.date_format(day, 'l')} {written(day)}"


def _span(first: date, last: date | None) -> str:
    if last is None:
        return weekday(first)
    return _("%(first)s and %(last)s") % {"first": formats.date_format(first, "l"), "last": weekday(last)}
