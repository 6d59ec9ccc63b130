"""What each document says, worked out once and frozen: the decision, the receipt, the refusal."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from procedures.amounts import length_lazy, price_lazy
from procedures.cases.models import Case, Decision, SignatureAct
from procedures.cases.tracking import grouped
from procedures.definition import Appeal, Basis, Commission, Completeness, Instruction, Kind, Opinion, Output, Reason
from procedures.definition import Decision as DecisionStage
from procedures.documents.case_reading import Reading
from procedures.documents.frame import frame, row
from procedures.documents.letterhead import current_letterhead
from procedures.documents.measures import grounds_of, seen_in_file
from procedures.documents.names import Names
from procedures.documents.promises import promise_of
from procedures.documents.wording import Words, clock, day, same, words

GRANTED = _("The application is granted: %(title)s, as described below.")
DECIDES: dict[str, Any] = {  # in the engine's own words, where the output has none
    Kind.REGISTER: _("The application is entered in the register: %(title)s, as described below."),
    Kind.CONFORM: _("What was declared is found to conform: %(title)s, as described below."),
    Kind.NOTICE: _("Notice is given: %(title)s, as described below."),
    Kind.REFER: _("The matter is referred to another procedure: %(title)s, as described below."),
}
_OTHER_WAYS = _("What other ways are open, the ministry states here.")
MANY = 1  # reason of a letter; several are set closer, so that it stays on one page
SILENCE = "silence"  # the reason of a refusal that nobody wrote
PLACEHOLDER = re.compile(r"%\(([a-z_]+\.[a-z_]+)\)s")
STEPS = {
    Completeness: (
        _("We check that the file is complete"),
        _("We write to you if a paper is missing."),
    ),
    Instruction: (_("An officer studies your file"), _("You have nothing to do at this stage.")),
    Commission: (_("The advisory commission gives its opinion"), _("You are told when it has met.")),
    Opinion: (_("Another service or body gives its opinion"), _("It has its own time limit.")),
    DecisionStage: (_("The decision is prepared with its reasons"), _("A second person signs it.")),
}


def decision_content(
    *,
    reading: Reading,
    decision: Decision,
    output: Output,
    public_id: str,
    names: Names,
    expires_on: date | None,
    number: str = "",
) -> dict[str, Any]:
    """The act: on which texts, what it decides, about what, until when, and who signed."""
    case, title = reading.case, words(output.title)
    articles, has_own_body = _articles(reading, decision, output, expires_on)
    return {
        **frame(case=case, public_id=public_id, name=title, title=title, names=names, number=number),
        "whereas": _whereas(reading),
        "assumed": not (reading.procedure.legal_basis and has_own_body),
        "articles": articles,
        "rows": [holder_row(names, holder_label(case, output)), *facts_of(reading, decision, output)],
        "signatory": signatory_of(decision),
        **({"corrects": reading.value(output.corrects) or ""} if output.published else {}),
    }


def holder_label(case: Case, output: Output) -> Any:
    if output.published:
        return _("Reference")
    return _("Concerns") if case.opened_by_id is not None else _("Holder")


def receipt_content(*, reading: Reading, public_id: str, names: Names) -> dict[str, Any]:
    """What was filed and when, the announced day of the answer, and what happens until then."""
    case, name = reading.case, words(_("Filing receipt"))
    count = case.uploads.count()
    filed = words(_("%(day)s at %(time)s"), day=day(localdate(case.filed_at)), time=clock(case.filed_at))
    papers = words_counted(count)
    steps = [
        {"title": words(title), "text": words(text)}
        for stage in reading.procedure.route
        for kind, (title, text) in STEPS.items()
        if isinstance(stage, kind)
    ]
    steps.append(
        {
            "title": words(_("You receive the decision, with its reasons and sealed")),
            "text": words(_("It waits in your space; anyone can verify it.")),
        }
    )
    return {
        **frame(case=case, public_id=public_id, name=name, title=name, names=names),
        "rows": [
            holder_row(names, _("Applicant")),
            row(words(_("Service asked for")), words(reading.procedure.title)),
            row(words(_("Filed on")), filed),
            row(words(_("Fee")), words(price_lazy(reading.procedure.fee))),
            *([row(words(_("Code to follow the case")), grouped(case.tracking_code))] if case.tracking_code else []),
            *([row(words(_("Papers received")), papers)] if count else []),
        ],
        "promise": promise_of(case, reading.procedure),
        "steps": steps,
        "closing": words(_("Follow your application online with its number. This receipt is not a decision.")),
    }


def refusal_content(*, reading: Reading, decision: Decision, public_id: str, names: Names) -> dict[str, Any]:
    """Each reason with its basis and what mends it, then how and within which time the decision is contested."""
    case, name = reading.case, words(_("Refusal of an application"))
    summary = words(
        _("On %(day)s you filed application %(number)s: %(service)s. It cannot be accepted as it stands."),
        day=day(localdate(case.filed_at)),
        number=case.number,
        service=words(reading.procedure.title),
    )
    return {
        **frame(case=case, public_id=public_id, name=name, title=name, names=names),
        "holder": {"ar": names.ar, "lat": names.lat},
        "summary": summary,
        "reasons": [_reason(reading, code) for code in decision.reasons],
        "motivation": decision.motivation,
        "motivation_dir": _direction(decision.motivation),
        "tight": len(decision.reasons) > MANY or bool(decision.motivation),
        **_appeal(reading.procedure.appeal),
        "signatory": signatory_of(decision),
    }


def _appeal(terms: Appeal | None) -> dict[str, Any]:
    """The time and the way in words, and the text that says so; without one the frame prints it as an assumption."""
    if terms is None or Kind.REFUSE not in terms.on:
        return {"ways": [words(_("No appeal against this decision is foreseen on this portal.")), words(_OTHER_WAYS)]}
    time = words(
        _("You may appeal within %(time)s from your notification: the day on which you first open this decision in "
          "your account or by its link, or on which it is handed to you."),
        time=words(length_lazy(terms.within)),
    )  # fmt: skip
    basis = {"appeal_basis": _cited(terms.basis)} if terms.basis else {}
    return {"ways": [time, words(terms.says), words(_OTHER_WAYS)], **basis}


def _direction(text: str) -> str:
    """The direction of what somebody typed: that of its first letter that has one."""
    found = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "R")
    return "ltr" if found == "L" else "rtl"


def words_counted(count: int) -> Words:
    said: Words = {}
    for language in ("ar", "fr", "en"):
        with override(language):
            said[language] = ngettext("%(count)s file", "%(count)s files", count) % {"count": count}
    return said


def _whereas(reading: Reading) -> list[Words]:
    lines = [words(_("The authority, having seen:"))]
    for basis in reading.procedure.legal_basis:
        cite = words(basis.cites)
        lines.append(
            words(_("%(text)s, %(article)s,"), text=cite, article=basis.article) if basis.article else _comma(cite)
        )
    if reading.case.opened_by_id is not None:
        return lines + seen_in_file(reading.case)
    lines.append(
        words(
            _("application no. %(number)s filed on %(day)s,"),
            number=reading.case.number,
            day=day(localdate(reading.case.filed_at)),
        )
    )
    if held := _commission_day(reading.case):
        lines.append(words(_("the opinion of the commission of %(day)s,"), day=day(held)))
    return lines


def _comma(cite: Words) -> Words:
    return {language: text + ("،" if language == "ar" else ",") for language, text in cite.items()}


def _commission_day(case: Case) -> date | None:
    for stage in case.stages.all():
        if held := stage.answers.get("held_on"):
            return date.fromisoformat(str(held)[:10])
    return None


def _articles(
    reading: Reading, decision: Decision, output: Output, expires_on: date | None
) -> tuple[list[Words], bool]:
    """The output's own wording, a paragraph an article, else the engine's; then how long it holds."""
    own = paragraphs_of(reading, output)
    articles = own or [words(DECIDES.get(decision.kind, GRANTED), title=words(output.title))]
    until = until_of(expires_on)
    if reading.case.opened_by_id is None:
        return [*articles, until], bool(own)
    appeal = words(_("It may be contested. The ministry states here before whom and within which time."))
    return [
        *grounds_of([_reason(reading, code) for code in decision.reasons]),
        *articles,
        *([until] if expires_on else []),
        appeal,
    ], bool(own)


def until_of(expires_on: date | None) -> Words:
    """How long a document holds, in a sentence."""
    if expires_on is None:
        return words(_("It has no end date."))
    return words(_("It holds until %(day)s."), day=day(expires_on))


def paragraphs_of(reading: Reading, output: Output) -> list[Words]:
    """The output's own wording by paragraph, in each language, with the answers of the case put in; none without."""
    body = words(output.body) if output.body else {}
    count = len(body["ar"].split("\n\n")) if body.get("ar") else 0
    return [
        {language: _filled(reading, text.split("\n\n"), index, language) for language, text in body.items()}
        for index in range(count)
    ]


