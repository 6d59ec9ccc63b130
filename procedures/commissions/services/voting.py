"""Put a proposal to the vote, take the votes, count them."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.audit.services import append
from procedures.cases.models import StageRecord
from procedures.cases.officers_answers import checked_answers
from procedures.cases.selectors import every_answer
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import State as CaseState
from procedures.commissions.models import Attendance, Ballot, Item, Session, Voice
from procedures.commissions.precedents import departs_from, precedents_of
from procedures.commissions.selectors import is_secretary, quorum_of, voters_on
from procedures.commissions.services.holding import Held, item_in, kept
from procedures.refusal import Refusal

Opinion = StageRecord.Opinion
Choice = Voice.Choice
COUNTED = {Choice.FOR: "in_favour", Choice.AGAINST: "against", Choice.ABSTAIN: "abstained"}


def put_to_vote(
    *,
    item: Item,
    by: Any,
    opinion: str,
    conditions: str = "",
    answers: Mapping[str, Any] | None = None,
    explanation: str = "",
    is_secret: bool = False,
    version: int | None = None,
) -> Ballot:
    """Open the vote on one proposal. Raises Refusal (no quorum, a precedent without a word on it), cases' Refused."""
    with kept(item.session, "put_to_vote", Session.State.OPEN, by=by, version=version) as held:
        fresh = item_in(held, item, Item.State.WAITING)
        if fresh.case.state != CaseState.COMMISSION:
            raise Refusal(_("This case is no longer before the commission. Adjourn it: it leaves the agenda."))
        if fresh.ballots.filter(result="").exists():
            raise Refusal(_("A vote is open on this case already."))
        voters, quorum = len(voters_on(fresh)), quorum_of(held.session)
        demand_quorum(voters, quorum)
        if opinion not in Opinion.values:
            raise Refusal(_("Choose the opinion that is put to the vote."), "opinion")
        if opinion == Opinion.RESERVED and not conditions.strip():
            raise Refusal(_("Write the conditions of this opinion."), "conditions")
        found = _answered(fresh, answers) if opinion != Opinion.UNFAVOURABLE else {}
        if departs_from(precedents_of(fresh), opinion, found) and not explanation.strip():
            raise Refusal(_("This differs from the precedents. Write why: the minutes say it."), "explanation")
        fresh.case_version = fresh.case.version
        fresh.save(update_fields=["case_version"])
        ballot = Ballot.objects.create(
            item=fresh,
            opinion=opinion,
            conditions=conditions.strip(),
            answers=found,
            explanation=explanation.strip(),
            is_secret=is_secret,
            quorum=quorum,
            voters=voters,
            opened_at=held.now,
        )
        held.told |= {"ballot": ballot.pk, "opinion": opinion, "secret": is_secret}
    return ballot


def demand_quorum(voters: int, quorum: int) -> None:
    """Raises Refusal that says how many are missing."""
    if voters >= quorum:
        return
    words = ngettext(
        "No vote: %(voters)s member may vote on this case and the quorum is %(quorum)s. "
        "Adjourn the case, or wait until others have come.",
        "No vote: %(voters)s members may vote on this case and the quorum is %(quorum)s. "
        "Adjourn the case, or wait until others have come.",
        voters,
    )
    raise Refusal(words % {"voters": voters, "quorum": quorum})


