"""What every act in a session shares: lock its row, check version, state and who acts, and put it on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.commissions.models import Item, Session
from procedures.commissions.selectors import is_secretary
from procedures.refusal import Refusal


class Overtaken(Refusal):
    """A colleague changed the session since the page was opened."""


class Held:
    """A session whose row is locked, within one act."""

    def __init__(self, session: Session, by: Any) -> None:
        self.session, self.by, self.now = session, by, timezone.now()
        self.told: dict[str, Any] = {}  # ids and codes for the audit chain


@contextmanager
def kept(
    session: Session, action: str, *states: Session.State, by: Any, version: int | None = None, keeper: bool = True
) -> Iterator[Held]:
    """One act in a session: the block changes the held row; the new version and the audit entry follow it.

    Raises Refusal before the block runs: another version or state, or `by` who is not its secretary while `keeper`.
    """
    with transaction.atomic():
        held = Held(Session.objects.select_for_update().get(pk=session.pk), by)
        if version is not None and version != held.session.version:
            raise Overtaken(_("A colleague changed this session meanwhile. Look at it again, then decide."))
        if keeper and not is_secretary(by, held.session.commission):
            raise Refusal(_("This is for the secretary of the commission."))
        if held.session.state not in states:
            state = held.session.get_state_display()
            raise Refusal(_("This cannot be done now: the session is at “%(state)s”.") % {"state": state})
        yield held
        held.session.version += 1
        held.session.save()
        append(action=f"commission.{action}", subject=held.session, actor=by, data=held.told)
    session.refresh_from_db()


def item_in(held: Held, item: Item, *states: Item.State) -> Item:
    """A case of the held session as it stands now. Raises Refusal where it is past that."""
    fresh: Item = held.session.items.select_related("case").get(pk=item.pk)
    if states and fresh.state not in states:
        raise Refusal(_("This case is at “%(state)s” already.") % {"state": fresh.get_state_display()})
    held.told |= {"item": fresh.pk, "case": fresh.case_id}
    return fresh
