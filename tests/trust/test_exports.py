"""T16: nothing that leaves as a table becomes a formula, whoever wrote it, and a telephone stays a telephone."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from portal.administration.reviewing import as_table, lines, this_quarter
from portal.directory import data
from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.spreadsheets import csv_lines, xlsx_file
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.kernel.factories import House

pytestmark = [pytest.mark.trust, pytest.mark.django_db]
PHONE = "+216 71 000 000"
PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x.example\";\"y\")", "\t=1+1",
    "\r=1+1", "\n=1+1", " =1+1", "   @x", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "＝1+1", "＋1", "－1", "＠x",
    " ＝1+1", "\u3000=1", "\u202f=1", "\u2003+1", "=DDE(\"a\";\"b\")", "=IMPORTXML(\"http://x.example\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0", "@import", "\x0b=1", "\x0c=1", PHONE,
)  # fmt: skip
BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BLANKS = " \u00a0\u200b\ufeff\u3000\u202f\u2003\x0b\x0c"


def harmless_csv(text: str) -> list[list[str]]:
    """Every cell of a CSV, none of which a spreadsheet would reckon out."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    found = [cell for row in rows for cell in row if cell.lstrip(BLANKS).startswith(BEGINS)]
    assert found == []
    return rows


def harmless_xlsx(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_cell_is_never_a_formula(payload):
    rows = harmless_csv("".join(csv_lines([["head"], [payload]])))
    with xlsx_file([["head"], [payload]]) as file:
        cells = harmless_xlsx(file.read())

    assert rows[1][0].lstrip("'") == payload
    assert str(cells[1][0]).strip() == payload.strip() or "_x" in str(cells[1][0])


def test_there_are_thirty_payloads_and_a_telephone_is_read():
    assert len(set(PAYLOADS)) == 30
    assert PHONE in harmless_csv("".join(csv_lines([[PHONE]])))[0][0]
    with xlsx_file([[PHONE]], head=0) as file:
        assert harmless_xlsx(file.read()) == [[PHONE]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_inbox_leaves_with_its_names_as_text_and_that_is_recorded(kind):
    house = House()
    for payload in PAYLOADS:
        Case.objects.filter(pk=house.files().pk).update(applicant_name=payload.replace("\x00", ""))

    posted = {"query": "", "format": kind, "col": ["number", "applicant", "due", "left"]}
    answer = at_screen_of(house.desk).post("/en/office/export/", posted)
    content = b"".join(answer.streaming_content)

    rows = harmless_csv(content.decode()) if kind == "csv" else harmless_xlsx(content)
    assert len(rows) == 1 + len(PAYLOADS)
    assert any(PHONE in str(cell) for row in rows for cell in row)
    entry = Entry.objects.get(action="inbox.exported")
    assert entry.actor == house.desk.pk
    assert entry.data == {"filter": {}, "columns": posted["col"], "rows": 30, "format": kind}


def test_an_export_asks_who_it_is_and_holds_no_case_of_another_office():
    house = House()
    house.files()
    moved = house.at_instruction()
    posted = {"query": "", "format": "csv", "col": ["number"]}

    asked = at_screen_of(house.officer, seconds_ago=400).post("/en/office/export/", posted)
    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]

    taken = at_screen_of(house.officer).post("/en/office/export/", posted | {"query": "state=any"})
    rows = harmless_csv(b"".join(taken.streaming_content).decode())
    assert [row[0] for row in rows[1:]] == [moved.number]
    assert Client().get("/en/office/export/").status_code == 302
    assert at_screen_of(house.applicant).get("/en/office/export/").status_code == 404


def test_the_other_tables_use_the_same_pen(monkeypatch):
    house = House()
    for payload in PAYLOADS:
        person = house.desk
        person.name = payload[:120] or "x"
        person.save()
        harmless_csv(as_table(lines(this_quarter())))
    monkeypatch.setattr(data, "_rows", lambda asked: [[payload] for payload in PAYLOADS])
    harmless_csv("".join(data.lines(None)))  # type: ignore[arg-type]  # nothing is asked of it
