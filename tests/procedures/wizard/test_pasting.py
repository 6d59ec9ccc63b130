"""Rows pasted from a spreadsheet: each is kept, each fault is named with its row, nothing is guessed."""

import re
from html import unescape
from typing import Any

import pytest

from tests.procedures.kernel.factories import a_person
from tests.procedures.wizard.factories import Visitor, errors
from tests.workbench.installed import CODE
from tests.workbench.pasted import FAULTS, TITLES, row, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workbench")]


def at_the_table(language: str = "en") -> Visitor:
    """Somebody who has come as far as the page with the table."""
    visitor = Visitor(a_person(), language=language, code=CODE)
    answers = visitor.answers(asking={"governorate": "TN-11"}, contact={})
    step = visitor.start()
    while step != "people":
        answer = visitor.send(step, visitor.page_data(step, answers))
        step = answer["Location"].rstrip("/").rpartition("/")[2]
    return visitor


def paste(visitor: Visitor, text: str, button: str = "paste", **changes: Any) -> Any:
    return visitor.send("people", {"pasted.people": text, "next": "", button: "people"} | changes)


def sheet(page: Any) -> str:
    return unescape(page.content.decode())


def faulty(page: Any) -> dict[int, str]:
    """The sentences of the table by the number of their row."""
    found = re.findall(
        r'<tr id="row-people-\w+"[^>]*class="bad"><th scope="row">(\d+)</th>(.*?)</tr>', sheet(page), re.DOTALL
    )
    return {int(number): " ".join(re.findall(r'<p class="err">(.*?)</p>', cells)) for number, cells in found}


def kept(visitor: Visitor) -> list[dict[str, Any]]:
    return list(visitor.stored().answers["people"])


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_of_200_pasted_rows_the_seven_faults_are_named_by_row(language: str) -> None:
    visitor = at_the_table(language)
    answer = paste(visitor, table())
    assert answer.status_code == 302
    page = visitor.open("people")
    assert sheet(page).count('<tr id="row-people-') == 200
    assert set(faulty(page)) == set(FAULTS)
    assert len(errors(page)) == 7
    for number, (_name, wrong) in FAULTS.items():
        cells = re.search(rf'<th scope="row">{number}</th>(.*?)</tr>', sheet(page), re.DOTALL)
        assert cells
        assert wrong.replace("31/02", "31/02") in cells[1], "what was pasted is still there"
    assert "people" not in visitor.stored().done_steps


def test_each_fault_of_the_summary_leads_to_its_row() -> None:
    visitor = at_the_table()
    paste(visitor, table())
    page = sheet(visitor.open("people"))
    summary = re.search(r'<div class="summary".*?</div>', page, re.DOTALL)
    assert summary
    places = re.findall(r'href="#(row-people-\w+)">Entry (\d+)', summary[0])
    assert [int(number) for _place, number in places] == sorted(FAULTS)
    for place, number in places:
        assert re.search(rf'<tr id="{place}"[^>]*><th scope="row">{number}<', page)


def test_a_faulty_row_is_opened_mended_and_the_other_199_stay_as_they_are() -> None:
    visitor = at_the_table()
    paste(visitor, table())
    for number in FAULTS:
        page = sheet(visitor.open("people"))
        found = re.search(rf'<th scope="row">{number}</th>.*?name="open" value="people.(\w+)"', page, re.DOTALL)
        assert found
        opened = visitor.send("people", {"open": f"people.{found[1]}", "next": ""})
        assert f"?row={found[1]}#row-people-{found[1]}" in opened["Location"]
        form = visitor.client.get(opened["Location"])
        boxes = _boxes(found[1], row(number))
        answer = visitor.send("people", {"people-row": [found[1]]} | boxes, page=form)
    assert answer.status_code == 302, errors(answer)
    assert answer["Location"].endswith("/papers/")
    rows = kept(visitor)
    assert [each["cin"] for each in rows] == [f"{number:08d}" for number in range(1, 201)]
    assert {each["born_on"] for each in rows} == {"2001-05-14"}
    assert {each["level"] for each in rows} == {"beginner", "skilled"}
    assert rows[2]["phone"] == "+21698123456"
    assert rows[1]["fee"] == "120.5"