def _filled(reading: Reading, paragraphs: list[str], index: int, language: str) -> str:
    """A paragraph with %(block.field)s replaced by the readable answer of the case."""
    text = paragraphs[min(index, len(paragraphs) - 1)]
    return PLACEHOLDER.sub(lambda match: reading.text(match[1])[language], text)


def holder_row(names: Names, label: Any) -> dict[str, Words]:
    told = {"ar": names.ar or names.lat, "fr": names.lat or names.ar, "en": names.lat or names.ar}
    return row(words(label), told)


def facts_of(
    reading: Reading, decision: Decision, output: Output, *, but: str = "", without: Collection[str] = ()
) -> list[dict[str, Words]]:
    """What the output shows, then what its claims and the decision hold; each once.

    `but` is a group whose rows are printed otherwise, `without` addresses that are.
    """
    claims = output.claims
    shown = [*output.shows, *(need for need in (claims.title, claims.level, claims.structure) if isinstance(need, str))]
    shown += [path for block in decision.answers for path in reading.paths(block)]
    rows = []
    for address in dict.fromkeys(shown):
        if address in without or (but and address.partition("[")[0].partition(".")[0] == but):
            continue
        text = reading.text(address)
        if text["ar"]:
            rows.append(row(reading.label(address), text))
    if reading.case.opened_by_id is not None and decision.motivation:
        rows.append(row(words(_("Why")), decision.motivation))
    return rows


