"""The quarterly review of rights, its table, and entries of the register that may be one person."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.administration.reviewing import this_quarter
from procedures.audit.models import Entry
from procedures.offices.models import Confirmation
from procedures.spreadsheets import harmless
from registers.people.models import DuplicateProposal, Person
from tests.portal.accounts.factories import enrol, officer
from tests.portal.administration.factories import administrator, at, at_screen_of, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Any:
    return administrator(email="me@example.tn")


@pytest.fixture
def screen(me: Any) -> Client:
    return at_screen_of(me)


@pytest.fixture
def proposal() -> DuplicateProposal:
    left, right = (
        Person.objects.create(first_ar="آمنة", last_ar=last, birth_place="مدنين", sex="f", entered_at=timezone.now())
        for last in ("بن ڨردان", "بن قردان")
    )
    evidence = {"name": 96, "birth_date": "near", "birth_place": True, "sex": "same", "identifier": "none"}
    return DuplicateProposal.objects.create(
        left=left, right=right, likeness=96, evidence=evidence, proposed_at=timezone.now()
    )


def test_each_right_is_confirmed_once_a_quarter_by_somebody_else(screen: Client, me: Any) -> None:
    colleague = officer("desk_officer")
    membership = colleague.memberships.get()
    page = screen.get(at("review"))
    assert (page.context["total"], page.context["done"]) == (2, 0)
    for _ in range(2):
        screen.post(at("confirm", membership.pk))
    own = screen.post(at("confirm", me.memberships.get().pk), follow=True)
    assert "your own rights" in own.content.decode()
    page = screen.get(at("review"), {"left": "1"})
    assert (page.context["total"], page.context["done"]) == (2, 1)
    assert [line.membership.person for line in page.context["page"].object_list] == [me]
    confirmation = Confirmation.objects.get()
    assert (confirmation.quarter, confirmation.by) == (this_quarter(), me)
    assert "Right confirmed in the review" in screen.get(at("person", colleague.pk)).content.decode()
    Confirmation.objects.update(quarter="2020-1")
    assert screen.get(at("review")).context["done"] == 0  # a new quarter asks again


def test_the_table_names_rights_factors_and_confirmations_and_no_cell_is_a_formula(screen: Client, me: Any) -> None:
    colleague = officer("desk_officer", email="desk@example.tn")
    User.objects.filter(pk=colleague.pk).update(name='=HYPERLINK("http://evil.example";"Open")')
    enrol(colleague)
    screen.post(at("confirm", colleague.memberships.get().pk))
    answer = screen.get(at("review_table"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    row = next(row for row in rows if row["E-mail"] == "desk@example.tn")
    assert row["Name"].startswith("'=HYPERLINK")
    assert (row["Role"], row["Second factor"], row["Confirmed by"]) == ("Desk officer", "in use", str(me))
    assert Entry.objects.get(action="office.review_taken").subject_id == this_quarter()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_what_would_begin_a_formula_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("Amna") == "Amna"


def test_a_pair_is_compared_side_by_side_and_kept_apart_with_a_reason(
    screen: Client, me: Any, proposal: DuplicateProposal
) -> None:
    assert screen.get(at("home")).content.decode().count("to decide") == 2  # beside the room and on its tile
    page = screen.get(at("duplicate", proposal.pk)).content.decode()
    for told in ("بن ڨردان", "بن قردان", "one sign apart", "the same", "96"):
        assert told in page
    assert sentences(screen.post(at("duplicate", proposal.pk), {"decision": "apart"})) == [
        "“What you compared, and why”: write something here."
    ]
    screen.post(at("duplicate", proposal.pk), {"decision": "apart", "reason": "Deux sœurs."})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.reason) == ("apart", me, "Deux sœurs.")
    assert not Person.objects.exclude(merged_into=None).exists()
    told = screen.get(at("duplicate", proposal.pk)).content.decode()
    assert "Entries kept apart" in told
    assert "Comparison read" in told


def test_a_pair_is_merged_once_and_not_by_an_auditor(screen: Client, proposal: DuplicateProposal) -> None:
    auditor = at_screen_of(officer("auditor"))
    asked = {"decision": "merge", "reason": "Même acte de naissance."}
    auditor.post(at("duplicate", proposal.pk), asked)
    proposal.refresh_from_db()
    assert proposal.state == "open"
    screen.post(at("duplicate", proposal.pk), asked)
    proposal.refresh_from_db()
    assert proposal.right.merged_into == proposal.left
    assert screen.post(at("duplicate", proposal.pk), asked).status_code == 200
    assert Entry.objects.filter(action="people.merged").count() == 1
