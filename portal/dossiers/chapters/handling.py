"""What became of the case: rules, the clock, stages, decisions, documents, what happened, messages, linked cases."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.backoffice.answering import Passage, answer_lines
from portal.backoffice.forms import KINDS
from portal.backoffice.ruling import Mark
from portal.backoffice.wording import events_of, standing_of
from portal.desk.casefile import OwnCase
from portal.dossiers.chapters.parts import Cell, Chapter, Told, cells, day, lines, moment
from procedures import reading
from procedures.cases.models import Decision
from procedures.documents.selectors import statuses_of
from procedures.timekeeping.words import Said


def officers_chapters(told: Told) -> Iterator[Chapter]:
    yield _rules(told)
    yield from _clock(told)
    if told.for_office:
        yield from (_passage(each) for each in told.file.passages)
    for number, decision in enumerate(_decisions(told), start=1):
        yield _decision(told, decision, number)
    yield _documents(told)
    yield _history(told)
    yield _messages(told)
    yield _links(told)


def _rules(told: Told) -> Chapter:
    return Chapter(
        _("Rules"),
        note=" · ".join(told.file.tally),
        head=[pgettext("whole file", "Rule"), pgettext("whole file", "Outcome"), pgettext("whole file", "Basis")],
        rows=[_rule(mark) for mark in told.file.marks],
    )


def _rule(mark: Mark) -> list[Cell]:
    values = [f"{label}: {value}" for label, value in mark.values]
    return [
        Cell(lines(mark.claim, mark.sentence, *values)),
        Cell(mark.word, "bad" if mark.kind == "ko" else ""),
        Cell(mark.basis or pgettext("basis", "Assumption")),
    ]


def _clock(told: Told) -> Iterator[Chapter]:
    clock = told.file.clock
    if not clock.lines:
        yield Chapter(_("The time limit"), texts=[_("It has not started.")])
        return
    yield Chapter(
        _("The time limit, line by line"),
        head=[pgettext("whole file", "Line"), _("Days or day")],
        rows=[_ledger_line(row) for row in clock.lines],
        texts=[lines(row.label, row.note, row.value) for row in clock.moves] + clock.footnotes,
    )


def _ledger_line(row: Said) -> list[Cell]:
    return cells(lines(row.label, row.note), row.value)


def _passage(passage: Passage) -> Chapter:
    facts = [
        (pgettext("whole file", "By"), passage.who),
        (pgettext("whole file", "On"), moment(passage.at)),
        *passage.lines,
    ]
    return Chapter(
        passage.title,
        facts=[fact for fact in facts if fact[1]],
        texts=[text for text in (passage.told, passage.note) if text],
        is_internal=True,
    )


def _decisions(told: Told) -> list[Decision]:
    """Those that took effect; the office reads those that were prepared and sent back too."""
    found = told.case.decisions.select_related("prepared_by").prefetch_related("signatures__signed_by")
    return list(found if told.for_office else found.exclude(effective_at=None))


def _decision(told: Told, decision: Decision, number: int) -> Chapter:
    signed = [f"{act.signed_by} · {moment(act.signed_at)}" for act in decision.signatures.all()]
    who = str(decision.prepared_by or _("the portal")) if told.for_office else str(told.case.office)
    reasons = [reading.read_reason(told.opened.snapshot, code, told.language) for code in decision.reasons]
    facts = [
        (pgettext("whole file", "Decision"), str(KINDS.get(decision.kind, decision.kind))),
        (_("Prepared by"), f"{who} · {moment(decision.prepared_at)}"),
        (_("Sent back on"), moment(decision.sent_back_at)),
        (_("Signed by"), lines(*signed)),
        (_("Took effect on"), moment(decision.effective_at)),
        (_("Reasons"), lines(*reasons)),
        (_("Grounds in words"), decision.motivation),
        *answer_lines(told.opened, decision.answers),
    ]
    title = _("Decision %(number)s") % {"number": number}
    return Chapter(title, facts=[fact for fact in facts if fact[1]], is_internal=decision.effective_at is None)


def _documents(told: Told) -> Chapter:
    rows = []
    found = list(told.case.documents.order_by("pk"))
    status = statuses_of(found)
    for document in found:
        title = document.titles.get(told.language) or document.titles["ar"]
        name = f"documents/{document_name(document.output, document.row, document.pk)}" if document.stored else ""
        worth = lines(standing_of(document, status[document.pk]), day(document.issued_on))
        rows.append([Cell(lines(title, name)), Cell(lines(document.number, document.file_sha256), "hash"), Cell(worth)])
    return Chapter(
        pgettext("whole file", "Documents issued"),
        head=[pgettext("whole file", "Document"), _("Number and SHA-256"), _("Status on this day")],
        rows=rows,
    )


def document_name(output: str, row: str, number: int) -> str:
    """In the archive: the code of the output; of a document of one row, its own number too."""
    return f"{output}-{number}.pdf" if row else f"{output}.pdf"


def _history(told: Told) -> Chapter:
    """The office reads who did what; whoever it is handed to, what their own page tells."""
    if told.for_office:
        events = [cells(moment(each.at), each.who, each.what) for each in reversed(events_of(told.case))]
        return Chapter(
            _("What happened"),
            head=[pgettext("whole file", "When"), pgettext("whole file", "Who"), pgettext("whole file", "What")],
            rows=events,
        )
    happened = reversed(OwnCase(told.case).history)
    rows = [cells(moment(each.at), lines(each.title, each.text)) for each in happened]
    return Chapter(_("What happened"), head=[pgettext("whole file", "When"), pgettext("whole file", "What")], rows=rows)


def _messages(told: Told) -> Chapter:
    """An officer writes for the office: the copy that is handed over names it, as the applicant's own page does."""
    rows = []
    for each in told.case.messages.select_related("author", "office"):
        who = str(each.office) if each.office and not told.for_office else lines(each.author, each.office)
        rows.append(cells(moment(each.sent_at), who, each.text))
    return Chapter(_("Messages"), head=[pgettext("whole file", "When"), _("From whom"), _("Message")], rows=rows)


def _links(told: Told) -> Chapter:
    named = [link for link in told.file.links if link.address or not link.number]  # others' cases are not named
    rows = [cells(link.kind, link.title, link.number or _("Not filed yet")) for link in named]
    return Chapter(
        _("Linked cases"),
        head=[pgettext("whole file", "Link"), _("Procedure"), pgettext("whole file", "Case")],
        rows=rows,
    )
