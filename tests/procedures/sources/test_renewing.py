"""Begin again from an earlier case: everything is there, nothing is confirmed, and what changed is shown."""

import re
from typing import Any

import pytest

from procedures.cases.models import Case
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import CODE, Visitor, a_person, errors, hidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def earlier(house: House) -> Case:
    return house.files(identity={"first_name_lat": "Emna"}, foreign_certificate={"hours": 1200})


def begun(visitor: Visitor, case: Case) -> str:
    answer = visitor.client.post(visitor.path(f"services/{CODE}/start/"), {"like": str(case.public_id)})
    assert answer.status_code == 302, answer.status_code
    visitor.draft, step = answer["Location"].rstrip("/").rsplit("/", 2)[1:]
    return step


def since(html: str) -> str:
    found = re.search(r'aria-labelledby="since">(.*?)</section>', html, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def posted_as_shown(visitor: Visitor, step: str, **changes: Any) -> Any:
    """The page sent back as it was filled in, with these changes and the consents that are asked anew."""
    stored = visitor.stored().typed[step]["data"]
    html = visitor.open(step).content.decode()
    consents = dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)"', html), "on")
    data = hidden(html) | {"next": "1"} | stored | consents | changes
    return visitor.client.post(visitor.step_path(step), data)


def renewed(visitor: Visitor, case: Case, **changes: Any) -> None:
    step = begun(visitor, case)
    while step not in ("papers", "check"):
        answer = posted_as_shown(visitor, step, **changes)
        assert answer.status_code == 302, (step, errors(answer))
        step = answer["Location"].rstrip("/").rpartition("/")[2]
    visitor.hand_in()


def test_every_page_is_filled_in_and_none_is_confirmed(house: House, earlier: Case) -> None:
    visitor = Visitor(house.applicant)
    assert begun(visitor, earlier) == "holder"
    draft = visitor.stored()
    assert draft.done_steps == []
    assert 'value="Emna"' in visitor.open("holder").content.decode()
    assert not any("consent" in name for page in draft.typed.values() for name in page["data"]), "asked anew"
    assert visitor.open("check")["Location"].endswith("/holder/"), "each page is confirmed by the person"
    assert set(draft.taken.values_list("number", flat=True)) == {earlier.number}


def test_the_check_page_and_the_officer_see_exactly_what_changed(house: House, earlier: Case) -> None:
    visitor = Visitor(house.applicant)
    renewed(visitor, earlier, **{"foreign_certificate-hours": "804"})
    told = since(visitor.open("check").content.decode())
    assert told == f"What changed since {earlier.number} Hours of training 804 Before: 1 200"
    visitor.file()
    case = Case.objects.exclude(pk=earlier.pk).get()
    assert since(at_screen_of(house.desk).get(page_of(case)).content.decode()) == told


def test_where_nothing_changed_that_is_said(house: House, earlier: Case) -> None:
    visitor = Visitor(house.applicant)
    renewed(visitor, earlier)
    assert since(visitor.open("check").content.decode()).endswith("Nothing changed.")


def test_an_application_that_began_from_nothing_says_nothing_of_it(house: House) -> None:
    visitor = Visitor(house.applicant).ready()
    assert 'aria-labelledby="since"' not in visitor.open("check").content.decode()


def test_the_case_of_another_is_no_beginning(house: House, earlier: Case) -> None:
    stranger = Visitor(a_person())
    for given in (str(earlier.public_id), "nonsense"):
        assert stranger.client.post(stranger.path(f"services/{CODE}/start/"), {"like": given}).status_code == 404
    assert Visitor().client.post(f"/en/services/{CODE}/start/", {"like": str(earlier.public_id)}).status_code == 404
