"""Each file of the authority from its opening to the proof that those concerned were told: in Arabic without scripts,
in French with them. Whoever opens and prepares never signs."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser

from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.documents.selectors import status_of as worth_of
from registers.inspections.selectors import visits_of
from registers.structures.models import Structure
from registers.structures.selectors import status_of
from tests.browser.playing import PICTURES, Play, Screen, beside
from tests.browser.sweeping import faults
from tests.procedures.documents.factories import issued_decision
from tests.procedures.files.factories import Directorate, the_equivalence_service
from tests.procedures.kernel.factories import a_person
from tests.registers.factories import a_structure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAYS = pytest.mark.parametrize(("language", "scripts"), [("ar", False), ("fr", True)])
Begin = Callable[..., Play]


@pytest.fixture(autouse=True, scope="module")
def _beside_the_loop_of_the_browser() -> Iterator[None]:
    """The driver of the browser runs a loop in the thread of the tests, which Django takes for a loop of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def place(transactional_db: None, tmp_path: Path, settings: Any) -> Directorate:
    settings.TAKWIN_KEYS, settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "keys", tmp_path / "private"
    call_command("make_keys", verbosity=0)
    return Directorate()


@pytest.fixture
def begin(chromium: Browser, live_server: Any, place: Directorate) -> Iterator[Begin]:
    """A play among the people of the directorate, or with others in their parts."""
    begun: list[Play] = []

    def played(language: str, scripts: bool, **others: Any) -> Play:
        people = {"opener": place.inspector, "signer": place.director, "concerned": place.owner, "desk": place.desk}
        begun.append(Play(chromium, live_server.url, language, scripts=scripts, **people | others))
        return begun[-1]

    yield played
    for play in begun:
        play.close()


def about(structure: Structure) -> dict[str, str]:
    return {"structure": structure.number}


@WAYS
def test_a_notice_its_answer_and_a_suspension_are_played_by_two_officers_and_the_owner(
    language: str, scripts: bool, begin: Begin, place: Directorate
) -> None:
    play = begin(language, scripts)
    notice = play.opens("formal_notice", "not_mended", about(place.structure))
    play.prepares(notice, "notice", "premises")
    assert play.signs(notice) == ["notice"]
    play.reads_in_account(notice, "notice")
    play.answers_in_writing(notice)
    assert notice.uploads.filter(paper="reply", name="facture.pdf").exists()
    play.prepares(notice, "refer")
    play.signs(notice)
    assert notice.state == State.REFERRED

    suspension = play.opens("precautionary_suspension", "at_once", about(place.structure))
    play.prepares(suspension, "register")
    assert play.signs(suspension) == ["precaution"]
    assert status_of(place.structure, timezone.localdate()) == "suspended"
    play.answers_in_writing(suspension)
    play.prepares(suspension, "notice", "notice_unheeded")
    assert play.signs(suspension) == ["precaution", "suspension"]
    play.reads_in_account(suspension, "suspension")
    assert status_of(place.structure, timezone.localdate() + timedelta(days=60)) == "suspended"
    for case, output in ((notice, "notice"), (suspension, "precaution"), (suspension, "suspension")):
        keep(play, case, output)


@WAYS
def test_a_mission_is_played_from_its_visit_to_the_report_that_the_owner_reads(
    language: str, scripts: bool, begin: Begin, place: Directorate
) -> None:
    play = begin(language, scripts)
    case = play.opens("inspection_mission", "faults_found", about(place.structure))
    play.visits(case)
    case.refresh_from_db()
    assert case.state == State.OPINION, "those concerned are heard of what was found"
    play.answers_in_writing(case)
    play.prepares(case, "notice", "findings")
    assert play.signs(case) == ["report"]
    play.reads_in_account(case, "report")
    (visit,) = visits_of(place.structure)
    assert (visit.case, visit.visited_on) == (case, timezone.localdate())
    keep(play, case, "report")


@WAYS
def test_a_closure_is_played_to_the_paper_that_is_handed_over_where_nobody_has_an_account(
    language: str, scripts: bool, begin: Begin, place: Directorate
) -> None:
    alone = a_structure("مركز بلا حساب", fr="Centre sans compte")
    play = begin(language, scripts)
    case = play.opens("forced_closure", "closed", about(alone))
    play.answers_on_paper(case)
    assert case.uploads.filter(paper="reply", name="facture.pdf").exists()
    play.prepares(case, "notice", "danger")
    assert status_of(alone, timezone.localdate()) == "active"
    assert play.signs(case) == ["closure"]
    assert status_of(alone, timezone.localdate()) == "closed"
    play.hands_over(case, "closure", timezone.localdate())


@WAYS
def test_a_revocation_is_played_until_the_holder_reads_it_and_the_certificate_is_worth_nothing(
    language: str, scripts: bool, begin: Begin
) -> None:
    officer, delegate = the_equivalence_service()
    holder = a_person("Amel")
    document = beside(issued_decision)
    Case.objects.filter(pk=document.case_id).update(applicant=holder)
    play = begin(language, scripts, opener=officer, signer=delegate, concerned=holder)
    case = play.opens("certificate_revocation", "revoked", {"document": document.public_id})
    play.answers_in_writing(case)
    play.prepares(case, "notice")
    assert worth_of(document) == "valid"
    assert play.signs(case) == ["revocation"]
    assert worth_of(document) == "revoked"
    play.reads_in_account(case, "revocation")
    keep(play, case, "revocation")


def keep(play: Play, case: Case, output: str) -> None:
    """The document itself, for whoever wants to look at it."""
    if PICTURES:
        language = play.at["concerned"].language
        Path(PICTURES, f"{output}-{language}.pdf").write_bytes(play.fetches(case, output))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_pages_of_a_file_have_no_fault_that_axe_finds(
    language: str, chromium: Browser, live_server: Any, place: Directorate
) -> None:
    case = place.opens("forced_closure")
    officer = Screen(chromium, live_server.url, place.inspector, language, scripts=True, looked_into=True)
    owner = Screen(chromium, live_server.url, place.owner, language, scripts=True, looked_into=True)
    found: list[str] = []
    for screen, name, *args in (
        (officer, "files:home"),
        (officer, "files:open", "precautionary_suspension"),
        (officer, "backoffice:case", case.public_id),
        (owner, "desk:hearing", case.public_id),
        (owner, "desk:case", case.public_id),
    ):
        found += faults(screen.goes(name, *args), f"{language} {name}")
    for screen in (officer, owner):
        screen.context.close()
    assert found == []
