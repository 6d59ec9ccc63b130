"""What the registers offer to a procedure: questions, levels, and services that write."""

from registers.certificates.services import enter_equivalence
from registers.levels import LEVELS, QUALIFICATIONS
from registers.places.fields import Contact, GovernorateField
from registers.specialities.fields import SpecialityField

__all__ = ["LEVELS", "QUALIFICATIONS", "Contact", "GovernorateField", "SpecialityField", "enter_equivalence"]
