"""Visits in the officers' rooms, without a script: planning, the page on site, photographs, the report."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.evidence.models import Upload
from procedures.jobs.services import sweep
from procedures.visits.models import Photograph, Synchronisation, Visit
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.evidence.corpus import photograph, upload
from tests.procedures.visits.factories import all_conform

pytestmark = pytest.mark.django_db


def of(visit: Any, name: str) -> str:
    return reverse(f"visits:{name}", args=(visit.public_id,))


def three_boxes(name: str, day: Any) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def planning(house: Any, **changes: str) -> dict[str, Any]:
    said = {"lead": house.ines.pk, "second": "", "announced": "yes", "checklist": house.checklist.pk}
    said |= {"place_name": "Centre Jasmin", "place_address": "12 rue de Carthage"}
    return said | three_boxes("planned_on", timezone.localdate() + timedelta(days=2)) | changes


def sent(page: str, **values: Any) -> dict[str, Any]:
    """What the form of a page on site posts, as it was drawn."""
    hidden = dict(re.findall(r'type="hidden" name="(version|device|batch)" value="([^"]*)"', page))
    return hidden | {name.replace("__", "-"): value for name, value in values.items()}


def test_a_case_leads_to_its_visit_and_the_plan_is_shown_by_day_and_office(house):
    case, screen = house.at_visit(), at_screen_of(house.director)
    plan = reverse("visits:plan", args=(case.public_id,))
    assert plan in screen.get(page_of(case)).text
    wrong = screen.post(plan, planning(house, lead="", place_name=""))
    assert "Choose an inspector." in wrong.text
    assert "Write the name of the structure." in wrong.text
    assert screen.post(plan, planning(house)).status_code == 302
    visit = Visit.objects.get()
    page = at_screen_of(house.ines).get(reverse("visits:overview"))
    assert "Friday 20 November 2026" in re.sub(r"<[^>]+>|\s+", " ", page.text).replace("  ", " ")
    assert "Centre Jasmin" in page.text
    assert "Centre Jasmin" not in at_screen_of(house.stranger).get(reverse("visits:overview")).text
    assert screen.get(plan)["Location"] == of(visit, "visit")


def test_the_applicant_hears_of_an_announced_visit_and_of_each_change(house, mailoutbox):
    visit = house.planned()
    sweep(seconds=60)
    screen, later = at_screen_of(house.ines), timezone.localdate() + timedelta(days=9)
    moved = planning(house, reason="Snow", version=str(visit.version)) | three_boxes("planned_on", later)
    assert screen.post(of(visit, "change"), moved).status_code == 302
    sweep(seconds=60)
    visit.refresh_from_db()
    assert screen.post(of(visit, "call_off"), {"reason": "Snow", "version": str(visit.version)}).status_code == 302
    house.planned(announced=False)
    sweep(seconds=60)
    subjects = [
        message.subject for message in mailoutbox if "visit" in message.subject.lower() or "زيار" in message.subject
    ]
    assert len(subjects) == 3


@pytest.mark.parametrize(
    "name",
    [
        "visit",
        "change",
        "call_off",
        "begin",
        "site",
        "photographs",
        "report",
        "close",
        "reopen",
        "checklist",
        "report_file",
    ],
)
def test_what_is_of_another_office_does_not_exist(house, name):
    visit = house.begun()
    for other in (house.stranger, house.applicant):
        screen = at_screen_of(other)
        assert {screen.get(of(visit, name)).status_code, screen.post(of(visit, name)).status_code} <= {404, 405}


def test_an_inspector_behind_the_case_does_not_see_that_a_visit_comes(house):
    house.applicant = house.imed
    visit = house.planned(announced=False)
    screen = at_screen_of(house.imed)
    assert screen.get(of(visit, "visit")).status_code == 404
    assert "الياسمين" not in screen.get(reverse("visits:overview")).text


def test_a_visit_is_answered_without_a_script_and_a_page_sent_twice_is_received_once(house):
    visit, screen = house.planned(), at_screen_of(house.ines)
    assert screen.post(of(visit, "begin"))["Location"] == of(visit, "site")
    page = screen.get(of(visit, "site")).text
    data = sent(page, item__exits="no", note__exits="A wardrobe", item__corridor="1,2", finding__1__text="Damp")
    for _time in range(2):
        files = {"photograph-front": upload("front.jpg", photograph())}
        assert screen.post(of(visit, "site"), data | files).status_code == 302
    assert (Synchronisation.objects.count(), Photograph.objects.count()) == (1, 1)
    visit.refresh_from_db()
    assert visit.answers["item-corridor"] == "1,2"
    again = screen.get(of(visit, "site")).text
    assert "A wardrobe" in again
    assert "at least 1.4\u00a0m" in re.sub(r"<[^>]+>", "", again)


def test_the_page_on_site_holds_nothing_of_the_applicant(house):
    visit = house.begun(case=house.at_visit())
    page = at_screen_of(house.ines).get(of(visit, "site")).text
    kept = page.split('id="visit"')[1].split("<footer")[0]
    assert "owner-only-word" not in page
    assert "Amel" not in kept
    shell = at_screen_of(house.ines).get(of(visit, "shell")).text
    assert "Ines" not in shell
    assert "الياسمين" not in shell


def test_two_devices_see_both_versions_and_choose_without_a_script(house):
    visit = house.begun(second=house.imed)
    one, two = at_screen_of(house.ines), at_screen_of(house.imed)
    first, second = one.get(of(visit, "site")).text, two.get(of(visit, "site")).text
    one.post(of(visit, "site"), sent(first, item__exits="no", changed="item-exits"))
    page = two.post(of(visit, "site"), sent(second, item__exits="yes", changed="item-exits"))
    assert page.status_code == 409
    words = re.sub(r"<[^>]+>", " ", page.text)
    assert "Emergency exits are clear and marked." in words
    assert "Ines" in words
    chosen = sent(page.text, changed="item-exits", item__exits="yes") | {"keep-item-exits": "here"}
    assert two.post(of(visit, "site"), chosen).status_code == 302
    visit.refresh_from_db()
    assert visit.answers["item-exits"] == "yes"


def test_a_photograph_is_made_anew_without_what_the_telephone_wrote(house):
    visit, key = house.begun(), str(uuid.uuid4())
    screen = at_screen_of(house.ines)
    for _time in range(2):
        given = {"key": key, "item": "front", "file": upload("IMG_1.jpg", photograph())}
        assert screen.post(of(visit, "photographs"), given).status_code == 200
    taken = Photograph.objects.get()
    file = b"".join(screen.get(reverse("visits:photograph", args=(visit.public_id, taken.public_id))).streaming_content)
    assert b"Exif" not in file
    assert b"GPS" not in file
    assert Upload.objects.count() == 1
    assert Entry.objects.filter(action="paper.read", actor=house.ines.pk).count() == 1
    refused = screen.post(
        of(visit, "photographs"), {"key": str(uuid.uuid4()), "item": "front", "file": upload("x.jpg", b"<html></html>")}
    )
    assert refused.status_code == 422
    assert refused.json()["lost"] is True
    assert Upload.objects.count() == 1


def test_findings_become_a_report_that_closes_the_visit(house):
    visit = house.answered(item__exits="no", finding__2__text="Damp walls", finding__2__severity="major")
    screen = at_screen_of(house.ines)
    page = screen.get(of(visit, "report")).text
    assert "Emergency exits are clear and marked." in page
    data = {"version": str(visit.version)} | three_boxes("visited_on", timezone.localdate())
    data |= {"wrong-exits-severity": "grave", "wrong-exits-remedy": "", "seen-capacity": ""}
    data |= {"wrong-free-2-severity": "major", "wrong-free-2-remedy": "Dry them.", "wrong-free-2-note": "Damp walls"}
    wrong = screen.post(of(visit, "report"), data)
    assert wrong.status_code == 200
    assert "Write what mends it." in wrong.text
    data |= {"wrong-exits-remedy": "Clear them.", "seen-capacity": "40"}
    assert screen.post(of(visit, "report"), data).status_code == 302
    visit.refresh_from_db()
    report = screen.get(of(visit, "visit")).text
    assert "Damp walls" in report
    assert screen.post(of(visit, "close"), {"version": str(visit.version)}).status_code == 302
    visit.case.refresh_from_db()
    assert visit.case.state == "decision"
    assert "Damp walls" in at_screen_of(house.director).get(page_of(visit.case)).text


def test_the_overview_and_the_page_on_site_ask_the_same_whatever_they_show(house):
    def once(screen: Any, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert screen.get(address).status_code == 200
        return len(queries)

    def asked(address: str) -> int:
        """At best: what the portal keeps of itself for some seconds is read again now and then."""
        screen = at_screen_of(house.ines)
        return min(once(screen, address) for _time in range(4))

    visit = house.begun()
    few = asked(reverse("visits:overview")), asked(of(visit, "site"))
    for _time in range(4):
        house.planned()
        house.brings(visit, **all_conform(Visit.objects.get(pk=visit.pk)))
        screen = at_screen_of(house.ines)
        given = {"key": str(uuid.uuid4()), "item": "front", "file": upload("IMG_1.jpg", photograph())}
        screen.post(of(visit, "photographs"), given)
    assert (asked(reverse("visits:overview")), asked(of(visit, "site"))) == few
    assert few[0] <= 20
    assert few[1] <= 30


def test_a_key_is_of_one_session_and_ends_after_48_hours(house):
    visit = house.begun()
    screen, other = at_screen_of(house.ines), at_screen_of(house.ines)

    def key(client: Any) -> tuple[str, ...]:
        return re.findall(r'data-(?:key|until)="([^"]+)"', client.get(of(visit, "site")).text)

    first = key(screen)
    assert key(screen) == first
    assert key(other) != first
    session = screen.session
    [(name, pair)] = session["visit_keys"].items()
    session["visit_keys"] = {name: [pair[0], pair[1] - 48 * 3_600_000 - 60_000]}
    session.save()
    assert key(screen)[0] != first[0]
