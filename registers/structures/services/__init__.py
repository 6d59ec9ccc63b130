"""Everything that changes the register of structures. Each act locks the structure, checks, writes periods and one
audit entry, and changes nothing when the same case carries it out again."""

from registers.history.causes import Cause, NoCause
from registers.structures.services.correcting import correct_period, withdraw_period
from registers.structures.services.declaring import amend, declare_structure, move, open_branch
from registers.structures.services.living import activate, close, resume, suspend, suspend_until
from registers.structures.services.running import (
    allow_speciality,
    change_authorisation,
    change_director,
    withdraw_speciality,
)

__all__ = [
    "Cause",
    "NoCause",
    "activate",
    "allow_speciality",
    "amend",
    "change_authorisation",
    "change_director",
    "close",
    "correct_period",
    "declare_structure",
    "move",
    "open_branch",
    "resume",
    "suspend",
    "suspend_until",
    "withdraw_period",
    "withdraw_speciality",
]
