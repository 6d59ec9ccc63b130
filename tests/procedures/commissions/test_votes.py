"""Quorum, recusal, votes, ties and secret votes, through the services alone."""

import json

import pytest
from django.apps import apps
from django.core import serializers

from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.commissions import services
from procedures.commissions.models import Attendance, Ballot, Item, Voice
from procedures.commissions.selectors import attendance_of, called_to, voters_on
from procedures.refusal import Refusal
from tests.procedures.commissions.factories import PROPOSED, Room

pytestmark = pytest.mark.django_db


def fresh(item):
    return Item.objects.get(pk=item.pk)


def test_without_a_quorum_there_is_no_vote_and_the_sentence_says_how_many_are_missing(room):
    item = room.item(room.opened(absent=(room.moncef, room.hela)))
    with pytest.raises(Refusal, match=r"No vote: 2 members may vote on this case and the quorum is 3\."):
        room.puts(item)
    assert not Ballot.objects.exists()


def test_the_quorum_is_what_the_commission_says_once_a_text_gives_it(room):
    room.commission.quorum = 2
    room.commission.save()
    item = room.item(room.opened(absent=(room.moncef, room.hela)))
    assert room.adopts(item).result == "adopted"


def test_a_session_keeps_the_quorum_with_which_it_was_opened(room):
    item = room.item(room.opened(absent=(room.hela,)))
    room.commission.quorum = 4
    room.commission.save()
    assert room.puts(item).quorum == 3


def test_who_leaves_the_room_for_a_case_is_not_counted_and_does_not_vote(room):
    item = room.item(room.opened(absent=(room.hela,)))
    services.recuse(item=item, by=room.moncef)
    with pytest.raises(Refusal, match="2 members may vote"):
        room.puts(item)


def test_a_recused_member_cannot_vote_even_on_their_own_screen(room):
    item = room.item(room.opened())
    services.recuse(item=item, by=room.moncef)
    ballot = room.puts(item)
    with pytest.raises(Refusal, match="you left the room"):
        services.cast_vote(ballot=ballot, by=room.moncef, choice="for")
    assert [each.seat.person for each in voters_on(item)] == [room.president, room.salwa, room.hela]


def test_the_applicant_who_sits_in_the_commission_is_recused_without_being_asked(room):
    case = room.house.at_commission(applicant=room.salwa)
    item = room.item(room.convened(case))
    assert [(each.attendance.seat.person, each.ground) for each in item.recusals.all()] == [(room.salwa, "interested")]


def test_a_member_of_the_organisation_that_applies_is_recused_without_being_asked(room, monkeypatch):
    case = room.house.at_commission()
    monkeypatch.setattr("procedures.commissions.services.planning.is_interested", lambda who, _case: who == room.hela)
    assert room.item(room.convened(case)).recusals.get().attendance.seat.person == room.hela


def test_the_secretary_notes_that_a_member_leaves_and_nobody_else_does_it_for_another(room):
    item = room.item(room.opened())
    other = attendance_of(room.moncef, item.session)
    services.recuse(item=item, by=room.secretary, attendance=other)
    mine = services.recuse(item=item, by=room.hela, attendance=attendance_of(room.salwa, item.session))
    assert mine.attendance.seat.person == room.hela
    assert item.recusals.count() == 2


def test_nobody_leaves_the_room_once_the_vote_is_open(room):
    item = room.item(room.opened())
    room.puts(item)
    with pytest.raises(Refusal, match="The vote on this case is open"):
        services.recuse(item=item, by=room.moncef)


@pytest.mark.parametrize(
    ("choices", "result", "state"),
    [
        ({}, "adopted", "adopted"),
        ({"Salwa": "against", "Moncef": "against", "Hela": "abstain"}, "rejected", "waiting"),
        ({"Salwa": "abstain", "Moncef": "abstain", "Hela": "abstain"}, "adopted", "adopted"),
    ],
)
def test_more_for_than_against_adopts_and_abstentions_weigh_nothing(room, choices, result, state):
    item = room.item(room.opened())
    assert room.hands(room.puts(item), **choices).result == result
    assert fresh(item).state == state


@pytest.mark.parametrize(("chair", "result"), [("for", "adopted"), ("against", "rejected"), ("abstain", "tied")])
def test_whoever_chairs_decides_a_tie(room, chair, result):
    others = {"for": ("for", "against", "against"), "against": ("against", "for", "for"),
              "abstain": ("for", "against", "abstain")}[chair]  # fmt: skip
    item = room.item(room.opened())
    ballot = room.hands(room.puts(item), Leila=chair, Salwa=others[0], Moncef=others[1], Hela=others[2])
    assert (ballot.result, ballot.casting) == (result, chair != "abstain")


def test_a_tie_is_not_adopted_where_nobody_has_a_casting_vote(db, tmp_path, settings):
    room = Room(casting_vote=False)
    item = room.item(room.opened())
    ballot = room.hands(room.puts(item), Salwa="against", Moncef="against")
    assert (ballot.result, ballot.casting, fresh(item).state) == ("tied", False, "waiting")


def test_a_tie_in_a_secret_vote_has_no_casting_vote_for_it_would_tell_how_the_chair_voted(room):
    item = room.item(room.opened())
    ballot = room.puts(item, is_secret=True)
    votes = ((room.president, "for"), (room.salwa, "for"), (room.moncef, "against"), (room.hela, "against"))
    for person, choice in votes:
        services.cast_vote(ballot=ballot, by=person, choice=choice)
    assert services.count_votes(ballot=ballot, by=room.secretary).result == "tied"