def _boxes(row_id: str, cells: dict[str, str]) -> dict[str, str]:
    given = cells | {"level": "beginner"}
    boxes = {"day": "14", "month": "5", "year": "2001"}
    dated = {f"people-{row_id}-born_on_{box}": typed for box, typed in boxes.items()}
    names = (name for name in given if name != "born_on")
    return {f"people-{row_id}-{name}": given[name] for name in names} | dated


def test_rows_are_added_to_those_that_are_there_or_take_their_place() -> None:
    visitor = at_the_table()
    paste(visitor, table(3, faults=False))
    paste(visitor, table(2, faults=False, titles=False))
    assert sheet(visitor.open("people")).count('<tr id="row-people-') == 5
    paste(visitor, table(4, faults=False), button="replace")
    assert sheet(visitor.open("people")).count('<tr id="row-people-') == 4
    answer = visitor.send("people", {})
    assert answer["Location"].endswith("/papers/")
    assert len(kept(visitor)) == 4


def test_a_row_is_removed_and_the_others_stay() -> None:
    visitor = at_the_table()
    paste(visitor, table(3, faults=False))
    second = re.findall(r'name="remove" value="(people.\w+)"', sheet(visitor.open("people")))[1]
    visitor.send("people", {"remove": second, "next": ""})
    visitor.send("people", {})
    assert [each["cin"] for each in kept(visitor)] == ["00000001", "00000003"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (table(201), "room for 200 rows"),
        ("", "no row"),
        ("a\tb\tc\td\te\tf\tg\th", "Line 1 has 8 columns"),
        ("x" * 200_000, "too much"),
        ('"never closed', "Entry"),
    ],
)
def test_what_cannot_be_taken_says_why_and_keeps_the_text_and_the_rows(text: str, words: str) -> None:
    visitor = at_the_table()
    paste(visitor, table(2, faults=False))
    answer = paste(visitor, text)
    page = sheet(answer if answer.status_code == 200 else visitor.open("people"))
    assert words in page
    assert page.count('<tr id="row-people-') >= 2
    if answer.status_code == 200:
        assert text.partition("\r\n")[0] in page.partition("<textarea")[2].partition("</textarea>")[0]


def test_columns_in_another_order_are_read_by_their_titles_and_a_stranger_title_is_a_row() -> None:
    visitor = at_the_table()
    cells = row(1)
    named = dict(zip(TITLES, cells, strict=True))
    titles = [TITLES[2], TITLES[0], *TITLES[3:], TITLES[1]]
    paste(visitor, "\t".join(titles) + "\n" + "\t".join(cells[named[title]] for title in titles))
    visitor.send("people", {})
    (found,) = kept(visitor)
    assert (found["cin"], found["name_lat"]) == ("00000001", "Amina Tounsi")


@pytest.mark.parametrize("mark", [";", ","])
def test_a_csv_file_is_read_too_and_a_date_that_is_none_is_shown_as_it_was(mark: str) -> None:
    visitor = at_the_table()
    paste(visitor, mark.join(("أمينة", "Amina", "00000001", "mid May", "", "beginner", "1")) + "\n" * 2)
    page = visitor.open("people")
    assert set(faulty(page)) == {1}
    assert "mid May" in sheet(page)


def test_the_way_back_to_the_check_page_is_kept_while_rows_change() -> None:
    visitor = at_the_table()
    page = visitor.client.get(visitor.step_path("people") + "?back=check")
    answer = visitor.send("people", {"pasted.people": table(2), "paste": "people", "next": ""}, page=page)
    assert "?back=check#block-people" in answer["Location"]
