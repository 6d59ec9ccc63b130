"""Those who confirm a filing besides the applicant: asked by a link, they answer once; then it counts or lapses."""

import hashlib
import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case, Confirmation
from procedures.cases.services.filing import submitted
from procedures.cases.services.moving import transition
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event, State
from procedures.events import announce


def give_link(*, confirmation: Confirmation) -> str:
    """The secret of a new link for somebody who is asked; it is kept nowhere, and the one before opens nothing."""
    secret = secrets.token_urlsafe(32)
    confirmation.secret_digest, confirmation.asked_at = digest_of(secret), timezone.now()
    confirmation.save(update_fields=["secret_digest", "asked_at"])
    return secret


def digest_of(secret: str) -> str:
    """What is kept of a secret link, here and in the session that opened it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def confirm(*, confirmation: Confirmation, by: Any = None) -> Case:
    """Stand for a filing; with the last one it counts and goes to its office. `by` is the account, where there is one.

    The caller has seen the link's secret or the account's address. Raises NotAllowed where it is no longer asked.
    """
    with transaction.atomic():
        case = _answered(confirmation, Confirmation.Answer.CONFIRMED, by, "")
        if not case.confirmations.filter(answer="").exists():
            _submit(case)
    return case


def decline(*, confirmation: Confirmation, by: Any = None, note: str = "") -> Case:
    """Refuse to stand for a filing, which lapses: nobody examines it. Raises NotAllowed where it is no longer asked."""
    with transaction.atomic():
        case = _answered(confirmation, Confirmation.Answer.DECLINED, by, note)
        _lapse(case)
    return case


def lapse_overdue(*, today: date) -> int:
    """Let every filing lapse that somebody did not confirm in time; returns how many."""
    late = Confirmation.objects.filter(answer="", due_on__lt=today, case__state=State.SIGNATORIES)
    cases = list(Case.objects.filter(pk__in=late.values("case")))
    for case in cases:
        _lapse(case)
    return len(cases)


def _answered(confirmation: Confirmation, answer: str, by: Any, note: str) -> Case:
    case = Case.objects.select_for_update().get(pk=confirmation.case_id)
    held = Confirmation.objects.get(pk=confirmation.pk)
    if held.answer or case.state != State.SIGNATORIES or held.due_on < timezone.localdate():
        raise NotAllowed(_("This was answered already, or is no longer asked. Nothing changed."))
    held.answer, held.answered_at, held.note = answer, timezone.now(), note.strip()
    held.answered_by, held.secret_digest = by, ""
    held.save(update_fields=["answer", "answered_at", "note", "answered_by", "secret_digest"])
    append(action=f"confirmation.{answer}", subject=held, actor=by, data={"case": case.pk, "signatory": held.code})
    return case


def _submit(case: Case) -> None:
    with transition(case, Event.SUBMIT, by=None) as held:
        procedure = procedure_of(held.case)
        submitted(held.case, procedure, situation_of(held.case, procedure), held.now)


def _lapse(case: Case) -> None:
    with transition(case, Event.LAPSE, by=None) as held:
        held.case.state, held.case.closed_at = State.UNCONFIRMED, held.now
        held.case.confirmations.update(secret_digest="")
        announce("filing_lapsed", key=str(held.case.pk), case_id=held.case.pk)
