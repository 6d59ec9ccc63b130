"""Each procedure of the authority from start to its notified document, with two persons and those concerned."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from notifications.selectors import notices_of
from procedures.audit.selectors import entries_about
from procedures.cases import selectors, services
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.documents.models import Document
from procedures.documents.selectors import period_of, status_of
from procedures.documents.status_changes import REASONS
from procedures.jobs.services import sweep
from registers.certificates.models import CertificateStatus
from registers.history.selectors import current
from registers.inspections.models import Measure
from registers.inspections.selectors import measures_on, visits_of
from registers.structures.selectors import status_of as status_on
from tests.procedures.documents.factories import issued_decision
from tests.procedures.files.certifying import certified
from tests.procedures.files.factories import (
    Directorate,
    a_paper,
    answers_in_writing,
    opened,
    prepares,
    signs,
    the_equivalence_service,
)
from tests.procedures.files.visiting import visited
from tests.procedures.kernel.factories import a_person
from tests.workbench.routes import promise_daily, work

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def sealed(case: Case) -> list[str]:
    """Outputs of the documents that were sealed, once the outbox is done."""
    sweep()
    case.refresh_from_db()
    return list(case.documents.filter(state=Document.State.ISSUED).order_by("pk").values_list("output", flat=True))


def kinds_in_force(place: Directorate, days: int = 0) -> set[str]:
    on = TODAY() + timedelta(days=days)
    return {measure.kind for measure in measures_on(place.structure, on)}


def told(person: Any) -> list[str]:
    return [notice.event for notice in notices_of(person).order_by("pk")]


def test_a_formal_notice_is_given_answered_and_ends(place: Directorate) -> None:
    case = place.opens("formal_notice")
    prepares(case, place.inspector, "notice", reasons=("premises",))
    signs(case, place.director)

    assert sealed(case) == ["notice"]
    assert kinds_in_force(place) == {"notice"}
    assert list(selectors.opinions_asked(place.owner)) == [selectors.open_stage(case)]
    assert {"hearing_asked", "file_measure", "file_document"} <= set(told(place.owner))

    answers_in_writing(case, place.owner, papers={"reply": [a_paper("facture.pdf")]})
    assert list(case.uploads.filter(paper="reply").values_list("name", flat=True)) == ["facture.pdf"]

    prepares(case, place.inspector, "conform")
    signs(case, place.director)
    assert sealed(case) == ["notice", "notice_closed"]
    assert case.state == State.ISSUED
    assert kinds_in_force(place) == set()
    assert told(place.owner).count("file_decided") == 1


def test_a_notice_that_is_not_heeded_leads_to_a_suspension_that_is_linked_to_it(place: Directorate) -> None:
    notice = place.opens("formal_notice")
    prepares(notice, place.inspector, "notice", reasons=("premises",))
    signs(notice, place.director)
    answers_in_writing(notice, place.owner)
    prepares(notice, place.inspector, "refer")
    signs(notice, place.director)
    assert notice.state == State.REFERRED

    suspension = place.opens("precautionary_suspension")

    (link,) = selectors.links_of(suspension)
    assert (link.case, link.to) == (notice, suspension)


def test_a_suspension_takes_effect_before_the_hearing_for_a_limited_time_and_is_upheld_after_it(
    place: Directorate,
) -> None:
    case = place.opens("precautionary_suspension", sample="at_once")
    prepares(case, place.inspector, "register")
    signs(case, place.director)
    assert sealed(case) == ["precaution"]
    order = case.documents.get(output="precaution")
    assert order.expires_on == TODAY() + timedelta(days=20)
    assert status_on(place.structure, TODAY()) == "suspended"
    assert status_on(place.structure, TODAY() + timedelta(days=20)) == "suspended"
    assert status_on(place.structure, TODAY() + timedelta(days=21)) == "active"

    answers_in_writing(case, place.owner)
    prepares(case, place.inspector, "notice", reasons=("safety",))
    signs(case, place.director)

    assert sealed(case) == ["precaution", "suspension"]
    assert case.state == State.NOTIFIED
    assert status_on(place.structure, TODAY() + timedelta(days=90)) == "suspended"
    assert status_on(place.structure, TODAY() + timedelta(days=91)) == "active"
    (measure,) = measures_on(place.structure, TODAY())
    assert measure.until == TODAY() + timedelta(days=91)


def test_a_precaution_is_lifted_once_the_structure_was_heard(place: Directorate) -> None:
    case = place.opens("precautionary_suspension", sample="lifted")
    prepares(case, place.inspector, "register")
    signs(case, place.director)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        answers_in_writing(case, place.owner)
        prepares(case, place.inspector, "conform")
        signs(case, place.director)
        assert sealed(case) == ["precaution", "lifting"]
        assert status_on(place.structure, TODAY()) == "active"
        assert kinds_in_force(place) == set()


def test_a_precaution_that_lapsed_before_the_decision_begins_again_from_that_day(place: Directorate) -> None:
    case = place.opens("precautionary_suspension", sample="at_once")
    prepares(case, place.inspector, "register")
    signs(case, place.director)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert status_on(place.structure, TODAY()) == "active"
        promise_daily()
        work()
        prepares(case, place.inspector, "notice", reasons=("safety",))
        signs(case, place.director)
        assert status_on(place.structure, TODAY()) == "suspended"
        assert status_on(place.structure, TODAY() - timedelta(days=5)) == "active"
        assert Measure.objects.filter(subject=place.structure, superseded_at=None).count() == 2


def test_a_suspension_without_urgency_waits_for_the_hearing(place: Directorate) -> None:
    case = place.opens("precautionary_suspension", sample="heard_first")
    assert case.state == State.OPINION
    assert status_on(place.structure, TODAY()) == "active"
    answers_in_writing(case, place.owner)
    prepares(case, place.inspector, "notice", reasons=("no_right",))
    signs(case, place.director)
    assert sealed(case) == ["suspension"]
    assert status_on(place.structure, TODAY()) == "suspended"


def test_a_structure_is_closed_once_it_was_heard_and_kept_silent(place: Directorate) -> None:
    case = place.opens("forced_closure")
    assert case.state == State.OPINION
    with pytest.raises(services.IllegalMove):
        prepares(case, place.inspector, "notice", reasons=("danger",))
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        promise_daily()
        work()
        case.refresh_from_db()
        prepares(case, place.inspector, "notice", reasons=("danger",))
        signs(case, place.director)
        assert sealed(case) == ["closure"]
        assert status_on(place.structure, TODAY()) == "closed"
        paper = case.documents.get(output="closure").content
        assert any("did not" in line["en"] or "nothing came" in line["en"] for line in paper["whereas"])
        assert any("in danger" in line["en"] for line in paper["articles"])


def test_a_mission_enters_its_visit_in_the_register_and_offers_a_notice(place: Directorate) -> None:
    case = place.opens("inspection_mission")
    assert case.state == State.VISIT
    assert case not in selectors.cases_of_organisation(place.body.public_id)
    visited(case, place.inspector)
    assert case in selectors.cases_of_organisation(place.body.public_id)
    answers_in_writing(case, place.owner)
    prepares(case, place.inspector, "notice", reasons=("findings",))
    signs(case, place.director)
    assert sealed(case) == ["report"]
    (visit,) = visits_of(place.structure)
    assert (visit.case, visit.visited_on) == (case, TODAY())
    assert [link.procedure for link in selectors.links_of(case)] == ["formal_notice"]


def test_a_certificate_is_revoked_for_a_public_reason_once_its_holder_was_heard(place: Directorate) -> None:
    officer, delegate = the_equivalence_service()
    holder = a_person("Amel")
    document = issued_to(holder)
    target = {"target": {"document": document.public_id}, "charge": {"reason": "false_paper"}}

    case = opened("certificate_revocation", officer, target)

    assert (case.applicant, case.organisation) == (holder, None)
    assert list(selectors.opinions_asked(holder)) == [selectors.open_stage(case)]
    answers_in_writing(case, holder)
    prepares(case, officer, "notice")
    assert status_of(document) == "valid"
    signs(case, delegate)
    assert sealed(case) == ["revocation"]
    period = period_of(document)
    assert period is not None
    assert (period.status, period.reason) == ("revoked", "false_paper")
    assert entries_about(document).filter(action="document.revoked").count() == 1


def said_at(address: str) -> str:
    return unescape(Client().get(address).content.decode())


def test_whoever_verifies_a_revoked_certificate_reads_that_it_is_revoked_since_when_and_why(place: Directorate) -> None:
    officer, delegate = the_equivalence_service()
    holder = a_person("Amel")
    certificate = certified(issued_to(holder))
    document = certificate.document
    address = reverse("verification:result", args=(document.public_id,))
    assert '<div class="verdict "' in said_at(address)
    target = {"target": {"document": document.public_id}, "charge": {"reason": "false_paper"}}
    case = opened("certificate_revocation", officer, target)
    answers_in_writing(case, holder)
    prepares(case, officer, "notice")
    signs(case, delegate)

    said = said_at(address)
    assert '<div class="verdict v-bad"' in said
    assert str(REASONS["false_paper"]) in said
    assert date_format(TODAY()) in said
    period = current(certificate, CertificateStatus, TODAY())
    assert period is not None
    assert (period.status, period.case_id, period.reason) == ("revoked", case.pk, "false_paper")


def test_the_code_of_a_revocation_names_its_holder_no_more_than_any_other_code(place: Directorate) -> None:
    officer, delegate = the_equivalence_service()
    holder = a_person("Amel")
    document = certified(issued_to(holder)).document
    target = {"target": {"document": document.public_id}, "charge": {"reason": "false_paper"}}
    case = opened("certificate_revocation", officer, target)
    answers_in_writing(case, holder)
    prepares(case, officer, "notice")
    signs(case, delegate)
    sweep()
    decision = case.documents.get(output="revocation")

    page = Client().get(reverse("verification:result", args=(decision.public_id,))).content.decode()

    assert document.holder_lat
    assert decision.holder_lat == document.holder_lat  # the paper and its seal do name them
    assert document.holder_lat not in page
    assert document.holder_ar not in page


def issued_to(person: Any) -> Document:
    document = issued_decision()
    Case.objects.filter(pk=document.case_id).update(applicant=person)
    return document
