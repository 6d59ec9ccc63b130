"""The empty table and the one that comes back: what they hold, and that no cell of them can become a formula."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from registers.imports.checking import open_rows, slices
from registers.imports.kinds.all import KINDS
from registers.imports.returned_files import returned_file
from registers.imports.scenes import Scene
from registers.imports.template_files import template_file
from tests.registers.imports.factories import School, a_table, a_trainee, entered, read

pytestmark = pytest.mark.django_db(transaction=True)
PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"x\")",
    "+216 98 123 456", "-2", "@a", "%0A=1", "\"=1", "'=1", ";=1", "=1;=2", "=A1", "={1}", "=IMPORTXML(1)", "+A1", "-A1",
    "@A1", "=1\n=2", "\ufeff=1", "=DDE(1)", "=-1", "＋1", "＠1",
]  # fmt: skip


def sheet_of(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_read_back_by_its_own_headings_and_its_example_is_sound_and_left_out(kind, language):
    asked, scene = KINDS[kind], Scene(None)
    with translation.override(language):
        content = template_file(asked, scene, language)
    sheet = sheet_of(content)
    assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    table = open_rows(io.BytesIO(content), "xlsx", asked)
    assert set(table.headings.places) == {column.name for column in asked.columns}
    assert list(table.numbered) == []
    example = [cell.value for cell in sheet[2]]
    line = asked.read(2, example, table.headings.places, timezone.localdate())
    assert [fault for fault in line.faults if fault["code"] not in ("day_later",)] == []
    assert line.repairs == []


def test_a_template_offers_the_groups_and_structures_of_its_organisation_and_keeps_zeros():
    school = School()
    content = template_file(KINDS["trainees"], Scene(school.organisation), "fr")
    book = openpyxl.load_workbook(io.BytesIO(content))
    lists = {column[0].value: [cell.value for cell in column[1:]] for column in book.worksheets[1].iter_cols()}
    assert lists["Groupe"][0] == "2026-A"
    assert lists["Numéro de la structure"][0] == school.structure.number
    assert len(book.worksheets[0].data_validations.dataValidation) >= 4
    card = KINDS["trainees"].columns.index(next(each for each in KINDS["trainees"].columns if each.name == "id_number"))
    assert book.worksheets[0].column_dimensions[openpyxl.utils.get_column_letter(card + 1)].number_format == "@"


def test_the_same_file_comes_back_with_red_cells_and_a_column_that_says_how_to_mend_each_row():
    school = School()
    batch = entered(read(school.bring("trainees", a_table("trainees", [
        a_trainee(1), a_trainee(2, birth_date="31/02/2004", sex=""), a_trainee(3)
    ]))))  # fmt: skip
    with translation.override("fr"), returned_file(batch) as file:
        sheet = sheet_of(file.read())
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    with batch_text(school) as text:
        original = list(csv.reader(text, delimiter=";"))
    assert [row[: len(original[0])] for row in rows[:2]] == [[cell or None for cell in row] for row in original[:2]]
    assert [row[-1] for row in rows] == [
        "Erreurs", None,
        "Date de naissance: Saisissez une date qui existe, par exemple 28/02/2004.\nSexe: Remplissez cette case.", None,
    ]  # fmt: skip
    red = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.start_color.rgb == "FFFCECEE"]
    assert red == ["I3", "J3"]


def batch_text(school: School) -> io.StringIO:
    table = a_table("trainees", [a_trainee(1), a_trainee(2, birth_date="31/02/2004", sex="")])
    return io.StringIO(table.read().decode())


def test_nothing_that_people_write_comes_back_as_a_formula():
    school = School()
    target = io.StringIO()
    table = csv.writer(target, delimiter=";")
    table.writerow(["المجموعة", "CIN", "الاسم", "اللقب", "Prénom", "Nom", "تاريخ الولادة", "الجنس", "=heading"])
    table.writerows([["2026-A", payload, payload, "x", payload, "y", "z", payload, payload] for payload in PAYLOADS])
    file = SimpleUploadedFile("=1+1.csv", target.getvalue().replace("\r\n", "\n").encode())
    batch = read(school.bring("trainees", file))
    assert batch.counts["faulty"] == len(PAYLOADS)
    with returned_file(batch) as back:
        content = back.read()
    cells = [cell for row in sheet_of(content).iter_rows() for cell in row if cell.value is not None]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert all(cell.quotePrefix for cell in cells if cell.data_type == "s")
    assert "+216 98 123 456" in {cell.value for cell in cells}


def test_a_table_with_no_row_below_its_headings_says_so():
    asked, scene = KINDS["trainees"], Scene(None)
    content = io.BytesIO(template_file(asked, scene, "ar"))
    with pytest.raises(Exception, match="no_rows"):
        list(slices(open_rows(content, "xlsx", asked), asked, scene))
