"""Likenesses are proposed with their evidence; people decide, and can take back what they decided."""

from datetime import date

import pytest

from procedures.audit.models import Entry
from registers.history.causes import NoCause
from registers.people.duplicates import judge
from registers.people.merging import STAYING, _label, _relations
from registers.people.models import DuplicateProposal, Engagement, Person, Trainer
from registers.people.selectors import everybody, one_person, open_proposals, person_with, trainers_of
from registers.people.services import (
    DecidedAlready,
    GivenIdentifier,
    declare_trainer,
    end_engagement,
    engage,
    enter_person,
    keep_apart,
    merge,
    propose_duplicates,
    tell_apart,
)
from registers.training.models import Enrolment
from registers.training.selectors import enrolments_of
from registers.training.services import enrol
from tests.registers.factories import a_structure, an_officer, by_hand
from tests.registers.people.factories import BORN, a_card, a_person, given
from tests.registers.training.factories import a_session

pytestmark = pytest.mark.django_db


def a_proposal(*, cards: bool = True) -> DuplicateProposal:
    """Two entries of one person, in two scripts; each with an identifier of another kind."""
    a_person("محمد", "الطرابلسي", *([a_card("01234567")] if cards else []))
    a_person("Mohamed", "Trabelsi", *([GivenIdentifier("passport", "X1234567", "FR")] if cards else []))
    assert propose_duplicates() == 1
    return DuplicateProposal.objects.get()


def test_a_likeness_is_proposed_once_with_what_speaks_for_it():
    proposal = a_proposal()
    assert proposal.left_id < proposal.right_id
    assert proposal.evidence == {
        "name": 98, "first": 98, "last": 100, "birth_date": "same", "birth_place": False, "sex": "unknown",
        "identifier": "none",
    }  # fmt: skip
    assert propose_duplicates() == 0
    Person.objects.update(compared_at=None)
    assert propose_duplicates() == 0
    assert list(open_proposals()) == [proposal]
    assert everybody().count() == 2  # nothing is merged silently


@pytest.mark.parametrize(
    ("born", "names", "proposed"),
    [
        (BORN, ("Salma", "Gharbi"), False),
        (date(2003, 5, 15), ("Mohamed", "Trabelsi"), True),  # one figure wrong
        (date(2003, 11, 25), ("Mohamed", "Trabelsi"), False),
        (None, ("Mohamed", "Trabelsi"), True),
        (None, ("Mohamed", "Trabelssy"), True),
        (BORN, ("Mahmoud", "Trabelsi"), False),
    ],
)
def test_names_and_birth_dates_are_weighed_together(born: date | None, names: tuple[str, str], proposed: bool):
    a_person("محمد", "الطرابلسي")
    a_person(*names, birth_date=born)
    assert propose_duplicates() == proposed


def test_day_and_month_in_each_others_place_are_near():
    a_person("محمد", "الطرابلسي", birth_date=date(2003, 5, 11))
    a_person("Mohamed", "Trabelsi", birth_date=date(2003, 11, 5))
    assert propose_duplicates() == 1
    assert DuplicateProposal.objects.get().evidence["birth_date"] == "near"


def test_two_cards_far_from_each_other_are_two_people_and_a_sign_apart_may_be_one():
    a_person("Mohamed", "Trabelsi", a_card("01234567"))
    a_person("Mohamed", "Trabelsi", a_card("07654321"))
    assert propose_duplicates() == 0
    a_person("Mohamed", "Trabelsi", a_card("01234576"))
    assert propose_duplicates() == 1
    assert DuplicateProposal.objects.get().evidence["identifier"] == "near"


def test_another_sex_speaks_against_a_name_that_is_only_alike():
    left, right = a_person("Islem", "Tounsi", sex="f"), a_person("Eslem", "Tounsi", sex="m")
    assert judge(left, right) is None or judge(left, right)["name"] >= 97
    assert judge(left, a_person("Islem", "Tounsi", sex="m")) is not None


def test_a_pair_that_was_refused_is_never_proposed_again():
    proposal = a_proposal()
    officer = an_officer()
    with pytest.raises(NoCause):
        keep_apart(proposal=proposal, by=officer, reason=" ")
    keep_apart(proposal=proposal, by=officer, reason="Cousins: both came with their cards.")
    Person.objects.update(compared_at=None)
    assert propose_duplicates() == 0
    assert not open_proposals().exists()
    with pytest.raises(DecidedAlready, match="meanwhile"):
        merge(proposal=proposal, by=officer, reason="x")
    entry = Entry.objects.get(action="people.apart")
    assert entry.actor == officer.pk
    assert "Cousins" not in str(entry.data)


