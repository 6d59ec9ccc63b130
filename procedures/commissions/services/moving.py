"""A session is moved to another day or place, or cancelled, before it opens: whoever was told is told again."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.commissions.models import Item, Session, SessionChange
from procedures.commissions.selectors import BEFORE
from procedures.commissions.services.holding import Held, kept
from procedures.events import announce
from procedures.refusal import Refusal

State = Session.State


def move_session(
    *,
    session: Session,
    starts_at: datetime,
    place: dict[str, str],
    mode: str = "",
    reason: str,
    by: Any,
    version: int | None = None,
) -> Session:
    """Give a session another day, hour or place, with the reason; its number stays, and its year with it.

    Members who were called are told, and applicants where the day is another. Raises Refusal.
    """
    day = timezone.localdate(starts_at)
    with kept(session, "move_session", *BEFORE, by=by, version=version) as held:
        found = held.session
        if day < timezone.localdate():
            raise Refusal(_("This day is past. Choose today or a day to come."), "day")
        if day.year != found.year:
            raise Refusal(_("The session is numbered in its year. Cancel it, and plan another one."), "day")
        if starts_at == found.starts_at and place == {"ar": found.place_ar, "fr": found.place_fr}:
            raise Refusal(_("Day, time and place are those that were announced. Change one of them."), "day")
        _note(held, reason)
        found.starts_at, found.place_ar, found.place_fr = starts_at, place["ar"], place["fr"]
        found.mode = mode or found.mode
    return session


def cancel_session(*, session: Session, reason: str, by: Any, version: int | None = None) -> Session:
    """A session does not take place: its cases wait in the queue again, and its number is given to no other.

    Members who were called, and the applicants, are told. Raises Refusal (no reason, or it was opened).
    """
    with kept(session, "cancel_session", *BEFORE, by=by, version=version) as held:
        waiting = held.session.items.filter(state=Item.State.WAITING)
        _note(held, reason, items=list(waiting.values_list("pk", flat=True)))
        held.told["cases"] = list(waiting.values_list("case", flat=True))
        waiting.update(state=Item.State.REMOVED)
        held.session.state = State.CANCELLED
    return session


def _note(held: Held, reason: str, **more: Any) -> None:
    """What was announced until now; and the promise to tell whoever had been told."""
    if not reason.strip():
        raise Refusal(_("Write why: those who were called read it."), "reason")
    session = held.session
    made = SessionChange.objects.create(
        session=session,
        at=held.now,
        by=held.by,
        reason=reason.strip(),
        was_at=session.starts_at,
        was_place_ar=session.place_ar,
        was_place_fr=session.place_fr,
        **more,
    )
    held.told["change"] = made.pk
    if session.state == State.CONVENED:
        announce("session_convened", key=f"{session.pk}:{made.pk}", session_id=session.pk)
