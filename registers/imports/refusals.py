"""Why a whole file is refused: one sentence a reason, which says how to mend it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("The file is empty. Save your table again, then choose it once more."),
    "too_large": _("The file is larger than %(limit)s MB. Split the table into several files."),
    "kind": _("Only XLSX and CSV tables can be read here. Save your table as XLSX, then choose it again."),
    "old_excel": _(
        "This is a table of the old Excel format, or one with a password. Save it as XLSX without password."
    ),
    "macros": _("The table holds a program (macros). Save it as XLSX without macros, then choose the new file."),
    "damaged": _("The file is incomplete or damaged. Open it, save it again as XLSX, then choose the new file."),
    "too_heavy": _(
        "The file unfolds to more than a table of this kind holds. Copy its cells to a new table and save it."
    ),
    "too_wide": _("The table has cells far beside or below its rows. Copy the rows to a new table and save it."),
    "encoding": _("The letters of this file cannot be read. Save the table as XLSX, or as CSV in UTF-8."),
    "quotes": _("A quotation mark that is opened in row %(row)s never closes. Close it, or save the table as XLSX."),
    "no_heading": _("No row of headings was found. Start from the template, and keep its first row as it is."),
    "missing_columns": _("These columns are missing: %(columns)s. Add them from the template."),
    "twice_columns": _("The column %(columns)s stands twice. Delete or rename one of them."),
    "no_rows": _("The table has headings and no row below them. Fill it in, then choose it again."),
    "too_many_rows": _("The table has more than %(limit)s rows. Split it into several files."),
    "no_file": _("Choose a file, then press the button."),
    "same_file": _("You brought this file already, and it waits for your decision. Open it from the list of tables."),
}


class FileRefused(Exception):
    """A table that cannot be read; `message` is the sentence for the person, in the active language when read."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    @property
    def message(self) -> str:
        return sentence(self.code, self.values)


def sentence(code: str, values: dict[str, Any]) -> str:
    return str(REASONS[code]) % values if values else str(REASONS[code])
