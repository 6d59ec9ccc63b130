"""A guardian files for a minor in Chromium, with scripts and without: nobody has to confirm it again."""

import pytest

from procedures.definition import Procedure
from tests.browser.answering import Person
from tests.browser.conftest import Officers, Opener
from tests.browser.test_filed import WAYS, looked_at
from tests.browser.test_thread import (
    GUARDIAN,
    PAPERS,
    Telephone,
    answer_pages,
    answers_for,
    check_page_shows,
    desk,
    file,
    hand_in,
    procedure,
    start,
)

pytestmark = pytest.mark.browser
__all__ = ["procedure"]


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_a_guardian_who_acts_files_for_a_minor_and_is_asked_for_nothing_more(
    language: str, scripts: bool, visit: Opener, officers: Officers, procedure: Procedure
) -> None:
    answers = answers_for("ar", procedure)  # those of a minor
    mine = Telephone(visit(scripts=scripts, language=language, state=officers.session("trainee")), language)
    person = Person(mine.page, procedure, language, answers)
    start(mine)
    assert "guardian" in answer_pages(mine, person)
    assert "guardian_identity" in hand_in(mine, procedure) & PAPERS["ar"]
    check_page_shows(mine, person.seen)
    file(mine)
    looked_at(mine.page, "filed by a guardian", scripts=scripts)
    mine.page.goto(f"/{language}{desk(mine)}")
    assert mine.page.locator(".case-h .tag.warn").count() == 0, "it waits for nobody's confirmation"
    assert GUARDIAN["last_name_ar"] in mine.page.locator("main").inner_text()