def _answered(item: Item, answers: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the stage asks of the commission, checked as officers' answers are."""
    procedure, given = procedure_of(item.case), dict(answers or {})
    situation = situation_of(item.case, procedure, answers=every_answer(item.case) | given)
    return checked_answers(procedure.route[item.case.stage], situation, given)


def cast_vote(*, ballot: Ballot, by: Any, choice: str) -> None:
    """A member votes, once. In a secret vote that they have voted is kept, and nowhere how. Raises Refusal."""
    if choice not in Choice.values:
        raise Refusal(_("Choose how you vote."), "choice")
    with transaction.atomic():
        held = _open(ballot)
        mine = next((each for each in voters_on(held.item) if each.seat.person_id == by.pk), None)
        if mine is None:
            raise Refusal(
                _("You do not vote on this case: you were not noted as present, or you left the room for it.")
            )
        _take(held, mine, choice)
        append(action="commission.vote", subject=held, actor=by, data={"item": held.item_id})


def record_hands(*, ballot: Ballot, choices: Mapping[int, str], by: Any) -> Ballot:
    """The secretary notes an open vote as hands were raised (`choices` by attendance), and counts it."""
    with transaction.atomic():
        held = _open(ballot)
        if not is_secretary(by, held.item.session.commission):
            raise Refusal(_("This is for the secretary of the commission."))
        if held.is_secret:
            raise Refusal(_("This vote is secret: each member votes for themselves."))
        there = {each.pk: each for each in voters_on(held.item)}
        done = set(held.voices.values_list("attendance", flat=True))
        missing = [each for pk, each in there.items() if pk not in done and choices.get(pk) not in Choice.values]
        if missing:
            raise Refusal(_("Note the vote of every member who may vote."), "choices")
        for pk, attendance in there.items():
            if pk not in done:
                _take(held, attendance, choices[pk])
        append(action="commission.record_hands", subject=held, actor=by, data={"item": held.item_id})
    return count_votes(ballot=ballot, by=by)


def _open(ballot: Ballot) -> Ballot:
    """The ballot, locked; its session first, as every act in a session does. Raises Refusal once it is counted."""
    Session.objects.select_for_update().get(items__ballots=ballot.pk)
    held = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if held.result:
        raise Refusal(_("This vote is closed."))
    return held


def _take(ballot: Ballot, attendance: Attendance, choice: str) -> None:
    """One voice. The sum of a secret vote grows by one, and the row of the member does not say by which."""
    try:
        with transaction.atomic():
            Voice.objects.create(
                ballot=ballot, attendance=attendance, choice="" if ballot.is_secret else Choice(choice).value
            )
    except IntegrityError:
        raise Refusal(_("You have voted on this case. A vote counts once.")) from None
    counted = COUNTED[Choice(choice)]
    Ballot.objects.filter(pk=ballot.pk).update(**{counted: F(counted) + 1})


def count_votes(*, ballot: Ballot, by: Any, version: int | None = None) -> Ballot:
    """Close the vote. More for than against adopts; where an open vote is tied, whoever chairs may decide it."""
    item = Item.objects.select_related("session").get(pk=ballot.item_id)
    with kept(item.session, "count_votes", Session.State.OPEN, by=by, version=version) as held:
        fresh, counted = item_in(held, item, Item.State.WAITING), _open(ballot)
        demand_quorum(counted.voices.count(), counted.quorum)
        counted.result = _result(held, counted)
        counted.counted_at = held.now
        counted.save(update_fields=["result", "casting", "counted_at"])
        if counted.result == Ballot.Result.ADOPTED:
            _adopt(held, fresh, counted)
        held.told |= {"ballot": counted.pk, "result": counted.result}
    ballot.refresh_from_db()
    return ballot


def _result(held: Held, ballot: Ballot) -> str:
    if ballot.in_favour != ballot.against:
        return Ballot.Result.ADOPTED if ballot.in_favour > ballot.against else Ballot.Result.REJECTED
    chaired = ballot.voices.filter(attendance=held.session.chair).first()
    if not held.session.commission.casting_vote or ballot.is_secret or chaired is None:
        return Ballot.Result.TIED
    decided = {Choice.FOR: Ballot.Result.ADOPTED, Choice.AGAINST: Ballot.Result.REJECTED}
    result = decided.get(Choice(chaired.choice), Ballot.Result.TIED)
    ballot.casting = result != Ballot.Result.TIED
    return result


def _adopt(held: Held, item: Item, ballot: Ballot) -> None:
    item.opinion, item.conditions, item.answers = ballot.opinion, ballot.conditions, ballot.answers
    item.explanation, item.state, item.settled_at = ballot.explanation, Item.State.ADOPTED, held.now
    item.save()
