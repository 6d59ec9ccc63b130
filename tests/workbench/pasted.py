"""A table of participants as somebody copies it out of a spreadsheet: 200 rows, 7 of them with a fault."""

TITLES = (
    "الاسم بالعربية",
    "Name in Latin letters",
    "رقم بطاقة التعريف",
    "Date de naissance",
    "Telephone",
    "Level",
    "Fee",
)
FAULTS = {
    13: ("name_ar", "Amina"),
    27: ("name_lat", "أمينة"),
    41: ("cin", "1234567"),
    86: ("born_on", "31/02/2001"),
    120: ("phone", "12"),
    155: ("level", "master"),
    199: ("fee", "300,001"),
}
NAMES = ("name_ar", "name_lat", "cin", "born_on", "phone", "level", "fee")


def row(number: int) -> dict[str, str]:
    """A good row, in one of the ways in which people write."""
    written = ("14/05/2001", "2001-05-14", "14.5.2001", "١٤/٠٥/٢٠٠١")
    return {
        "name_ar": "أمينة التونسي",
        "name_lat": "Amina Tounsi",
        "cin": f"{number:08d}",
        "born_on": written[number % 4],
        "phone": "" if number % 3 else "٩٨ ١٢٣ ٤٥٦",
        "level": ("beginner", "Confirmé", "مبتدئ")[number % 3],
        "fee": ("120", "120,500", "١٢٠٫٥")[number % 3],
    }


def table(rows: int = 200, *, faults: bool = True, titles: bool = True) -> str:
    """The text that a spreadsheet puts on the clipboard."""
    lines = ["\t".join(TITLES)] if titles else []
    for number in range(1, rows + 1):
        cells = row(number)
        if faults and number in FAULTS:
            name, wrong = FAULTS[number]
            cells[name] = wrong
        lines.append("\t".join(cells[name] for name in NAMES))
    return "\r\n".join(lines) + "\r\n"
