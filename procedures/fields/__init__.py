"""The field library: Django fields that remember how they were declared, and the fieldset they stand in."""

from procedures.fields.choices import Accept, Choice, Choices, Country, YesNo
from procedures.fields.dates import Date, Year
from procedures.fields.described import Described, field_types
from procedures.fields.fieldset import Fieldset
from procedures.fields.grid import Grid
from procedures.fields.identifiers import CaseReference, Cin, IdentityNumber, Phone, PostalCode, TaxNumber
from procedures.fields.numbers import Money, Number, Whole
from procedures.fields.searched import Found, Searched
from procedures.fields.texts import Arabic, Email, Latin, LongText, Text

__all__ = [
    "Accept",
    "Arabic",
    "CaseReference",
    "Choice",
    "Choices",
    "Cin",
    "Country",
    "Date",
    "Described",
    "Email",
    "Fieldset",
    "Found",
    "Grid",
    "IdentityNumber",
    "Latin",
    "LongText",
    "Money",
    "Number",
    "Phone",
    "PostalCode",
    "Searched",
    "TaxNumber",
    "Text",
    "Whole",
    "Year",
    "YesNo",
    "field_types",
]
