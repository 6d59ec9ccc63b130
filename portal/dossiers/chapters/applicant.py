"""What came from the applicant: answers as filed, what corrections changed, and the papers."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.backoffice.answering import title_of
from portal.backoffice.forms import VERDICTS
from portal.backoffice.handed_in import Paper, Sighting
from portal.backoffice.wording import wrong_in_words
from portal.dossiers.chapters.parts import Cell, Chapter, Told, cells, day, lines, moment
from portal.dossiers.naming import Filed
from procedures import reading
from procedures.cases.models import Correction, PaperReview
from procedures.cases.patches import apply_patch
from procedures.evidence.models import Upload


def applicants_chapters(told: Told) -> Iterator[Chapter]:
    yield from _answers(told)
    yield from _corrections(told)
    yield _papers(told)


def _answers(told: Told) -> Iterator[Chapter]:
    sections = reading.read_answers(told.opened.snapshot, told.case.answers, language=told.language)
    filed = _("As filed on %(day)s") % {"day": moment(told.case.filed_at)}
    for number, section in enumerate(sections):
        facts = [(item.label, item.text or _("No answer")) for item in section.items]
        yield Chapter(
            title_of(section) if number else _("Answers"),
            note="" if number else f"{filed} · {title_of(section)}",
            facts=facts,
            is_part=bool(number),
        )


def _corrections(told: Told) -> Iterator[Chapter]:
    before: dict[str, Any] = dict(told.case.answers)
    for number, asked in enumerate(told.case.corrections.select_related("asked_by"), start=1):
        after = apply_patch(before, asked.patch) if asked.returned_at else before
        yield _correction(told, asked, number)
        if asked.returned_at:
            yield Chapter(
                _("What this correction changed"),
                head=[
                    pgettext("whole file", "Answer"),
                    pgettext("whole file", "Before"),
                    pgettext("whole file", "After"),
                ],
                rows=list(_differences(told, asked, before, after)),
                is_part=True,
            )
        before = after


def _correction(told: Told, asked: Correction, number: int) -> Chapter:
    facts = [(pgettext("whole file", "Asked by"), str(asked.asked_by)), (_("Asked on"), moment(asked.asked_at))]
    facts += [(_("To be returned by"), day(asked.due_on))]
    facts += [(_("Returned on"), moment(asked.returned_at) or _("Not returned yet"))]
    return Chapter(
        _("Correction %(number)s") % {"number": number},
        facts=facts + ([(_("Message"), asked.note)] if asked.note else []),
        head=[_("Answer or paper"), pgettext("whole file", "What is wrong"), pgettext("whole file", "How to mend it")],
        rows=[
            cells(told.opened.label(item["path"]), wrong_in_words(item["reason"]), item.get("note", ""))
            for item in asked.items
        ],
    )


def _differences(told: Told, asked: Correction, before: Any, after: Any) -> Iterator[list[Cell]]:
    """Each answer that differs, with what it was; rows that were taken away, and those that came."""
    old, new = (_read(told, answers) for answers in (before, after))
    for path in [*old, *(path for path in new if path not in old)]:
        was, now = old.get(path), new.get(path)
        if was == now:
            continue
        label = (now or was or ("", ""))[0]
        yield [
            Cell(label),
            Cell(was[1] if was else "", "was"),
            Cell(now[1] if now else pgettext("whole file", "Taken away")),
        ]
    for path in asked.patch:
        if path.startswith("paper."):
            yield cells(told.opened.label(path), "", _("Handed in again: see the papers"))


def _read(told: Told, answers: Any) -> dict[str, tuple[str, str]]:
    sections = reading.read_answers(told.opened.snapshot, answers, language=told.language)
    return {
        item.path: (f"{title_of(section)}: {item.label}", item.text) for section in sections for item in section.items
    }


def _papers(told: Told) -> Chapter:
    rows = []
    for paper, filed in told.filed:
        for number, each in enumerate(filed):
            rows.append([*_file(each, paper), Cell("" if number else _said_of(told, paper))])
    return Chapter(
        _("Papers"),
        note=_("The name in the archive stands under each title, with the hash of the file as it was received."),
        head=[pgettext("whole file", "Paper"), _("File and its SHA-256"), _("Verdict and original")],
        rows=rows,
    )


def _file(filed: Filed, paper: Paper) -> list[Cell]:
    upload = filed.upload
    pages = ngettext("%(count)s page", "%(count)s pages", upload.pages) % {"count": upload.pages}
    state = {
        Upload.State.AWAITING_SCAN: _("Waiting for the virus check: not in the archive"),
        Upload.State.REFUSED: _("Refused by the virus check: deleted"),
    }.get(Upload.State(upload.state), "")
    title = lines(paper.title, filed.name, _("Replaced by a later file") if filed.is_replaced else "")
    received = f"{pages} · {moment(upload.received_at)}"
    return [Cell(title), Cell(lines(upload.name, received, state, upload.sha256), "hash")]


def _said_of(told: Told, paper: Paper) -> str:
    review = paper.review
    verdict = [_("No verdict yet")]
    if review is not None:
        verdict = [str(VERDICTS[PaperReview.Verdict(review.verdict)]), f"{review.by} · {moment(review.at)}"]
        verdict += [review.note] if told.for_office else []
    return lines(*verdict, *(part for seen in paper.originals for part in _original(told, seen)))


def _original(told: Told, sighting: Sighting) -> Iterator[str]:
    seen, back = sighting.original, sighting.original.withdrawal
    word = pgettext("paper", "Original seen") if sighting.is_current else _("Original seen of the file before")
    yield f"{word}: {seen.by} · {moment(seen.at)}"
    if told.for_office and seen.remark:
        yield seen.remark
    if back is not None:
        yield _("Taken back by %(who)s on %(day)s") % {"who": back.by, "day": moment(back.at)}
        yield back.reason if told.for_office else ""
