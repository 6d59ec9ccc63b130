"""Administrators prepare lists of visits in the browser; what they do is on record and changes no past visit."""

import pytest
from django.urls import reverse

from procedures.audit.models import Entry
from procedures.offices.models import Role
from procedures.visits.models import Checklist, Item
from procedures.visits.selectors import latest_edition, offered_checklists
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.kernel.factories import staff_of

pytestmark = pytest.mark.django_db
LINE = {
    "sentence_ar": "الإضاءة كافية.",
    "sentence_fr": "L’éclairage suffit.",
    "sentence_en": "The light is enough.",
    "kind": "measurement",
    "severity": "major",
    "unit": "lx",
    "least": "300",
    "most": "",
    "basis": "",
}


@pytest.fixture
def screen(house):
    return at_screen_of(staff_of(house.region, Role.ADMINISTRATOR))


def at(name: str, *args: str) -> str:
    return reverse(f"checklists:{name}", args=args)


def test_a_list_is_made_filled_and_published_by_browser_alone(screen):
    titles = {"title_ar": "قائمة", "title_fr": "Liste", "title_en": "List", "basis": "", "code": "Workshop-1"}
    assert screen.post(at("make"), titles)["Location"] == at("checklist", "workshop-1")
    refused = screen.post(at("publish", "workshop-1"), follow=True)
    assert "no line yet" in refused.text
    assert screen.post(at("add", "workshop-1"), LINE | {"unit": ""}).status_code == 200
    assert screen.post(at("add", "workshop-1"), LINE | {"most": "20"}).status_code == 200
    assert screen.post(at("add", "workshop-1"), LINE).status_code == 302
    assert not offered_checklists().filter(code="workshop-1").exists()
    screen.post(at("publish", "workshop-1"))
    checklist = Checklist.objects.get(code="workshop-1")
    assert offered_checklists().filter(pk=checklist.pk).exists()
    [item] = latest_edition(checklist).items.all()
    assert (item.code, item.least, item.most, item.unit) == ("the-light-is-enough", 300, None, "lx")
    done = list(Entry.objects.filter(action__startswith="checklist.").values_list("action", flat=True))
    assert done == [
        "checklist.make", "checklist.begin_edition", "checklist.change_item", "checklist.publish_edition"
    ]  # fmt: skip
    assert "Edition published" in screen.get(at("checklist", "workshop-1")).text


def test_the_next_edition_starts_as_a_copy_and_leaves_the_one_in_force_alone(screen, house):
    visit = house.begun()
    screen.post(at("prepare", "premises"))
    page = at("rewrite", "premises", "exits")
    assert "Emergency exits" in screen.get(page).text
    screen.post(page, LINE | {"kind": "conforms"})
    screen.post(at("remove", "premises", "sign"))
    assert [item.sentence_en for item in visit.edition.items.filter(code__in=("exits", "sign"))] == [
        "The sign can be seen from the street and bears the right name.",
        "Emergency exits are clear and marked.",
    ]
    assert latest_edition(house.checklist).number == 1
    screen.post(at("publish", "premises"))
    edition = latest_edition(house.checklist)
    assert edition.number == 2
    assert not edition.items.filter(code="sign").exists()
    assert screen.get(page).status_code == 404, "a published line is not changed"
    assert Item.objects.filter(edition=edition).count() == 10


def test_a_list_that_is_no_longer_offered_is_planned_no_more(screen, house):
    screen.post(at("offer", "premises"))
    assert not offered_checklists().exists()
    screen.post(at("offer", "premises"))
    assert offered_checklists().exists()
    screen.post(at("change", "premises"), {"title_ar": "أ", "title_fr": "B", "title_en": "C", "basis": "Order 1"})
    assert str(Checklist.objects.get(code="premises")) == "C"


def test_inspectors_change_no_list_and_an_auditor_reads(house):
    assert at_screen_of(house.ines).get(at("checklists")).status_code == 404
    auditor = at_screen_of(staff_of(house.region, Role.AUDITOR))
    assert auditor.get(at("checklist", "premises")).status_code == 200
    assert auditor.post(at("prepare", "premises")).status_code == 404
