"""From draft to case: one POST, one transaction, the draft's id as the key, so that filing twice gives one case."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from procedures.cases.at_desk import desk_filing
from procedures.cases.models import Case, OneTimeCode
from procedures.cases.one_time import FILE, use_code
from procedures.cases.services import file_case
from procedures.definition import Procedure
from procedures.evidence.services import adopt_papers
from procedures.mandates.selectors import acting_for
from procedures.rules import Situation
from procedures.sources.services import carry_to_case
from procedures.wizard.models import Draft
from procedures.wizard.plan import Plan


class NotReady(Exception):
    """Something still stands in the way; `step` is the page on which it is mended ("check" for a rule)."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


class NeedsCode(Exception):
    """The act binds: the one-time code sent to whoever files must be given first, for the answers as they stand."""


def file_draft(*, draft: Draft, procedure: Procedure, by: Any, code: OneTimeCode | None = None) -> Case:
    """File a draft as a case of `by`; a draft that was filed before gives the same case.

    Everything is put again inside the transaction: pages, papers, rules; where the procedure is binding, the checked
    one-time `code` too. Raises NotReady, NeedsCode, or cases.services.NotAllowed where `by` no longer files for its
    organisation; then nothing is changed.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        if held.filed_at:
            return Case.objects.get(draft_id=held.pk)
        now = timezone.now()
        plan = Plan(held, procedure, on=timezone.localdate(now))
        _refuse_unready(plan)
        desk = None if held.owner_id in (None, by.pk) or held.organisation else desk_filing(held.pk, by)
        mandate = None if held.owner_id in (None, by.pk) or held.organisation else acting_for(by, held.pk)
        kept = plan.situation.kept_answers()
        situation = Situation(procedure, kept, on=plan.on, engine=plan.situation.engine)
        case = file_case(
            draft_id=held.pk,
            procedure=procedure,
            answers=kept,
            situation=situation,
            applicant=desk.applicant if desk else mandate.principal if mandate else by,
            language=get_language() or held.language,
            on=now,
            organisation=held.organisation,
            code=None if desk else _spent(held, procedure, by, code),  # at a desk the person was seen
            at_desk=by if desk else None,
            mandate=mandate,
        )
        asked = [upload for paper, row in plan.papers for upload in plan.uploads.get((paper.code, row), ())]
        adopt_papers(draft=held, case=case, papers=asked)
        carry_to_case(draft=held, case=case)
        _empty(held, now)
    return case


def version_read(draft: Draft) -> str:
    """What a one-time code is given for: these answers, and no others."""
    return f"{draft.pk}:{draft.version}"


def _spent(draft: Draft, procedure: Procedure, by: Any, code: OneTimeCode | None) -> int | None:
    if not procedure.binding:
        return None
    if code is None or (code.person_id, code.act, code.about) != (by.pk, FILE, version_read(draft)):
        raise NeedsCode
    return use_code(code)


def receipt_of(draft: Draft, person: Any, case: Case | None = None) -> str:
    """The address of the confirmation page of a filed draft; an officer who filed it at a desk has one of their own.

    Whoever has just filed knows the `case`."""
    case = case or Case.objects.only("public_id").get(draft_id=draft.pk)
    others = draft.owner_id not in (None, getattr(person, "pk", None)) and draft.organisation is None
    room = "backoffice:filed_at_desk" if others and desk_filing(draft.pk, person) else "desk:filed"
    return reverse(room, kwargs={"case": case.public_id})


def _refuse_unready(plan: Plan) -> None:
    incomplete = plan.first_incomplete()
    if incomplete:
        raise NotReady(incomplete)
    if plan.situation.blocked:
        raise NotReady("check")


def _empty(draft: Draft, now: Any) -> None:
    """The case holds the answers now; the draft keeps its id alone, so that a second filing finds the first."""
    draft.answers, draft.typed, draft.done_steps = {}, {}, []
    draft.filed_at = now
    draft.version += 1
    draft.save(update_fields=["answers", "typed", "done_steps", "filed_at", "version"])
