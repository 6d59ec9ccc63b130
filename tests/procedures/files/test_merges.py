"""Two entries of the register made one by a decision: from the proposed pair to the person who is told, and back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notifications.selectors import notices_of
from procedures.audit.selectors import entries_about
from procedures.cases import selectors, services
from procedures.cases.models import Case
from procedures.documents.models import Document
from procedures.jobs.services import sweep
from registers.people.models import DuplicateProposal
from registers.people.selectors import everybody, one_person
from registers.people.services import merge
from tests.procedures.documents.factories import issued_decision
from tests.procedures.files.certifying import certified
from tests.procedures.files.factories import Directorate, opened, prepares, signs, the_equivalence_service
from tests.procedures.kernel.factories import a_person as an_account
from tests.registers.factories import an_officer
from tests.registers.people.test_duplicates import a_proposal

pytestmark = pytest.mark.django_db
TEXT = {"comparison": {"compared": "Même acte de naissance."}}


class Registry:
    """A pair that the register proposes, an officer who opens and prepares, and who signs."""

    def __init__(self) -> None:
        self.officer, self.delegate = the_equivalence_service()
        self.pair = a_proposal(cards=False)

    def opens(self, sample: str = "one_person", **changes: Any) -> Case:
        target = {"pair": str(self.pair.pk)} | changes.pop("target", {})
        return opened("register_merge", self.officer, {"target": target} | TEXT, sample=sample, **changes)

    def decides(self, case: Case, kind: str = "register") -> list[str]:
        prepares(case, self.officer, kind)
        signs(case, self.delegate)
        sweep()
        self.pair.refresh_from_db()
        return list(case.documents.filter(state=Document.State.ISSUED).values_list("output", flat=True))


@pytest.fixture
def registry(place: Directorate) -> Registry:
    return Registry()


def holding_a_certificate(pair: DuplicateProposal) -> Any:
    """The account to which a sealed certificate of the newer entry was issued."""
    account = an_account("Amel")
    document = issued_decision()
    Case.objects.filter(pk=document.case_id).update(applicant=account)
    certified(document, person=pair.right)
    return account


def test_a_pair_is_merged_once_another_person_has_signed_with_the_case_as_its_cause(registry: Registry) -> None:
    case = registry.opens()
    prepares(case, registry.officer, "register")
    assert everybody().count() == 2
    with pytest.raises(services.NotAllowed):
        signs(case, registry.officer)
    signs(case, registry.delegate)
    registry.pair.refresh_from_db()
    assert (registry.pair.state, registry.pair.case, registry.pair.decided_by) == ("merged", case, None)
    assert registry.pair.reason == "Même acte de naissance."
    assert list(everybody()) == [registry.pair.left]
    (entry,) = entries_about(registry.pair).filter(action="people.merged")
    assert (entry.actor, entry.data["case"]) == (None, case.pk)


def test_the_newer_entry_is_kept_where_the_file_says_so(registry: Registry) -> None:
    assert registry.decides(registry.opens("newer_kept")) == ["merged"]
    assert list(everybody()) == [registry.pair.right]


def test_two_persons_stay_two_and_are_never_proposed_again(registry: Registry) -> None:
    assert registry.decides(registry.opens("two_persons"), "conform") == []
    assert registry.pair.state == "apart"
    assert everybody().count() == 2


def test_where_they_are_two_persons_the_one_who_is_told_reads_nothing_of_the_other(registry: Registry) -> None:
    account = holding_a_certificate(registry.pair)
    case = registry.opens("two_persons")
    registry.decides(case, "conform")
    client = Client()
    client.force_login(account)
    page = client.get(reverse("desk:case", args=(case.public_id,))).content.decode()
    for told in ("الطرابلسي", "Trabelsi", "Même acte"):
        assert told not in page
    assert not case.documents.exists()


def test_a_merge_is_undone_by_another_file(registry: Registry) -> None:
    registry.decides(registry.opens())
    assert len(one_person(registry.pair.left)) == 2
    undoing = registry.opens("told_apart")
    assert registry.decides(undoing) == ["told_apart"]
    assert (registry.pair.state, registry.pair.case) == ("apart", undoing)
    assert everybody().count() == 2


def test_a_merge_that_is_looked_at_again_may_stay(registry: Registry) -> None:
    registry.decides(registry.opens())
    assert registry.decides(registry.opens("left_merged"), "conform") == []
    assert registry.pair.state == "merged"


def test_no_file_is_opened_about_a_pair_that_does_not_wait_for_it(registry: Registry) -> None:
    for sample, target in (("told_apart", {}), ("one_person", {"pair": "999999"})):
        with pytest.raises(services.RulesBroken):
            registry.opens(sample, target=target)


def test_a_pair_decided_meanwhile_stops_the_signature_and_nothing_changes(registry: Registry) -> None:
    case = registry.opens()
    prepares(case, registry.officer, "register")
    merge(proposal=registry.pair, by=an_officer(), reason="By hand.")
    with pytest.raises(services.NotAllowed):
        signs(case, registry.delegate)
    registry.pair.refresh_from_db()
    assert registry.pair.reason == "By hand."
    assert not case.documents.exists()


def test_whoever_holds_a_certificate_of_an_entry_is_told_reads_the_case_and_fetches_the_document(
    registry: Registry,
) -> None:
    account = holding_a_certificate(registry.pair)
    case = registry.opens()
    assert case.applicant == account
    assert not selectors.visible_to(account).exists()
    client = Client()
    client.force_login(account)
    address = reverse("desk:case", args=(case.public_id,))
    assert client.get(address).status_code == 404
    registry.decides(case)
    events = set(notices_of(account).values_list("event", flat=True))
    assert {"file_decided", "file_document"} <= events
    assert client.get(address).status_code == 200
    document = case.documents.get()
    assert "Même acte" not in client.get(address).content.decode()
    fetched = client.get(reverse("desk:document", args=(document.public_id,)))
    assert b"".join(fetched.streaming_content).startswith(b"%PDF")


def test_a_stranger_who_verifies_the_decision_reads_the_name_shortened(registry: Registry) -> None:
    case = registry.opens()
    registry.decides(case)
    document = case.documents.get()
    assert document.holder_ar == "محمد الطرابلسي"
    shown = Client().get(reverse("verification:result", args=(document.public_id,))).content.decode()
    assert "Mohamed T." in shown
    assert "الطرابلسي" not in shown
    assert "Trabelsi" not in shown
