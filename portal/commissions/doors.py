"""The doors of the room: a session to which one was called, a case of it that one may read; all else does not exist."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from procedures.cases.errors import CaseError
from procedures.commissions.models import Attendance, Item, Session
from procedures.commissions.selectors import SHOWN, attendance_of, is_secretary, sessions_of
from procedures.offices.models import Role
from procedures.offices.selectors import roles_of
from procedures.policies import staff
from procedures.refusal import Refusal

enters = staff(Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY, Role.AUDITOR)
sits = staff(Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY)
keeps = staff(Role.COMMISSION_SECRETARY)
chairs = staff(Role.COMMISSION_MEMBER)


def session_for(user: Any, public_id: UUID) -> Session:
    """A session of a commission whose secretary this person is, or to which they were called; an auditor, every one."""
    found = Session.objects.select_related("commission") if _audits(user) else sessions_of(user)
    session: Session | None = found.filter(public_id=public_id).first()
    if session is None:
        raise Http404
    return session


def session_kept_by(user: Any, public_id: UUID) -> Session:
    session = session_for(user, public_id)
    if not is_secretary(user, session.commission):
        raise Http404
    return session


def item_for(user: Any, public_id: UUID, pk: int) -> Item:
    """A case on the agenda of such a session."""
    found = session_for(user, public_id).items.filter(pk=pk, state__in=SHOWN)
    item: Item | None = found.select_related("session__commission", "case__office", "case__snapshot").first()
    if item is None:
        raise Http404
    return item


def has_left(user: Any, item: Item) -> Attendance | None:
    """The attendance of a member who left the room for this case: its file is closed to them."""
    mine = attendance_of(user, item.session)
    return mine if mine and item.recusals.filter(attendance=mine).exists() else None


def version_seen(request: HttpRequest) -> int:
    """The version of the session that stood on the page; one that is not there is nobody's."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def tried(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Do an act that a button asks for; what refuses it is said on the page it leads back to."""
    try:
        act()
    except (Refusal, CaseError) as refused:
        messages.warning(request, str(refused) or _("This cannot be done now."))
        return False
    if done:
        messages.success(request, done)
    return True


def _audits(user: Any) -> bool:
    return Role.AUDITOR in roles_of(user)
