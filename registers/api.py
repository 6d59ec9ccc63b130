"""What the registers offer to a procedure: questions, levels, ready rules, and services that write."""

from registers.certificates.levels import LEVEL_NUMBERS, LEVELS, QUALIFICATIONS
from registers.certificates.rules import (
    holder_was_old_enough,
    hours_are_plausible,
    stay_runs_forward,
    title_is_understood,
)
from registers.certificates.services import enter_equivalence
from registers.places.fields import Contact, GovernorateField
from registers.specialities.fields import SpecialityField

__all__ = [
    "LEVELS",
    "LEVEL_NUMBERS",
    "QUALIFICATIONS",
    "Contact",
    "GovernorateField",
    "SpecialityField",
    "enter_equivalence",
    "holder_was_old_enough",
    "hours_are_plausible",
    "stay_runs_forward",
    "title_is_understood",
]