def test_a_merge_moves_everything_and_can_be_told_apart_again():
    proposal, officer, structure = a_proposal(), an_officer(), a_structure()
    left, right = proposal.left, proposal.right
    trainer, _made = declare_trainer(by_hand(), person=right)
    engagement = engage(by_hand(), trainer=trainer, structure=structure, since=date(2026, 1, 1), hours=6)
    enrolment, _made = enrol(by_hand(), session=a_session(structure), person=right)
    with pytest.raises(NoCause):
        merge(proposal=proposal, by=officer, reason="")
    assert merge(proposal=proposal, by=officer, reason="One card, two spellings.") == left
    for row in (trainer, enrolment):
        row.refresh_from_db()
        assert row.person == left
    assert [row.subject.person for row in trainers_of(structure, date(2026, 4, 1))] == [left]
    assert person_with(GivenIdentifier("passport", "X1234567", "FR")) == left
    assert list(everybody()) == [left]
    found, made = enter_person(
        by_hand(), given=given("Mohamed", "Trabelsi", GivenIdentifier("passport", "X1234567", "FR"))
    )
    assert (found, made) == (left, False)

    tell_apart(proposal=proposal, by=officer, reason="The second card came to light.")
    for row in (trainer, enrolment, right):
        row.refresh_from_db()
    assert (trainer.person, enrolment.person, right.merged_into) == (right, right, None)
    assert person_with(GivenIdentifier("passport", "X1234567", "FR")) == right
    assert person_with(GivenIdentifier("cin", "01234567")) == left
    Person.objects.update(compared_at=None)
    assert propose_duplicates() == 0
    assert [entry.action for entry in Entry.objects.filter(subject_type="people.duplicateproposal")] == [
        "people.merged", "people.apart",
    ]  # fmt: skip
    assert Engagement.objects.get(pk=engagement.pk).subject == trainer


def test_what_both_have_in_one_place_stays_and_readers_find_both():
    proposal, structure = a_proposal(), a_structure()
    session = a_session(structure)
    rows = [enrol(by_hand(), session=session, person=person)[0] for person in (proposal.left, proposal.right)]
    merge(proposal=proposal, by=an_officer(), reason="Enrolled twice by mistake.")
    assert Enrolment.objects.get(pk=rows[1].pk).person_id == proposal.right_id
    assert set(enrolments_of(proposal.left)) == set(rows)
    assert one_person(Person.objects.get(pk=proposal.right_id)) == [proposal.left_id, proposal.right_id]


def test_two_trainers_become_one_unless_their_days_collide():
    proposal, structure, other = a_proposal(), a_structure(), a_structure("مركز الزيتون", fr="Centre Ezzitouna")
    left, right = (declare_trainer(by_hand(), person=one)[0] for one in (proposal.left, proposal.right))
    engage(by_hand(), trainer=left, structure=structure, since=date(2026, 1, 1))
    colliding = engage(by_hand(), trainer=right, structure=structure, since=date(2026, 2, 1))
    moving = engage(by_hand(), trainer=right, structure=other, since=date(2026, 2, 1))
    merge(proposal=proposal, by=an_officer(), reason="One person.")
    assert set(Engagement.objects.filter(subject=left)) >= {moving}
    assert Engagement.objects.get(pk=colliding.pk).subject == right
    tell_apart(proposal=proposal, by=an_officer(), reason="Two after all.")
    assert set(Engagement.objects.filter(subject=right)) == {colliding, moving}
    assert Trainer.objects.get(pk=right.pk).person == proposal.right


def test_the_younger_entry_may_be_kept():
    proposal = a_proposal()
    assert merge(proposal=proposal, by=an_officer(), reason="Better spelt.", into=proposal.right) == proposal.right
    assert list(everybody()) == [proposal.right]


def test_entries_merged_before_follow_and_open_proposals_about_them_go():
    first = a_proposal()
    third = a_person("محمّد", "طرابلسي")
    assert propose_duplicates() == 2
    officer = an_officer()
    second = DuplicateProposal.objects.get(left=first.right, right=third)
    merge(proposal=second, by=officer, reason="One.", into=third)
    assert not DuplicateProposal.objects.filter(pk=first.pk).exists()
    rest = open_proposals().get()
    merge(proposal=rest, by=officer, reason="One.")
    third.refresh_from_db()
    assert third.merged_into == first.left
    assert set(one_person(third)) == {first.left_id, first.right_id, third.pk}


def test_an_engagement_ends_and_is_not_begun_twice_on_the_same_days():
    from registers.history.services import PeriodsOverlap

    trainer, made = declare_trainer(by_hand(), person=a_person(), qualifications=[{"diploma": "BTS", "year": 2020}])
    assert made
    _other, made = declare_trainer(by_hand(), person=a_person("Amel", "Tounsi", a_card()))
    assert made
    assert declare_trainer(by_hand(), person=trainer.person) == (trainer, False)
    structure = a_structure()
    engagement = engage(by_hand(), trainer=trainer, structure=structure, since=date(2026, 1, 1), hours=10)
    with pytest.raises(PeriodsOverlap):
        engage(by_hand(), trainer=trainer, structure=structure, since=date(2026, 3, 1))
    end_engagement(by_hand(), engagement=engagement, on=date(2026, 3, 1))
    engage(by_hand(), trainer=trainer, structure=structure, since=date(2026, 3, 1))
    assert trainers_of(structure, date(2026, 2, 28)).get().hours == 10
    assert trainers_of(structure, date(2026, 3, 1)).get().hours is None


def test_every_room_that_names_a_person_follows_a_merge():
    named = {_label(relation) for relation in _relations(Person)}
    assert named >= {"training.enrolment.person", "certificates.certificate.person", "people.identifier.person"}
    assert not named & STAYING