def signatory_of(decision: Decision) -> dict[str, Any]:
    """Who signed last, in which capacity, where and when; or that nobody did, and why it holds all the same."""
    act = decision.signatures.select_related("signed_by", "in_name_of").last()
    signed_on = localdate(act.signed_at if act else decision.prepared_at)
    place = current_letterhead().place
    where = {language: f"{place[language]}، " if language == "ar" else f"{place[language]}, " for language in place}
    when = day(signed_on)
    return {
        "place": {language: where.get(language, "") + when[language] for language in when},
        "capacity": _capacity(decision, act),
        "name": act.signed_by.get_full_name() if act else "",
    }


def _capacity(decision: Decision, act: SignatureAct | None) -> Words:
    if act is not None and act.in_name_of is not None:
        return words(_("Signed by delegation, in the name of %(name)s"), name=act.in_name_of.get_full_name())
    if act is not None:
        return words(_("Signed by delegation"))
    if decision.origin == Decision.Origin.SILENCE:
        return words(_("By silence: the delay passed without an answer"))
    if decision.origin == Decision.Origin.AUTOMATIC:
        return words(_("Given automatically: what is demanded was found in the registers"))
    return same("")


def _by_silence(reading: Reading) -> dict[str, Words]:
    """The reason of a refusal that nobody wrote, with the text that says what silence means."""
    deadline = next((each for each in reading.procedure.deadlines if each.basis), None)
    basis = _cited(deadline.basis if deadline else None)
    text = words(_("The delay passed without an answer, which counts as a refusal."))
    return {"text": text, "basis": basis, "mend": same("")}


def _reason(reading: Reading, code: str) -> dict[str, Words]:
    """A reason of the procedure, or a rule that failed: both are read the same way."""
    if code == SILENCE:
        return _by_silence(reading)
    for reason in reading.procedure.reasons:
        if reason.code == code:
            return _reason_of_procedure(reason)
    for explanation in reading.case.explanations:
        if explanation.get("rule") == code and isinstance(explanation.get("says"), dict):
            return {"text": explanation["says"], "basis": _basis(None), "mend": same("")}
    return {"text": same(code), "basis": _basis(None), "mend": same("")}


def _reason_of_procedure(reason: Reason) -> dict[str, Words]:
    mend = words(_("To mend it: %(what)s"), what=words(reason.mend)) if reason.mend else same("")
    return {"text": words(reason.text), "basis": _basis(reason), "mend": mend}


def _basis(reason: Reason | None) -> Words:
    return _cited(reason.basis if reason is not None else None)


def _cited(basis: Basis | None) -> Words:
    if basis is None:
        return words(_("Basis: none read; an assumption that the ministry may change."))
    cite = words(basis.cites)
    if basis.article:
        cite = words(_("%(text)s, %(article)s"), text=cite, article=basis.article)
    return words(_("Basis: %(text)s"), text=cite)
