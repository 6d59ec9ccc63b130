"""Rows to measure with: as many as were asked for, whole, and never beside real ones."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from portal.accounts.models import User
from portal.demonstration.bulk import cases as filling_cases
from portal.demonstration.bulk import certificates as filling_certificates
from portal.demonstration.bulk import guarding
from procedures.cases import numbers
from procedures.cases.models import Case, Counter, StageRecord
from procedures.cases.selectors import inbox
from procedures.cases.states import CLOSED, OPEN
from procedures.documents.codes import is_well_formed
from procedures.documents.models import Document
from procedures.documents.selectors import issued_document
from registers.certificates.models import Certificate
from registers.certificates.serials import take
from registers.people.models import Identifier, Person
from registers.structures.models import Structure
from registers.structures.numbers import is_well_formed as number_is_well_formed
from registers.structures.numbers import next_number
from registers.structures.selectors import search
from tests.registers.factories import a_structure

pytestmark = pytest.mark.django_db


def fill(structures: int = 50, cases: int = 200, certificates: int = 200) -> str:
    words = io.StringIO()
    sizes = {"structures": structures, "cases": cases, "certificates": certificates}
    call_command("bench_data", stdout=words, **sizes)
    return words.getvalue()


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling_cases, "AT_ONCE", 70)
    monkeypatch.setattr(filling_certificates, "AT_ONCE", 70)


def test_a_filled_database_holds_whole_cases_that_officers_find_in_their_inbox() -> None:
    assert "200 of 200" in fill()
    connection.check_constraints()
    assert Case.objects.count() == 200
    assert all(numbers.is_well_formed(number) for number in Case.objects.values_list("number", flat=True))
    states = set(Case.objects.values_list("state", flat=True))
    assert states & set(OPEN)
    assert states & set(CLOSED)
    assert Case.objects.values("office").distinct().count() > 3
    assert not Case.objects.filter(state__in=CLOSED, closed_at=None).exists()
    for case in Case.objects.filter(state__in=OPEN):
        assert StageRecord.objects.filter(case=case, closed_at=None).count() == 1
    officers = User.objects.filter(email__contains="_officer-")
    waiting = sum(inbox(officer).count() for officer in officers)
    assert waiting > 0
    received = StageRecord.objects.filter(position=0).select_related("case", "office")
    assert all(each.case.answers["contact"]["governorate"] == each.office.place for each in received)


def test_what_is_filed_and_numbered_afterwards_goes_on_where_the_filling_ended() -> None:
    fill()
    last = Counter.objects.order_by("-year").first()
    assert last is not None
    serial = int(Case.objects.filter(number__contains=f"-{last.year}-").order_by("-number")[0].number.split("-")[2])
    assert serial == last.last
    structure = Structure.objects.order_by("pk")[0]
    governorate = structure.place_id.removeprefix("TN-")
    assert not Structure.objects.filter(number=next_number(governorate)).exists()
    (serials,) = take([(structure, Certificate.objects.filter(structure=structure)[0].issued_on.year)]).values()
    assert not Certificate.objects.filter(serial__in=serials).exists()
    assert Person.objects.create(first_ar="سلمى", entered_at=timezone.now()).pk > 0


def test_certificates_belong_to_people_with_sealed_identifiers_and_are_found_by_their_code() -> None:
    fill()
    assert Certificate.objects.count() == Document.objects.count() == 200
    assert Person.objects.count() == Identifier.objects.count() == 100
    document = Document.objects.order_by("pk")[7]
    assert is_well_formed(document.public_id)
    assert issued_document(document.public_id) == document
    certificate = Certificate.objects.select_related("person").get(document=document)
    assert certificate.holder_ar == str(certificate.person) or certificate.holder_lat == str(certificate.person)
    assert all(number_is_well_formed(number) for number in Structure.objects.values_list("number", flat=True))
    structure = Structure.objects.order_by("pk")[3]
    assert structure in search(structure.name_fr, on=timezone.localdate())


def test_a_filling_goes_on_to_a_larger_size_without_making_a_row_twice() -> None:
    fill(20, 90, 90)
    first = set(Case.objects.values_list("number", flat=True))
    fill()
    assert first < set(Case.objects.values_list("number", flat=True))
    assert (Structure.objects.count(), Case.objects.count(), Certificate.objects.count()) == (50, 200, 200)
    fill()
    assert Case.objects.count() == 200


def test_a_database_with_real_rows_is_refused_unless_it_is_named_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    a_structure(invented=False)
    with pytest.raises(CommandError, match="bench"):
        fill()
    assert not Case.objects.exists()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/somewhere/takwin-bench.sqlite3")
    guarding.refuse_real_data()
