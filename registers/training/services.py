"""What cases, structures and imports write about training; each says why by a Cause."""

from registers.training.attending import Attended, record_attendance
from registers.training.enrolling import Entry, complete_session, enrol, enrol_people, leave
from registers.training.examining import (
    GivenMember,
    GivenResult,
    correct_result,
    deliberate,
    hold_exam,
    name_jury,
    record_results,
)
from registers.training.sessions import cancel_session, declare_session

__all__ = [
    "Attended",
    "Entry",
    "GivenMember",
    "GivenResult",
    "cancel_session",
    "complete_session",
    "correct_result",
    "declare_session",
    "deliberate",
    "enrol",
    "enrol_people",
    "hold_exam",
    "leave",
    "name_jury",
    "record_attendance",
    "record_results",
]
