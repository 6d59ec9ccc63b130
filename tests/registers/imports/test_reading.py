"""Tables as people have them: encodings, separators, headings in any order; and files that are not what they say."""

import io
import struct
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from registers.imports.checking import open_rows
from registers.imports.faults import Fault
from registers.imports.headings import INVENTED
from registers.imports.kinds.who import BIRTH, IDENTITY, NAMES
from registers.imports.reading.guards import check_file
from registers.imports.reading.tables import rows_of
from registers.imports.refusals import REASONS, FileRefused, sentence
from registers.imports.values import Choice, Country, Day, IdentityNumber, Name, Number, Phone, TaxNumber, Words

HEADINGS = ["CIN", "الاسم", "اللقب", "Prénom", "Nom", "تاريخ الولادة", "الجنس"]
ROW = ["01234567", "أميرة", "بن عمر", "Amira", "Ben Amor", "28/02/2004", "أنثى"]


class People:
    columns = (*IDENTITY, *NAMES, *BIRTH)


def table(separator: str = ";", encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("".join(separator.join(row) + "\r\n" for row in (HEADINGS, ROW)).encode(encoding))


def workbook(*rows: list, **options: object) -> io.BytesIO:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, book.add_format({"num_format": "dd/mm/yyyy"}))
                elif cell is not None:
                    sheet.write(number, place, cell)
    target.seek(0)
    return target


def refusal(file: io.BytesIO, name: str) -> str:
    with pytest.raises(FileRefused) as refused:
        list(rows_of(file, check_file(file, name)))
    assert sentence(refused.value.code, refused.value.values)
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_whatever_program_wrote_it(encoding, separator):
    row = [cell for cell in ROW if encoding != "cp1256" or "é" not in cell]
    head = [cell for cell in HEADINGS if encoding != "cp1256" or "é" not in cell]
    text = "".join(separator.join(each) + "\r\n" for each in (head, row))
    file = io.BytesIO(text.encode(encoding))
    assert list(rows_of(file, check_file(file, "l.csv"))) == [head, row]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_may_end_as_on_any_machine(end, encoding):
    file = io.BytesIO(end.join(";".join(row) for row in (HEADINGS, ROW)).encode(encoding))
    assert list(rows_of(file, check_file(file, "l.csv"))) == [HEADINGS, ROW]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nom;Prénom\nBÉJAOUI;Hélène\nPEUT-ÊTRE;NOËL", "cp1252"),
        ("اللقب;Prénom\nبن عمر;Hélène", "cp1256"),
        ("Nom\nÉ", "cp1252"),
    ],
)
def test_french_capitals_are_not_taken_for_arabic(text, encoding):
    file = io.BytesIO(text.encode(encoding))
    assert list(rows_of(file, "csv")) == [line.split(";") for line in text.split("\n")]


def test_the_line_in_which_excel_names_its_separator_is_no_row_and_is_counted():
    assert list(rows_of(io.BytesIO(b"sep=,\r\na;b,c\r\n"), "csv")) == [[], ["a;b", "c"]]


def test_cells_of_a_workbook_keep_their_kind_and_rows_their_numbers():
    rows = list(rows_of(workbook([], [], [None, "a", 7.0, 7.5, date(2001, 2, 3), None, True]), "xlsx"))
    assert rows[2:] == [[None, "a", 7, 7.5, "2001-02-03", None, True]]
    assert type(rows[2][2]) is int
    assert not any(cell for row in rows[:2] for cell in row)


@pytest.mark.parametrize("before", ["hidden", "chart"])
def test_a_sheet_that_nobody_sees_as_a_table_is_passed_over(before):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        first = book.add_worksheet("Lists") if before == "hidden" else book.add_chartsheet("Chart")
        sheet = book.add_worksheet("Table")
        sheet.write_row(0, 0, ["a", "b"])
        sheet.activate()
        if before == "hidden":
            first.hide()
        else:
            chart = book.add_chart({"type": "bar"})
            chart.add_series({"values": "=Table!$A$1:$B$1"})
            first.set_chart(chart)
    target.seek(0)
    assert list(rows_of(target, check_file(target, "l.xlsx"))) == [["a", "b"]]


