"""What may be wrong with a cell and what was repaired in one: a code here, a sentence that mends it for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.api import Text

REMEDIES: Mapping[str, Text] = {
    "missing": _("Fill in this cell."),
    "cin": _("Enter the 8 figures of the identity card, the zeros in front too."),
    "cin_letter": _("Enter 8 figures. “%(sign)s” is a letter: write the figure %(figure)s."),
    "passport": _("Enter the 6 to 9 Latin letters and figures of the passport."),
    "residence": _("Enter the 6 to 12 Latin letters and figures of the residence card."),
    "iuc": _("Enter the 11 figures of the citizen's unique identifier."),
    "day": _("Enter a date that exists, for example 28/02/2004."),
    "day_later": _("Enter a date that is not after today."),
    "day_early": _("Enter a date from %(least)s on. Check the year."),
    "day_outside": _("The group runs from %(since)s to %(until)s. Enter a day between them."),
    "order": _("This day is before the day of the column “%(other)s”. Correct one of the two."),
    "too_young": _("Aged %(age)s. The least is %(least)s on the first day of training. Check the date."),
    "too_old": _("Aged %(age)s. Check the year of birth."),
    "not_in_list": _("Choose a value of the list in the template."),
    "near": _("Choose a value of the list. Did you mean “%(near)s”?"),
    "too_long": _("Write at most %(most)s characters; there are %(found)s."),
    "arabic": _("Write the name in Arabic letters, without figures."),
    "latin": _("Write the name in Latin letters, without figures."),
    "invisible": _("The cell holds invisible signs. Empty it and type its value."),
    "sheet_error": _("The spreadsheet could not work this cell out. Type its value instead of the formula."),
    "number": _("Enter a number, for example %(example)s."),
    "range": _("Enter a number from %(least)s to %(most)s."),
    "phone": _("Enter a Tunisian number, for example 98 123 456, or + and the code of the country first."),
    "email": _("Enter an address like name@example.tn."),
    "tax_number": _("Enter a tax number like 1234567/M/A/E/001."),
    "code": _("Enter at most %(most)s letters, figures, hyphens or slashes."),
    "twice": _("The same number stands in row %(row)s. Delete one of the two rows."),
    "structure": _("No structure that you may write for has this number. Copy it from the list of the template."),
    "structure_missing": _("You have several structures. Enter the number of the one that this row is for."),
    "group": _("No group of this structure has this name. Copy it from the list of the template."),
    "group_over": _("This group was cancelled. Choose another group."),
    "group_full": _("The group has %(places)s places, all taken. Choose another group, or ask for more places."),
    "group_rows": _("A file holds at most %(most)s rows a group. Put the others in a second file."),
    "not_in_group": _("Nobody with this number is in the group. Check the number, or import the trainee first."),
    "other_person": _("This number is registered for a person born on another day. Check the number and the day."),
    "name_differs": _("This number is registered under another name. Check the number and the name."),
    "other_data": _("This is registered already with another value. Correct the row, or ask the directorate."),
    "engaged": _("This trainer teaches there already since %(since)s. Correct the day, or end that engagement first."),
    "deliberated": _("The jury deliberated on another result. Ask for a correction, with its reason."),
    "hours": _("The group has at most %(most)s hours a week. Correct the hours."),
    "programme": _("No programme has this code. Copy it from the list of the template."),
    "may_not_give": _(
        "On that day no homologation covered it. Write “no”, or ask the directorate to record the decision."
    ),
    "refused": _("The register refused this row. Show it to the directorate with the number of the import."),
}

REPAIRS: Mapping[str, Text] = {
    "zeros": _("We restored zeros that the table had dropped from identity numbers"),
    "figures": _("We wrote figures as 0 to 9"),
    "date": _("We wrote dates in one way"),
    "spaces": _("We removed superfluous spaces and signs"),
    "decimal": _("We wrote numbers with a point"),
    "monday": _("We named weeks by their Monday"),
}


class Fault(Exception):
    """A cell that cannot be taken; `values` fill the sentence and hold nothing about a person."""

    def __init__(self, code: str, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values = dict(values or {})


def remedy(code: str, values: Mapping[str, Any] | None = None) -> str:
    """How to mend it, in the active language."""
    return str(REMEDIES[code]) % values if values else str(REMEDIES[code])
