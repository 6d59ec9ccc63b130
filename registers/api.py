"""What the registers offer to a procedure: questions, levels, facts, ready rules, and services that write.

The services of structures and programmes take a Cause first: `r.suspend_structure(r.Cause(case=case), ...)` inside an
effect of a decided case. They stand or fall with the decision, and write nothing twice for one case.
"""

from registers.certificates.holders import account_behind_pair
from registers.certificates.levels import LEVEL_NUMBERS, LEVELS, QUALIFICATIONS
from registers.certificates.revoking import revoke_certificate_of
from registers.certificates.rules import (
    holder_was_old_enough,
    hours_are_plausible,
    stay_precedes,
    stay_runs_forward,
    title_is_understood,
)
from registers.certificates.services import enter_equivalence
from registers.history.causes import Cause
from registers.inspections.measures import (
    CLOSURE,
    NOTICE,
    SUSPENSION,
    Target,
    lift_measure,
    no_measure_in_force,
    record_visits,
    take_measure,
    uphold_suspension,
)
from registers.inspections.services import record_inspection
from registers.people.questions import (
    MERGE,
    NEWER,
    OLDER,
    SPLIT,
    ProposalField,
    decide_on_pair,
    keep_pair_apart,
    pair_may_be_decided,
)
from registers.places.fields import Contact, GovernorateField
from registers.programmes.modules import Module, module_codes_differ, modules_fill_the_hours
from registers.programmes.questions import HOMOLOGATION_YEARS, diploma_is_homologated, years_after
from registers.programmes.selectors import may_give
from registers.programmes.services import (
    amend_homologation,
    close_offer,
    grant_homologation,
    open_offer,
    renew_homologation,
    withdraw_homologation,
)
from registers.specialities.circulars import BEGINS, ENDS, HALTED, change_moratorium, moratorium_is_possible
from registers.specialities.fields import SpecialityField
from registers.structures.premises import (
    Premises,
    Room,
    fire_safety_is_recent,
    lease_is_long_enough,
    room_is_large_enough,
)
from registers.structures.questions import (
    StructureField,
    holders_of_speciality,
    no_moratorium,
    structure_governorate,
    structure_holder,
    structure_is_active,
    structure_is_on_record,
    structure_may_be_measured,
    structure_status,
)
from registers.structures.selectors import as_of
from registers.structures.selectors import by_number as structure_of_number
from registers.structures.services import activate as activate_structure
from registers.structures.services import (
    allow_speciality,
    change_authorisation,
    change_director,
    declare_structure,
    open_branch,
    withdraw_speciality,
)
from registers.structures.services import amend as amend_structure
from registers.structures.services import close as close_structure
from registers.structures.services import move as move_structure
from registers.structures.services import resume as resume_structure
from registers.structures.services import suspend as suspend_structure
from registers.training.teaching_out import TeachOut, every_trainee_is_counted, trainees_in_training

__all__ = [
    "BEGINS",
    "CLOSURE",
    "ENDS",
    "HALTED",
    "HOMOLOGATION_YEARS",
    "LEVELS",
    "LEVEL_NUMBERS",
    "MERGE",
    "NEWER",
    "NOTICE",
    "OLDER",
    "QUALIFICATIONS",
    "SPLIT",
    "SUSPENSION",
    "Cause",
    "Contact",
    "GovernorateField",
    "Module",
    "Premises",
    "ProposalField",
    "Room",
    "SpecialityField",
    "StructureField",
    "Target",
    "TeachOut",
    "account_behind_pair",
    "activate_structure",
    "allow_speciality",
    "amend_homologation",
    "amend_structure",
    "as_of",
    "change_authorisation",
    "change_director",
    "change_moratorium",
    "close_offer",
    "close_structure",
    "decide_on_pair",
    "declare_structure",
    "diploma_is_homologated",
    "enter_equivalence",
    "every_trainee_is_counted",
    "fire_safety_is_recent",
    "grant_homologation",
    "holder_was_old_enough",
    "holders_of_speciality",
    "hours_are_plausible",
    "keep_pair_apart",
    "lease_is_long_enough",
    "lift_measure",
    "may_give",
    "module_codes_differ",
    "modules_fill_the_hours",
    "moratorium_is_possible",
    "move_structure",
    "no_measure_in_force",
    "no_moratorium",
    "open_branch",
    "open_offer",
    "pair_may_be_decided",
    "record_inspection",
    "record_visits",
    "renew_homologation",
    "resume_structure",
    "revoke_certificate_of",
    "room_is_large_enough",
    "stay_precedes",
    "stay_runs_forward",
    "structure_governorate",
    "structure_holder",
    "structure_is_active",
    "structure_is_on_record",
    "structure_may_be_measured",
    "structure_of_number",
    "structure_status",
    "suspend_structure",
    "take_measure",
    "title_is_understood",
    "trainees_in_training",
    "uphold_suspension",
    "withdraw_homologation",
    "withdraw_speciality",
    "years_after",
]