def test_headings_stand_in_any_order_and_language_below_a_title():
    rows = [
        ["قائمة المتكونين 2026"],
        [],
        ["Sexe", "NOM", "prenom", "الاسـم", "اللّقب", "n° cin", "Date de naissance", "Remarques"],
    ]
    file = workbook(*rows, ["F", "Ben Amor", "Amira", "أميرة", "بن عمر", "01234567", "28/02/2004", ""])
    found = open_rows(file, "xlsx", People)
    assert found.headings.row == 3
    assert found.headings.places == {
        "sex": 0, "last_lat": 1, "first_lat": 2, "first_ar": 3, "last_ar": 4, "id_number": 5, "birth_date": 6
    }  # fmt: skip
    assert found.headings.unknown == ("Remarques",)
    assert [number for number, _row in found.numbered] == [4]


def test_the_invented_row_of_the_template_and_empty_rows_are_left_out():
    file = workbook([*HEADINGS, "Remarque"], [*ROW, INVENTED["fr"]], [None, " "], [*ROW, "à moi"])
    assert [number for number, _row in open_rows(file, "xlsx", People).numbered] == [4]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (["a", "b"], "no_heading"),
        (HEADINGS[:-1], "missing_columns"),
        ([*HEADINGS, "CIN"], "twice_columns"),
    ],
)
def test_a_table_without_its_headings_is_refused_with_the_columns_named(head, code):
    with pytest.raises(FileRefused) as refused:
        open_rows(workbook(head, ROW), "xlsx", People)
    assert refused.value.code == code
    assert refused.value.values.get("columns") in (None, ["sex"], ["id_number"])


def bomb(declared: int = 0) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "application/vnd.openxmlformats.spreadsheetml.sheet.main+xml")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    content = bytearray(file.getvalue())
    if declared:  # say less than there is, in both places where a package says it
        truth = struct.pack("<I", 30_000_000)
        content = content.replace(truth, struct.pack("<I", declared))
    return io.BytesIO(bytes(content))


def far_cell(place: str) -> io.BytesIO:
    plain, made = zipfile.ZipFile(workbook(["a"])), io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for part in plain.infolist():
            content = plain.read(part)
            if "sheet1" in part.filename:
                content = content.replace(b'r="A1"', f'r="{place}"'.encode())
            package.writestr(part.filename, content)
    made.seek(0)
    return made


def with_macros() -> io.BytesIO:
    file = workbook(["a"])
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    file.seek(0)
    return file


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (lambda: io.BytesIO(b""), "l.xlsx", "empty"),
        (lambda: io.BytesIO(b"x" * (20 * 1024 * 1024 + 1)), "l.csv", "too_large"),
        (bomb, "l.xlsx", "too_heavy"),
        (lambda: bomb(declared=100_000), "l.xlsx", "damaged"),
        (lambda: far_cell("XFD1048576"), "l.xlsx", "too_wide"),
        (lambda: far_cell("A900000"), "l.xlsx", "too_wide"),
        (with_macros, "l.xlsx", "macros"),
        (lambda: workbook(["a"]), "l.xlsm", "macros"),
        (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "l.xls", "old_excel"),
        (lambda: io.BytesIO(b"%PDF-1.7"), "l.csv", "kind"),
        (lambda: workbook(["a"]), "l.csv", "kind"),
        (lambda: io.BytesIO(b"PK\x03\x04" + b"\0" * 60), "l.xlsx", "damaged"),
        (lambda: io.BytesIO(workbook(["a"] * 50).getvalue()[:-200]), "l.xlsx", "damaged"),
        (lambda: io.BytesIO(b"a;b\n\x01;2"), "l.csv", "encoding"),
        (lambda: io.BytesIO(b'a;b\n"c;d\ne;f\n'), "l.csv", "quotes"),
        (lambda: io.BytesIO(b";" * 200 + b"\n"), "l.csv", "too_wide"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_before_it_is_read(make, name, code):
    assert refusal(make(), name) == code


def test_every_refusal_has_its_sentence():
    assert all(str(text).endswith(".") for text in REASONS.values())


def read(reader, cell, **row):
    noted = []
    return reader.read(cell, row, noted), noted


@pytest.mark.parametrize(
    ("cell", "number", "repairs"),
    [
        ("01234567", "01234567", []),
        (1234567, "01234567", ["zeros"]),
        (12345678, "12345678", []),
        (12345, "00012345", ["zeros"]),
        ("1234567", "01234567", ["zeros"]),
        ("1234567.0", "01234567", ["zeros"]),
        (" ٠١٢٣٤٥٦٧ ", "01234567", ["figures"]),
        ("0123 4567", "01234567", []),
    ],
)
def test_a_card_number_that_a_spreadsheet_took_for_a_quantity_gets_its_zeros_back(cell, number, repairs):
    assert read(IdentityNumber(), cell) == (number, repairs)


@pytest.mark.parametrize(
    ("cell", "code"), [("1234567O", "cin_letter"), ("123456", "cin"), ("123456789", "cin"), (1.5, "cin"), ("x", "cin")]
)
def test_a_card_number_that_is_none_says_how_to_mend_it(cell, code):
    with pytest.raises(Fault) as fault:
        read(IdentityNumber(), cell)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("cell", "day", "repairs"),
    [
        ("03/02/2001", date(2001, 2, 3), []),
        ("2001-02-03", date(2001, 2, 3), []),
        ("2001-02-03T00:00:00", date(2001, 2, 3), []),
        ("3.2.01", date(2001, 2, 3), ["date"]),
        ("3-2-2001", date(2001, 2, 3), ["date"]),
        ("٠٣/٠٢/٢٠٠١", date(2001, 2, 3), ["figures"]),
        (36925, date(2001, 2, 3), ["date"]),
        ("3/2/98", date(1998, 2, 3), ["date"]),
        (None, None, []),
    ],
)
def test_a_day_is_read_in_every_way_in_which_people_write_one(cell, day, repairs):
    assert read(Day(), cell) == (day, repairs)


