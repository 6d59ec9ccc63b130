"""The empty table to fill in: headings, lists to choose from, cells that keep their zeros, one invented row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from registers.imports.headings import INVENTED
from registers.imports.kinds.base import Kind
from registers.imports.scenes import Scene

NILA, OCHRE, GREY = "#131F47", "#FDF3DC", "#665D4C"
REMARK = {"ar": "ملاحظة", "fr": "Remarque", "en": "Remark"}
ROWS = 2_000  # down to which cells carry their format and their list
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def template_file(kind: Kind, scene: Scene, language: str) -> bytes:
    """An XLSX with one sheet to fill in and one of lists, from right to left in Arabic."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        sheet, lists = book.add_worksheet(_("Table")), book.add_worksheet(_("Lists"))
        if language == "ar":
            sheet.right_to_left()
            lists.right_to_left()
        sheet.freeze_panes(1, 0)
        head = book.add_format({"bold": True, "font_color": "white", "bg_color": NILA, "text_wrap": True})
        example = book.add_format(
            {"italic": language != "ar", "font_color": GREY, "bg_color": OCHRE, "num_format": "@"}
        )
        lists.set_row(0, None, head)
        for place, column in enumerate(kind.columns):
            cells = book.add_format({"num_format": column.reads.format})
            sheet.set_column(place, place, max(14, len(column.heading(language)) + 4), cells)
            star = " *" if column.required else ""
            sheet.write_string(0, place, column.heading(language) + star, head)
            sheet.write_string(1, place, column.example_in(language), example)
            _offer(sheet, lists, place, column.heading(language), column.choices(scene, language))
        last = len(kind.columns)
        sheet.set_column(last, last, 30)
        sheet.write_string(0, last, REMARK[language], head)
        sheet.write_string(1, last, INVENTED[language], example)
    return target.getvalue()


def _offer(sheet: Any, lists: Any, place: int, heading: str, choices: Sequence[str]) -> None:
    """A list to choose from; what is not on it may still be typed: the reading explains better than a spreadsheet."""
    if not choices:
        return
    lists.set_column(place, place, 28)
    lists.write_string(0, place, heading)
    for row, choice in enumerate(choices, start=1):
        lists.write_string(row, place, choice)
    letter = xlsxwriter.utility.xl_col_to_name(place)
    name = lists.get_name().replace("'", "''")
    sheet.data_validation(
        1,
        place,
        ROWS,
        place,
        {
            "validate": "list",
            "source": f"='{name}'!${letter}$2:${letter}${len(choices) + 1}",
            "error_type": "warning",
            "error_title": _("Not in the list")[:32],
            "error_message": _("Choose a value of the list, or keep yours: it is checked when you import.")[:255],
        },
    )
