"""What the engine announces reaches the applicant, in the language of their account, once."""

import uuid

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone, translation

from notifications import hooks
from notifications.catalogue import CATALOGUE, message
from notifications.models import Delivery, Notice
from procedures.cases.models import Case, Correction, Decision, Snapshot
from procedures.offices.models import Office
from tests.portal.accounts.factories import person

pytestmark = pytest.mark.django_db


def case_of(language: str, **fields: object) -> Case:
    office = Office.objects.create(
        code=f"c-{uuid.uuid4().hex[:8]}", kind="central", name_ar="م", name_fr="S", name_en="S"
    )
    snapshot = Snapshot.objects.create(digest=uuid.uuid4().hex * 2, procedure="x", version="1", content={})
    values = {
        "number": "EQV-2026-000123-17",
        "draft_id": uuid.uuid4(),
        "procedure": "no_such_procedure",
        "procedure_version": "1",
        "snapshot": snapshot,
        "applicant": person(language=language),
        "applicant_name": "آمنة بن علي",
        "language": "ar",
        "state": "completeness",
        "office": office,
        "answers": {},
        "filed_at": timezone.now(),
    }
    return Case.objects.create(**(values | fields))


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ar", "أُودع مطلبك EQV-2026-000123-17"),
        ("fr", "Votre demande EQV-2026-000123-17 est déposée"),
        ("en", "Your application EQV-2026-000123-17 is filed"),
    ],
)
def test_a_filing_is_told_in_the_language_of_the_account(language, subject):
    case = case_of(language)
    hooks.case_submitted(case_id=case.pk)
    notice = Notice.objects.get(person=case.applicant)
    assert notice.subject == subject
    assert notice.path.startswith(f"/{language}/")
    assert Delivery.objects.get(address=case.applicant.email).language == language


def test_an_event_that_comes_twice_is_told_once():
    case = case_of("ar")
    hooks.case_submitted(case_id=case.pk)
    hooks.case_submitted(case_id=case.pk)
    assert Notice.objects.count() == Delivery.objects.count() == 1


def test_each_correction_is_told_with_its_last_day():
    case = case_of("fr")
    for day in (3, 9):
        asked = Correction.objects.create(
            case=case,
            items=[],
            asked_by=person(),
            asked_at=timezone.now(),
            due_on=timezone.datetime(2026, 12, day).date(),
        )
        hooks.correction_asked(case_id=case.pk, correction_id=asked.pk)
    assert [("9 décembre 2026" in each.body, "3 décembre 2026" in each.body) for each in Notice.objects.all()] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("outcome", "event"),
    [
        ("refuse", "case_refused"),
        ("grant", "case_accepted"),
        ("conform", "case_accepted"),
        ("notice", "case_notice"),
        ("refer", "case_referred"),
    ],
)
def test_a_decision_is_told_as_it_fell(outcome, event):
    case = case_of("en", outcome=outcome)
    hooks.case_decided(case_id=case.pk, decision_id=decision_on(case, outcome).pk)
    assert Notice.objects.get().event == event


def test_a_decision_on_the_way_tells_that_the_case_goes_on():
    case = case_of("en", outcome="")
    hooks.case_decided(case_id=case.pk, decision_id=decision_on(case, "register").pk)
    assert Notice.objects.get().event == "case_goes_on"


def decision_on(case, kind):
    return Decision.objects.create(case=case, position=0, kind=kind, prepared_at=timezone.now())


@pytest.mark.parametrize("event", CATALOGUE)
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_message_is_written_in_three_languages_and_names_nobody_in_its_subject(event, language):
    case = case_of(language)
    told = message(event, language=language, case=case, values={"procedure": "P", "due_on": "D", "day": "D"})
    assert "آمنة" not in told.subject
    assert case.number in told.subject
    assert "%(" not in told.subject + told.body
    if language != "en":
        english = message(event, language="en", case=case, values={"procedure": "P", "due_on": "D", "day": "D"})
        assert (told.subject, told.body) != (english.subject, english.body)
    with translation.override(language):
        assert resolve(told.path).namespace == "desk"


def test_the_demonstration_s_page_shows_them(settings, rf):
    from notifications.views import sent

    settings.TAKWIN_DEMONSTRATION = True
    hooks.case_submitted(case_id=case_of("ar").pk)
    request = Client().get("/en/accounts/login/").wsgi_request
    assert "أُودع مطلبك" in sent(request).content.decode()
