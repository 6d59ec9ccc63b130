"""Consents: each version of a text stays as it was shown, an older one counts as no, and nothing is used without."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from procedures.audit.models import Entry
from procedures.consents import texts
from procedures.consents.models import Consent
from procedures.consents.selectors import agrees
from procedures.consents.services import give_consent, withdraw_consent
from procedures.consents.texts import REUSE, TEXTS
from procedures.refusal import Refusal
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import Visitor, a_person

# The words that were shown to people: whoever changes a text adds a version, and its digest here.
SHOWN = {(REUSE, 1): "bb4fd614440e21fd177e095d5eedf85516a710076ad739cbc27278ad571dadc3"}


def test_a_text_that_was_shown_never_changes_and_each_new_wording_is_a_version() -> None:
    assert {(text.code, text.version): text.digest for text in TEXTS} == SHOWN
    for text in TEXTS:
        assert {*text.words} == {*text.title} == {"ar", "fr", "en"}


@pytest.mark.django_db
def test_a_consent_holds_what_was_read_in_which_language_and_is_on_record() -> None:
    person = a_person()
    with translation.override("fr"):
        given = give_consent(person=person, code=REUSE, version=1)
    assert (given.version, given.digest, given.language) == (1, SHOWN[REUSE, 1], "fr")
    assert agrees(person, REUSE)
    assert give_consent(person=person, code=REUSE, version=1) == given, "agreeing twice is agreeing once"
    withdraw_consent(person=person, code=REUSE)
    assert not agrees(person, REUSE)
    told = list(Entry.objects.values_list("action", "data__version", "data__digest"))
    assert told == [("consent.give", 1, SHOWN[REUSE, 1]), ("consent.withdraw", 1, SHOWN[REUSE, 1])]


@pytest.mark.django_db
def test_an_older_version_counts_as_no_and_the_new_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person()
    give_consent(person=person, code=REUSE, version=1)
    newer = replace(TEXTS[0], version=2, since=date(2027, 1, 1), words=TEXTS[0].words | {"fr": "Autre chose."})
    monkeypatch.setattr(texts, "TEXTS", (*TEXTS, newer))
    assert not agrees(person, REUSE)
    with pytest.raises(Refusal):
        give_consent(person=person, code=REUSE, version=1)
    give_consent(person=person, code=REUSE, version=2)
    assert agrees(person, REUSE)
    standing = {each.version: each.withdrawn_at is None for each in Consent.objects.all()}
    assert standing == {2: True, 1: False}


@pytest.mark.django_db
def test_earlier_cases_are_not_looked_at_before_the_person_agrees() -> None:
    house = House()
    visitor = Visitor(house.applicant)
    case = house.files(identity={"first_name_lat": "Emna"})
    visitor.start()
    known = visitor.path(f"drafts/{visitor.draft}/known/holder/")
    before = visitor.client.get(known).content.decode()
    assert str(TEXTS[0].words["en"]) in before
    assert case.number not in before
    visitor.client.post(known, {"agree": "1"})
    after = visitor.client.get(known).content.decode()
    assert case.number in after
    assert 'name="agree"' not in after
    assert "Emna" not in visitor.open("holder").content.decode(), "agreeing takes nothing"
