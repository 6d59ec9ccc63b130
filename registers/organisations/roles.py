"""Who serves in an organisation, and the one table of what each role may do there; views and tests read it."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    DIRECTOR = "director", _("Director")
    SECRETARY = "secretary", _("Secretary")
    EXAM_OFFICER = "exam_officer", _("Exam officer")


class Act(models.TextChoices):
    """What can be done in an organisation's account; whatever only reads begins with `see_`."""

    SEE_FILE = "see_file", _("Read the file of the structure and what expires")
    SEE_GROUPS = "see_groups", _("Read groups and their trainees")
    SEE_EXAMS = "see_exams", _("Read exams and results")
    SEE_CERTIFICATES = "see_certificates", _("Read certificates")
    SEE_CASES = "see_cases", _("Read the applications of the organisation")
    SEE_STAFF = "see_staff", _("Read who serves in the organisation")
    FILE_CASES = "file_cases", _("File applications, correct them and withdraw them")
    IMPORT_TRAINEES = "import_trainees", _("Import trainees")
    IMPORT_TRAINERS = "import_trainers", _("Import trainers")
    IMPORT_ATTENDANCE = "import_attendance", _("Import attendance")
    IMPORT_RESULTS = "import_results", _("Import exam results")
    IMPORT_CERTIFICATES = "import_certificates", _("Import certificates issued before the portal")
    MANAGE_STAFF = "manage_staff", _("Invite colleagues, note absences and end service")
    HAND_OVER = "hand_over", _("Hand one’s role over to a successor")


READING = frozenset(act for act in Act if act.value.startswith("see_"))
ALL_IMPORTS = frozenset(act for act in Act if act.value.startswith("import_"))

MAY: Mapping[Role, frozenset[Act]] = {
    Role.OWNER: frozenset(Act),
    Role.DIRECTOR: frozenset(Act),
    Role.SECRETARY: frozenset(
        {
            Act.SEE_FILE,
            Act.SEE_GROUPS,
            Act.SEE_EXAMS,
            Act.SEE_CASES,
            Act.SEE_STAFF,
            Act.FILE_CASES,
            Act.IMPORT_TRAINEES,
            Act.IMPORT_TRAINERS,
            Act.IMPORT_ATTENDANCE,
        }
    ),
    Role.EXAM_OFFICER: frozenset(
        {
            Act.SEE_FILE,
            Act.SEE_GROUPS,
            Act.SEE_EXAMS,
            Act.SEE_CERTIFICATES,
            Act.IMPORT_RESULTS,
            Act.IMPORT_CERTIFICATES,
        }
    ),
}

# Whose service a role may begin, change and end; nobody appoints above themselves.
APPOINTS: Mapping[Role, frozenset[Role]] = {
    Role.OWNER: frozenset(Role),
    Role.DIRECTOR: frozenset({Role.SECRETARY, Role.EXAM_OFFICER}),
    Role.SECRETARY: frozenset(),
    Role.EXAM_OFFICER: frozenset(),
}
