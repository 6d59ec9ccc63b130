"""An invented table of trainees, one row in twenty with a fault of one of twelve kinds, and the groups it speaks of."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

HEADINGS = (
    "رقم الهيكل", "المجموعة", "نوع وثيقة الهوية", "رقم وثيقة الهوية", "الاسم", "اللقب", "الاسم بالأحرف اللاتينية",
    "اللقب بالأحرف اللاتينية", "تاريخ الولادة", "مكان الولادة", "الجنس", "الجنسية", "تاريخ الالتحاق",
)  # fmt: skip
FIRST = (
    ("أميرة", "Amira", "أنثى"),
    ("سامي", "Sami", "ذكر"),
    ("هدى", "Houda", "أنثى"),
    ("ياسين", "Yassine", "ذكر"),
    ("ريم", "Rim", "أنثى"),
    ("كريم", "Karim", "ذكر"),
)
LAST = (("البنائي", "Bennani"), ("الزروالي", "Zerouali"), ("المثالي", "Methali"), ("الخيالي", "Khayali"),
        ("الوهمي", "Wahmi"), ("التجريبي", "Tajribi"), ("ڨاسمي", "Gasmi"), ("الصوري", "Souri"))  # fmt: skip
SINCE, UNTIL = date(2025, 9, 15), date(2027, 7, 1)
GROUP_SIZE = 400
CELLS = {name: place for place, name in enumerate(
    ("structure", "group", "id_kind", "id_number", "first_ar", "last_ar", "first_lat", "last_lat", "birth_date",
     "birth_place", "sex", "nationality", "entered_on")
)}  # fmt: skip
FAULTS = (
    ("id_number", "1234567O"),
    ("id_number", "12"),
    ("id_number", ""),
    ("birth_date", "31/02/2004"),
    ("birth_date", "12/09/2019"),
    ("birth_date", "12/09/2099"),
    ("first_ar", "Amira"),
    ("last_lat", "المثالي"),
    ("sex", "peut-être"),
    ("group", "لا وجود لها"),
    ("entered_on", "01/01/2001"),
    ("nationality", "Atlantide"),
)


def label(number: int) -> str:
    return f"G-{number:04}"


def table(
    count: int, structures: list[str], *, share: float = 0.05, seed: int = 9
) -> tuple[list[list[str]], list[int]]:
    """Rows of cells without the headings, and the lines (from 2) of those that have a fault.

    Groups follow one another, `GROUP_SIZE` rows each; group n belongs to the structure n modulo their number. Cards
    that begin with a zero are there without it, as a spreadsheet leaves them: they are to be repaired, not refused.
    """
    draw = random.Random(seed)
    rows, faulty = [], []
    for number in range(count):
        group = number // GROUP_SIZE
        (first_ar, first_lat, sex), (last_ar, last_lat) = draw.choice(FIRST), draw.choice(LAST)
        born = date(1995, 1, 1) + timedelta(days=draw.randrange(4_000))
        card = f"{number * 997 % 20_000_000:08}"
        written = card[1:] if card[0] == "0" and number % 7 == 0 else card
        row = [
            structures[group % len(structures)], label(group), "", written, first_ar, last_ar, first_lat, last_lat,
            f"{born:%d/%m/%Y}", "صفاقس", sex, "", f"{SINCE + timedelta(days=draw.randrange(30)):%d/%m/%Y}",
        ]  # fmt: skip
        if draw.random() < share:
            column, value = FAULTS[len(faulty) % len(FAULTS)]
            row[CELLS[column]] = value
            faulty.append(number + 2)
        rows.append(row)
    return rows, faulty


def write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows([HEADINGS, *rows])


def write_xlsx(path: Path, rows: list[list[str]]) -> None:
    """Cards without their zero are numbers here, and days are days: as people's own tables have them."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if place == CELLS["id_number"] and len(cell) == 7:
                    sheet.write_number(number, place, int(cell))
                elif place == CELLS["entered_on"] and cell[:2].isdigit():
                    sheet.write_datetime(number, place, date(int(cell[6:]), int(cell[3:5]), int(cell[:2])), day)
                elif cell:
                    sheet.write_string(number, place, cell)


def open_groups(count: int, *, structures: int = 20) -> list[str]:
    """Enter invented structures and the groups of a table of `count` rows; returns the structures' numbers."""
    from registers.history.services import Cause
    from registers.organisations.services import enter_organisation
    from registers.programmes.models import Programme
    from registers.programmes.services import open_offer
    from registers.specialities.models import Speciality
    from registers.structures.services import declare_structure
    from registers.training.services import declare_session

    names = {f"{part}_{language}": "مثال" for part in ("name", "sector") for language in ("ar", "fr", "en")}
    speciality, _made = Speciality.objects.get_or_create(code="EX-01", defaults=names)
    programme = Programme.objects.create(
        code="EX-01-CAP",
        title_ar="مثال",
        title_fr="Exemple",
        speciality=speciality,
        level="CAP",
        hours=900,
        invented=True,
    )
    owner, _made = enter_organisation(kind="company", tax_number="0000001A", name_ar="مثال", invented=True)
    cause = Cause(batch=0)
    offers = []
    for number in range(structures):
        structure = declare_structure(
            cause, organisation=owner, names={"ar": f"هيكل مثال {number}", "fr": f"Structure {number}"}, place="TN-61",
            since=date(2019, 1, 1), status="active", invented=True,
        )  # fmt: skip
        offers.append(open_offer(cause, structure=structure, programme=programme, since=date(2019, 1, 2)))
    for number in range((count - 1) // GROUP_SIZE + 1):
        offer = offers[number % structures]
        declare_session(
            cause, offer=offer, label=label(number), since=SINCE, until=UNTIL, places=GROUP_SIZE, invented=True
        )
    return [offer.structure.number for offer in offers]
