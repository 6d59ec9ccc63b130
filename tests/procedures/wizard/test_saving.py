"""Each answer is saved as it is given: what a page's script sends and is told, and what windows do to each other."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import Visitor, a_person, errors, hidden

pytestmark = pytest.mark.django_db


class Window:
    """One page open in one browser, with its script: sends what was changed, learns what others changed."""

    def __init__(self, visitor: Visitor, step: str, name: str) -> None:
        self.visitor, self.step, self.name = visitor, step, name
        self.html = visitor.open(step).content.decode()
        self.values: dict[str, Any] = hidden(self.html)
        self.kept, self.count, self.touched = 'data-kept="1"' in self.html, 0, {}

    def type(self, **given: str) -> None:
        for name, value in given.items():
            self.touched[name.replace("__", "-")] = value
            self.count += 1

    def save(self, *, heard: bool = True) -> Any:
        """Send the changes; `heard` says whether the answer arrives."""
        data = self.values | {"sender": f"{self.name}.{self.count}", "changed": " ".join(self.touched)} | self.touched
        answer = self.visitor.client.post(self.visitor.step_path(self.step), data)
        if answer.status_code == 200 and heard:
            told = answer.json()
            self.values["version"] = str(told["version"])
            self.values |= self.touched | dict(told["fresh"])
            self.touched = {}
        return answer


def test_an_answer_is_saved_as_it_is_given_and_the_moment_is_said() -> None:
    visitor = Visitor(a_person())
    window = Window(visitor, visitor.start(), "one")
    window.type(contact__address="12 rue de Carthage")
    answer = window.save()
    assert re.fullmatch(r"Saved at 10:\d\d", answer.json()["said"])
    assert answer.json()["version"] == visitor.stored().version == 1
    page = Visitor(visitor.person)
    page.draft = visitor.draft
    html = page.open("holder").content.decode()
    assert "12 rue de Carthage" in html
    assert 'class="summary"' not in html


def test_what_is_only_half_typed_is_kept_and_reproaches_nothing() -> None:
    visitor = Visitor(a_person())
    window = Window(visitor, visitor.start(), "one")
    window.type(identity__birth_date_day="3")
    window.save()
    window.type(contact__phone="98 1")
    assert window.save().status_code == 200
    kept = visitor.stored().typed["holder"]["data"]
    assert (kept["identity-birth_date_day"], kept["contact-phone"]) == (["3"], ["98 1"])
    assert visitor.stored().done_steps == []


def test_a_page_that_was_done_is_to_be_confirmed_once_an_answer_of_it_changed() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    window = Window(visitor, "holder", "one")
    window.type(contact__address="7 rue Neuve")
    window.save()
    assert visitor.open("check")["Location"].endswith("/holder/")
    assert "7 rue Neuve" in visitor.open("holder").content.decode()
    assert visitor.stored().answers["contact"]["address"] != "7 rue Neuve"
    visitor.send("holder", visitor.page_data("holder", visitor.answers(contact={"address": "7 rue Neuve"})))
    assert visitor.stored().answers["contact"]["address"] == "7 rue Neuve"


def test_the_same_again_writes_nothing() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    before = visitor.stored()
    window = Window(visitor, "holder", "one")
    window.type(contact__address=before.answers["contact"]["address"])
    assert window.save().status_code == 200
    assert (visitor.stored().version, visitor.stored().done_steps) == (before.version, before.done_steps)


def two_windows() -> tuple[Visitor, Window, Window]:
    visitor = Visitor(a_person())
    step = visitor.start()
    opened = Window(visitor, step, "first")
    opened.type(contact__address="old street")
    opened.save()
    return visitor, Window(visitor, step, "one"), Window(visitor, step, "two")


def test_two_windows_that_change_different_answers_are_merged_and_learn_of_each_other() -> None:
    visitor, one, two = two_windows()
    one.type(contact__address="new street")
    one.save()
    two.type(contact__phone="98123456")
    assert two.save().json()["fresh"]["contact-address"] == ["new street"]
    kept = visitor.stored().typed["holder"]["data"]
    assert (kept["contact-address"], kept["contact-phone"]) == (["new street"], ["98123456"])
    two.type(contact__address="newer street")
    assert two.save().status_code == 200


def test_the_same_answer_changed_in_two_windows_is_written_by_neither_unseen() -> None:
    visitor, one, two = two_windows()
    one.type(contact__address="new street")
    one.save()
    two.type(contact__address="another street")
    assert two.save().status_code == 409
    assert visitor.stored().typed["holder"]["data"]["contact-address"] == ["new street"]
    data = two.values | two.touched | {"next": "1", "sender": "two.1"}
    both = visitor.client.post(visitor.step_path("holder"), data)
    assert both.status_code == 409
    assert all(street in both.content.decode() for street in ("new street", "another street"))


def test_a_window_is_no_stranger_to_itself_when_an_answer_of_the_portal_was_lost() -> None:
    visitor, one, _two = two_windows()
    one.type(contact__address="new street")
    one.save(heard=False)
    one.type(contact__address="newer street")
    assert one.save().status_code == 200
    assert visitor.stored().typed["holder"]["data"]["contact-address"] == ["newer street"]


def test_a_page_sent_whole_after_its_own_changes_is_no_conflict() -> None:
    visitor, one, _two = two_windows()
    one.type(contact__address="new street")
    one.save(heard=False)
    data = visitor.page_data("holder", visitor.answers()) | {"next": "1", "sender": "one.2"}
    answer = visitor.client.post(visitor.step_path("holder"), one.values | data)
    assert answer.status_code == 302, errors(answer)


def test_a_box_is_unticked_too() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    window = Window(visitor, "target", "one")
    window.touched, window.count = {"consent-may_ask_issuer": []}, 1
    assert "consent-may_ask_issuer" in visitor.stored().typed["target"]["data"]
    window.save()
    assert "consent-may_ask_issuer" not in visitor.stored().typed["target"]["data"]


def test_an_answer_in_a_row_that_was_removed_elsewhere_is_a_conflict() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    window = Window(visitor, "path", "one")
    visitor.send("path", visitor.page_data("path", visitor.answers()), remove="stays.sample0", next="")
    window.type(**{"stays__sample0__country": "DE"})
    assert window.save().status_code == 409


def test_names_that_are_no_questions_of_the_page_are_not_kept() -> None:
    visitor = Visitor(a_person())
    window = Window(visitor, visitor.start(), "one")
    window.type(contact__address="12 rue", target__purpose="study", version="9", nobody__knows="x")
    window.values.pop("version", None)
    window.save()
    assert {name.partition("-")[0] for name in visitor.stored().typed["holder"]["data"]} <= {"identity", "contact"}


def test_a_stranger_saves_nothing() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    stranger = Visitor(a_person())
    stranger.draft = visitor.draft
    path = stranger.step_path(step)
    assert stranger.client.post(path, {"changed": "contact-address", "contact-address": "x"}).status_code == 404
    assert visitor.stored().version == 0


def test_a_save_costs_as_few_queries_as_a_page(django_assert_max_num_queries: Any) -> None:
    visitor = Visitor(a_person())
    window = Window(visitor, visitor.start(), "one")
    window.type(contact__address="1 rue")
    window.save()
    window.type(contact__address="12 rue")
    with django_assert_max_num_queries(2 + 4):
        window.save()


def test_the_answer_to_the_script_holds_no_page() -> None:
    visitor = Visitor(a_person())
    window = Window(visitor, visitor.start(), "one")
    window.type(contact__address="1 rue")
    assert set(json.loads(window.save().content)) == {"version", "said", "moment", "fresh"}


def test_a_wrong_row_does_not_keep_the_rows_after_it_from_being_read() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    rows = {"stays-row": ["sample0", "second"], "stays-sample0-country": "", "stays-second-country": "nowhere"}
    answer = visitor.send("path", visitor.page_data("path", visitor.answers()) | rows)
    assert any(each.startswith("Entry 1: ") for each in errors(answer))
    assert visitor.open("path").status_code == 200


BESIDE = ("SAVEPOINT", "RELEASE")
SESSION_AND_USER = ("django_session", "accounts_user")


def test_filing_costs_few_queries() -> None:
    House()
    Visitor(a_person()).ready().file()  # the first of its version keeps the snapshot for all
    visitor = Visitor(a_person()).ready()
    data = hidden(visitor.open("check").content.decode()) | {"true_and_complete": "on"}
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.client.post(visitor.path(f"drafts/{visitor.draft}/file/"), data)
    assert answer.status_code == 302
    assert visitor.stored().filed_at
    ours = [each["sql"] for each in asked if not any(name in each["sql"] for name in SESSION_AND_USER)]
    assert len([sql for sql in ours if not sql.startswith(BESIDE)]) <= 25