@pytest.mark.parametrize(
    ("reader", "cell", "code"),
    [
        (Day(), "31/02/2004", "day"),
        (Day(), "02/13/2004", "day"),
        (Day(), "hier", "day"),
        (Day(), 12, "day"),
        (Day(past=True), "15/04/2030", "day_later"),
        (Day(least=date(1920, 1, 1)), "01/01/1019", "day_early"),
        (Name(script="ar"), "Amira", "arabic"),
        (Name(script="lat"), "أميرة", "latin"),
        (Name(script="lat"), "Amira 2", "latin"),
        (Name(script="ar"), "-", "arabic"),
        (Words(most=3), "abcd", "too_long"),
        (Words(), "a\u202eb", "invisible"),
        (Words(), "#REF!", "sheet_error"),
        (Phone(), "12 345 678", "phone"),
        (TaxNumber(), "12", "tax_number"),
        (Number(most=20, places=2), "21", "range"),
        (Number(), "12,5", "number"),
        (Number(), "NaN", "number"),
        (Number(), "9" * 40, "range"),
        (Number(), 10**40, "range"),
        (Number(places=2), "1e999999", "range"),
        (Number(), "1e-999999", "number"),
        (Country(preset="TN"), "Atlantis", "not_in_list"),
        (Choice(options={"hourly": "By the hour"}), "by the houre", "near"),
    ],
)
def test_a_cell_that_cannot_be_taken_says_why(reader, cell, code):
    with pytest.raises(Fault) as fault:
        read(reader, cell)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (Phone(), "98 123 456", "+21698123456"),
        (Phone(), "٩٨١٢٣٤٥٦", "+21698123456"),
        (Number(most=20, places=2), "12,5", Decimal("12.50")),
        (Number(most=20, places=2), 12.25, Decimal("12.25")),
        (Country(preset="TN"), None, "TN"),
        (Country(preset="TN"), "الجزائر", "DZ"),
        (Country(preset="TN", also={"Tunisienne": "TN"}), "tunisienne", "TN"),
        (TaxNumber(), "1234567 m/A/E/001", "1234567M"),
        (Words(), "  ريم  ", "ريم"),
        (Name(script="ar"), "ڨرمازي", "ڨرمازي"),
    ],
)
def test_what_people_write_in_many_ways_is_kept_in_one(reader, cell, value):
    assert read(reader, cell)[0] == value
