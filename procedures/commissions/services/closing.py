"""The minutes: read by the members, mended and closed by the secretary, signed by whoever chaired, sent on."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.cases.access import actions_open_to
from procedures.cases.states import Event
from procedures.commissions.minutes import content_of, document_title
from procedures.commissions.models import Item, Session
from procedures.commissions.selectors import attendance_of
from procedures.commissions.services.holding import kept
from procedures.documents.services import prepare_minutes
from procedures.jobs import services as jobs
from procedures.refusal import Refusal

State = Session.State
WORDINGS = ("conditions", "explanation", "reason")


def read_minutes(*, session: Session, by: Any, remark: str = "") -> Session:
    """Somebody who was called says that they have read the draft, and what should be mended in it."""
    with kept(session, "read_minutes", State.ENDED, by=by, keeper=False) as held:
        mine = attendance_of(by, held.session)
        if mine is None:
            raise Refusal(_("Only those who were called to this session read its minutes."))
        mine.read_at, mine.remark = held.now, remark.strip()
        mine.save(update_fields=["read_at", "remark"])
    return session


def correct_minutes(
    *,
    session: Session,
    by: Any,
    remarks: str = "",
    wordings: Mapping[int, Mapping[str, str]] | None = None,
    version: int | None = None,
) -> Session:
    """Mend the words of the draft, by case (`wordings`: conditions, explanation, reason) and at its end.

    Votes and opinions are what they were: they are not mended here. What has to be said cannot be emptied.
    """
    with kept(session, "correct_minutes", State.ENDED, by=by, version=version) as held:
        held.session.remarks = remarks.strip()
        for item in held.session.items.filter(pk__in=list(wordings or {})):
            for name in WORDINGS:
                text = (wordings or {})[item.pk].get(name, getattr(item, name)).strip()
                if getattr(item, name) and not text:
                    raise Refusal(_("What the minutes must say cannot be emptied."), f"{name}-{item.pk}")
                setattr(item, name, text if getattr(item, name) else "")
            item.save(update_fields=list(WORDINGS))
            held.told.setdefault("items", []).append(item.pk)
    return session


def close_minutes(*, session: Session, by: Any, version: int | None = None) -> Session:
    """The secretary closes the draft: nothing in it changes any more, and whoever chaired is to sign it."""
    with kept(session, "close_minutes", State.ENDED, by=by, version=version) as held:
        for item in held.session.items.filter(state=Item.State.ADOPTED).select_related("case"):
            moved = item.case.version != item.case_version
            if not moved and Event.RECORD_OPINION not in actions_open_to(by, item.case):
                words = _("You may not send on case %(number)s. Another secretary closes these minutes.")
                raise Refusal(words % {"number": item.case.number})
        if held.session.chair and held.session.chair.seat.person_id == by.pk:
            raise Refusal(_("Whoever chaired signs the minutes: another person closes them."))
        held.session.state, held.session.closed_at, held.session.closed_by = State.CLOSED, held.now, by
    return session


def send_back_minutes(*, session: Session, by: Any, remark: str, version: int | None = None) -> Session:
    """Whoever chaired wants something mended before they sign."""
    with kept(session, "send_back_minutes", State.CLOSED, by=by, version=version, keeper=False) as held:
        chair = held.session.chair
        if chair is None or chair.seat.person_id != by.pk:
            raise Refusal(_("Whoever chaired the session signs its minutes, or sends them back."))
        if not remark.strip():
            raise Refusal(_("Write what must be mended before you sign."), "remark")
        chair.remark = remark.strip()
        chair.save(update_fields=["remark"])
        held.session.state, held.session.closed_at, held.session.closed_by = State.ENDED, None, None
    return session


def sign_minutes(*, session: Session, by: Any, version: int | None = None) -> Session:
    """Whoever chaired signs: the minutes are sealed, and each case that has an opinion is sent on from the outbox."""
    with kept(session, "sign_minutes", State.CLOSED, by=by, version=version, keeper=False) as held:
        chair = held.session.chair
        if chair is None or chair.seat.person_id != by.pk:
            raise Refusal(_("Whoever chaired the session signs its minutes, or sends them back."))
        if held.session.closed_by_id == by.pk:
            raise Refusal(_("You closed these minutes: another person signs them."))
        held.session.state, held.session.signed_at, held.session.signed_by = State.SIGNED, held.now, by
        held.session.document = prepare_minutes(
            number=held.session.reference,
            unit=_unit(held.session),
            title=document_title(),
            content=content_of(held.session),
            issued_on=timezone.localdate(held.now),
        )
        for item in held.session.items.filter(state=Item.State.ADOPTED):
            jobs.add(kind="commissions.carry", key=f"carry:{item.pk}", payload={"item_id": item.pk})
    return session


def _unit(session: Session) -> dict[str, str]:
    return {language: session.commission.named(language) for language in ("ar", "fr", "en")}
