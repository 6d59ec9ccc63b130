"""At the screen: a director brings a table, looks it over, decides and follows it; others find no such page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from procedures.jobs.models import Job
from procedures.jobs.services import sweep
from registers.imports.models import ImportBatch
from registers.training.models import Enrolment
from tests.portal.accounts.factories import officer, with_second_factor
from tests.registers.imports.factories import School, a_table, a_trainee, entered, read
from tests.registers.organisations.factories import serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school() -> School:
    return School()


@pytest.fixture
def screen(school: School) -> Client:
    return at_screen_of(school.director)


def at_screen_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def own(name: str, school: School, **arguments: Any) -> str:
    return reverse(f"imports_desk:own_{name}", kwargs={"organisation": school.organisation.public_id, **arguments})


def brought(screen: Client, school: School, *rows: dict, kind: str = "trainees") -> Any:
    return screen.post(own("new", school, kind=kind), {"file": a_table(kind, rows)}, follow=True)


def text(response: Any) -> str:
    return response.content.decode()


def test_a_table_is_brought_looked_over_and_entered_without_scripts(school, screen):
    page = brought(
        screen, school, a_trainee(1), a_trainee(2, birth_date="31/02/2004"), a_trainee(3, id_number="1234567")
    )
    assert page.redirect_chain
    assert page["Refresh"] == "3"
    assert "Your table is being read" in text(page)
    sweep(kinds=["imports.stage"])
    here = page.redirect_chain[-1][0]
    page = screen.get(here)
    assert "Refresh" not in page
    for words in (
        "1</span></b>sound row",
        "1</span></b>row that we repaired",
        "31/02/2004",
        "Enter a date that exists",
    ):
        assert words in text(page), words
    assert 'Enter <span class="num">2</span> rows' in text(page)
    assert "01234567" in text(page)
    page = screen.post(here + "decide/", {"mode": "valid"}, follow=True)
    assert "Your table is being entered" in text(page)
    assert '<progress class="imp-bar" max="100" value="0"' in text(page)
    sweep(kinds=["imports.enter"])
    page = screen.get(here)
    assert "The table is entered" in text(page)
    assert Enrolment.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "موجودًا، مثلًا \u206628/02/2004\u2069."), ("fr", "Saisissez une date qui existe")]
)
def test_faults_are_told_in_the_language_of_the_page(school, screen, language, words):
    batch = read(school.bring("trainees", a_table("trainees", [a_trainee(1, birth_date="31/02/2004")])))
    here = own("batch", school, batch=batch.public_id).replace("/en/", f"/{language}/")
    assert words in text(screen.get(here))


def test_a_file_that_is_refused_is_told_at_its_field_and_nothing_is_kept(school, screen):
    page = screen.post(own("new", school, kind="trainees"), {})
    assert "Choose a file, then press the button." in text(page)
    table = a_table("trainees", [a_trainee(1)], name="list.pdf")
    page = screen.post(own("new", school, kind="trainees"), {"file": table})
    assert "Only XLSX and CSV tables can be read here." in text(page)
    assert not ImportBatch.objects.exists()


def test_everything_or_nothing_with_faults_says_that_nothing_was_entered(school, screen):
    batch = read(school.bring("trainees", a_table("trainees", [a_trainee(1), a_trainee(2, sex="?")])))
    page = screen.post(own("decide", school, batch=batch.public_id), {"mode": "all"})
    assert page.status_code == 409
    assert "so nothing was entered" in text(page)
    assert screen.post(own("decide", school, batch=batch.public_id), {"mode": "x"}).status_code == 400


def test_a_second_import_of_the_group_is_told_to_wait(school, screen):
    first = read(school.bring("trainees", a_table("trainees", [a_trainee(1)])))
    second = read(school.bring("trainees", a_table("trainees", [a_trainee(2)])))
    screen.post(own("decide", school, batch=first.public_id), {"mode": "valid"})
    page = screen.post(own("decide", school, batch=second.public_id), {"mode": "valid"})
    assert page.status_code == 409
    assert "Another import is being entered for one of these groups" in text(page)
    assert 'Enter <span class="num">1</span> row' in text(page)


def test_work_that_stopped_says_so_and_goes_on_when_asked(school, screen):
    batch = school.bring("trainees", a_table("trainees", [a_trainee(1)]))
    Job.objects.filter(kind="imports.stage").update(state="dead", tries=6)
    here = own("batch", school, batch=batch.public_id)
    page = screen.get(here)
    assert "The work stopped after several tries" in text(page)
    assert "Refresh" not in page
    screen.post(here + "resume/")
    assert read(batch).state == "ready"


def test_a_cancelled_import_and_a_table_entered_are_not_decided_again(school, screen):
    batch = read(school.bring("trainees", a_table("trainees", [a_trainee(1)])))
    page = screen.post(own("cancel", school, batch=batch.public_id), follow=True)
    assert "The import was cancelled" in text(page)
    assert "This import was cancelled" in text(screen.get(own("batch", school, batch=batch.public_id)))
    assert screen.post(own("decide", school, batch=batch.public_id), {"mode": "valid"}).status_code == 409
    done = entered(read(school.bring("trainees", a_table("trainees", [a_trainee(1)]))))
    assert screen.post(own("cancel", school, batch=done.public_id)).status_code == 409


def test_templates_and_returned_files_are_downloads_that_keep_their_names(school, screen):
    page = screen.get(own("template", school, kind="trainees"))
    assert page["Content-Disposition"] == 'attachment; filename="takwin-trainees-en.xlsx"'
    batch = read(school.bring("trainees", a_table("trainees", [a_trainee(1, sex="?")], name="قائمة.csv")))
    back = screen.get(own("file", school, batch=batch.public_id))
    assert back["Content-Type"].endswith("spreadsheetml.sheet")
    assert "-errors.xlsx" in back["Content-Disposition"]
    assert back.getvalue().startswith(b"PK")


def test_each_role_imports_what_is_its_own_and_others_find_no_page(school):
    secretary = at_screen_of(serving(school.organisation, "secretary").person)
    assert secretary.get(own("new", school, kind="trainees")).status_code == 200
    for kind in ("results", "certificates", "structures", "nothing"):
        assert secretary.get(own("new", school, kind=kind)).status_code == 404
    batch = school.bring(
        "results", a_table("results", [{"group": "2026-A", "id_number": "1", "held_on": "", "mark": ""}])
    )
    assert secretary.get(own("batch", school, batch=batch.public_id)).status_code == 404
    stranger = at_screen_of(School("2026-B").director)
    assert stranger.get(own("home", school)).status_code == 404
    assert at_screen_of(officer("desk_officer")).get(own("home", school)).status_code == 404
    assert Client().get(own("home", school)).status_code == 302


def test_somebody_of_one_organisation_is_led_to_it_and_somebody_of_none_finds_no_page(school, screen):
    assert screen.get(reverse("imports_desk:home")).headers["Location"] == own("home", school)
    assert at_screen_of(officer("desk_officer")).get(reverse("imports_desk:home")).status_code == 404
    other = School("2026-B")
    serving(other.organisation, "secretary", person=school.director)
    page = text(screen.get(reverse("imports_desk:home")))
    assert own("home", other) in page
    assert own("home", school) in page


def test_the_administration_imports_for_everybody_behind_a_second_factor(school):
    person = officer("central_officer", office="central-imports")
    home = reverse("imports_desk:office_home")
    assert at_screen_of(person).get(home).status_code == 302
    screen = with_second_factor(Client(), person)
    assert "Structures" in text(screen.get(home))
    row = {
        "legacy_number": "1/2019",
        "name_ar": "هيكل",
        "governorate": "قفصة",
        "opened_on": "15/09/2019",
    }
    page = screen.post(
        reverse("imports_desk:office_new", args=["structures"]), {"file": a_table("structures", [row])}, follow=True
    )
    sweep(kinds=["imports.stage"])
    assert 'Enter <span class="num">1</span> row' in text(screen.get(page.redirect_chain[-1][0]))
    batch = school.bring("trainees", a_table("trainees", [a_trainee(1)]))
    assert screen.get(reverse("imports_desk:office_batch", args=[batch.public_id])).status_code == 404
    inspector = with_second_factor(Client(), officer("inspector"))
    assert inspector.get(home).status_code == 404


def test_whoever_imports_for_an_organisation_stays_in_its_room(school, screen):
    home = own("home", school)
    page = text(screen.get(own("new", school, kind="trainees")))
    desk = reverse("organisation_desk:desk", kwargs={"organisation": school.organisation.public_id})
    assert f'href="{desk}"' in page
    assert f'href="{home}" aria-current="page"' in page
    assert "Invented data" in text(screen.get(home))
    assert f'href="{home}"' in text(screen.get(desk))
    type(school.organisation).objects.update(invented=False)
    assert "Invented data" not in text(screen.get(home))
    clerk = serving(school.organisation, "exam_officer")
    clerk.reads_since = clerk.since  # handed over: reads only, so brings nothing
    clerk.save()
    assert home not in text(at_screen_of(clerk.person).get(desk))