def test_a_proposal_that_was_rejected_leaves_room_for_another(room):
    item = room.item(room.opened())
    room.hands(room.puts(item), Leila="against", Salwa="against", Moncef="against")
    assert room.adopts(item, "unfavourable").result == "adopted"
    assert (fresh(item).opinion, fresh(item).answers) == ("unfavourable", {})


def test_a_vote_counts_once(room):
    ballot = room.puts(room.item(room.opened()))
    services.cast_vote(ballot=ballot, by=room.salwa, choice="for")
    with pytest.raises(Refusal, match="A vote counts once"):
        services.cast_vote(ballot=ballot, by=room.salwa, choice="against")
    ballot.refresh_from_db()
    assert (ballot.in_favour, ballot.against) == (1, 0)


def test_what_was_voted_on_a_screen_stays_when_the_secretary_notes_the_hands(room):
    ballot = room.puts(room.item(room.opened()))
    services.cast_vote(ballot=ballot, by=room.salwa, choice="against")
    counted = room.hands(ballot)
    assert (counted.in_favour, counted.against) == (3, 1)


def test_a_vote_that_is_counted_takes_no_more(room):
    ballot = room.adopts(room.item(room.opened()))
    with pytest.raises(Refusal, match="This vote is closed"):
        services.cast_vote(ballot=ballot, by=room.salwa, choice="for")


def test_a_vote_is_not_counted_before_a_quorum_has_voted(room):
    ballot = room.puts(room.item(room.opened()))
    services.cast_vote(ballot=ballot, by=room.salwa, choice="for")
    with pytest.raises(Refusal, match="the quorum is 3"):
        services.count_votes(ballot=ballot, by=room.secretary)


def test_the_secretary_does_not_vote(room):
    ballot = room.puts(room.item(room.opened()))
    with pytest.raises(Refusal, match="You do not vote"):
        services.cast_vote(ballot=ballot, by=room.secretary, choice="for")


def test_a_secret_vote_leaves_no_trace_of_who_voted_what(room):
    """Two votes that differ only in who chose what leave the same rows behind, sums apart from names."""

    def traces(against):
        item = room.item(room.opened(room.house.at_commission()))
        ballot = room.puts(item, is_secret=True)
        for person in (room.president, room.salwa, room.moncef, room.hela):
            services.cast_vote(ballot=ballot, by=person, choice="against" if person is against else "for")
        services.count_votes(ballot=ballot, by=room.secretary)
        rows = serializers.serialize(
            "python", [*Voice.objects.filter(ballot=ballot), *Ballot.objects.filter(pk=ballot.pk)]
        )
        there = {each.pk: each.seat.person.name for each in called_to(item.session)}
        for row in rows:
            row.pop("pk")
            for key in ("ballot", "item", "opened_at", "counted_at"):
                row["fields"].pop(key, None)
            if "attendance" in row["fields"]:
                row["fields"]["attendance"] = there[row["fields"]["attendance"]]
        told = Entry.objects.filter(action="commission.vote", subject_id=str(ballot.pk)).values_list("actor", "data")
        return json.dumps([rows, [[actor, sorted(data)] for actor, data in told]])

    assert traces(room.salwa) == traces(room.hela)


def test_no_column_could_hold_a_secret_choice(room):
    ballot = room.puts(room.item(room.opened()), is_secret=True)
    services.cast_vote(ballot=ballot, by=room.salwa, choice="against")
    assert list(Voice.objects.values_list("choice", flat=True)) == [""]
    assert {field.name for field in apps.get_model("commissions.Voice")._meta.get_fields()} == {
        "id", "ballot", "attendance", "choice"
    }  # fmt: skip


def test_the_secretary_does_not_note_hands_in_a_secret_vote(room):
    ballot = room.puts(room.item(room.opened()), is_secret=True)
    with pytest.raises(Refusal, match="secret"):
        room.hands(ballot)


def test_conditions_are_demanded_where_the_opinion_has_some(room):
    item = room.item(room.opened())
    with pytest.raises(Refusal, match="Write the conditions"):
        room.puts(item, "reserved")
    assert room.adopts(item, "reserved", conditions="Twelve weeks of practice.").result == "adopted"
    assert fresh(item).conditions == "Twelve weeks of practice."


def test_what_the_stage_asks_of_the_commission_is_checked_before_the_vote(room):
    from procedures.cases.errors import Refused

    item = room.item(room.opened())
    with pytest.raises(Refused):
        room.puts(item, answers={"proposed": {"level": "nonsense"}})
    assert room.puts(item, answers=PROPOSED).answers == PROPOSED


def test_a_case_that_its_applicant_withdrew_is_not_voted_on(room):
    from procedures.cases.services import withdraw

    item = room.item(room.opened())
    withdraw(case=Case.objects.get(pk=item.case_id), by=room.house.applicant)
    with pytest.raises(Refusal, match="no longer before the commission"):
        room.puts(item)
    assert services.adjourn(item=item, reason="Withdrawn.", by=room.secretary).state == "lapsed"


def test_who_came_is_noted_again_only_between_votes(room):
    session = room.opened()
    ballot = room.puts(room.item(session))
    with pytest.raises(Refusal, match="A vote is open"):
        services.note_attendance(session=session, present=[], by=room.secretary)
    room.hands(ballot)
    there = [each.pk for each in called_to(session) if each.seat.person != room.hela]
    services.note_attendance(session=session, present=there, by=room.secretary)
    assert Attendance.objects.filter(session=session, is_present=True).count() == 4
