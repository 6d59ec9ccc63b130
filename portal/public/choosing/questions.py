"""“Which service do I need?”: the questions, their answers, and the services to which they lead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from procedures.definition import Text


@dataclass(frozen=True)
class Answer:
    """Leads to a further question or to services; without words of its own it is called as its one service is."""

    code: str
    words: Text = ""
    hint: Text = ""
    question: str = ""
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    code: str
    words: Text
    answers: tuple[Answer, ...]

    def answer(self, code: str) -> Answer | None:
        return next((each for each in self.answers if each.code == code), None)


def _named(*codes: str) -> tuple[Answer, ...]:
    """Answers that are called as the services to which they lead."""
    return tuple(Answer(code, services=(code,)) for code in codes)


ABOUT, WANTED = _("What is it about?"), _("What do you want to do?")
CONTESTED = Answer(
    "decision", _("A decision of the administration that I contest"), services=("administrative_appeal",)
)
EXPERIENCE = Answer(
    "experience",
    _("To have what I learnt at work recognised"),
    _("Without a certificate, after years in the trade."),
    services=("prior_learning_validation",),
)
COMPLAINT = Answer("complaint", _("To complain about a private training structure"), services=("trainee_complaint",))
STANDING = Answer(
    "standing",
    _("To know whether a private training structure is in order"),
    services=("provider_status_certificate",),
)
FOREIGN = Answer(
    "foreign",
    _("To know its level in Tunisia; it was issued abroad"),
    _("For example a certificate of a technician from Italy or Morocco."),
    services=("foreign_certificate_equivalence",),
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "who",
        _("Who are you?"),
        (
            Answer("trainee", _("A trainee or a graduate"), question="trainee"),
            Answer(
                "centre",
                _("A private training structure"),
                _("Also when it does not exist yet."),
                question="centre",
            ),
            Answer("employer", _("An employer"), question="employer"),
            Answer("other", _("Somebody else"), _("A worker, a parent, a neighbour."), question="other"),
        ),
    ),
    Question(
        "trainee",
        ABOUT,
        (
            Answer("certificate", _("A certificate that I hold"), question="certificate"),
            EXPERIENCE,
            COMPLAINT,
            CONTESTED,
        ),
    ),
    Question(
        "certificate",
        _("What do you want with your certificate?"),
        (
            FOREIGN,
            Answer(
                "genuine",
                _("To prove that it is genuine"),
                _("For an employer, or to use it abroad."),
                services=("certificate_authentication",),
            ),
            Answer(
                "tunisian",
                _("To know its level; it is Tunisian and older than homologation"),
                services=("certificate_classification",),
            ),
            Answer("lost", _("To replace it; it is lost or damaged"), services=("certificate_duplicate",)),
            Answer("mistake", _("To have a mistake on it corrected"), services=("certificate_correction",)),
            Answer(
                "unsure",
                _("I do not know"),
                _("Read how they differ, or ask us."),
                services=(
                    "foreign_certificate_equivalence",
                    "certificate_classification",
                    "certificate_authentication",
                    "certificate_duplicate",
                    "certificate_correction",
                ),
            ),
        ),
    ),
    Question(
        "centre",
        ABOUT,
        (
            Answer("structure", _("The structure itself, its premises, its director"), question="structure"),
            Answer("taught", _("What is taught, and homologation"), question="taught"),
            Answer("people", _("Trainers, trainees and sessions"), question="people"),
            Answer("results", _("Exams and certificates"), question="results"),
            Answer("duties", _("A report, an inspection or a decision"), question="duties"),
        ),
    ),
    Question(
        "structure",
        WANTED,
        _named(
            "structure_creation",
            "branch_opening",
            "premises_change",
            "director_change",
            "legal_status_change",
            "activity_suspension",
            "structure_closure",
            "provider_status_certificate",
        ),
    ),
    Question(
        "taught",
        WANTED,
        (
            Answer(
                "homologation",
                _("To have a diploma of ours homologated"),
                _("The diploma of a speciality that you teach, not the certificate of a person."),
                services=("diploma_homologation",),
            ),
            *_named(
                "homologation_renewal",
                "homologation_amendment",
                "paramedical_homologation",
                "competency_certificate_offer",
                "specialty_addition",
                "specialty_withdrawal",
                "advertising_clearance",
            ),
        ),
    ),
    Question(
        "people",
        WANTED,
        _named(
            "trainer_declaration",
            "trainee_enrolment",
            "foreign_trainee_registration",
            "training_session_declaration",
            "work_based_training_agreement",
        ),
    ),
    Question(
        "results",
        WANTED,
        _named(
            "exam_session_authorisation",
            "certificate_batch_validation",
            "attendance_certificate_validation",
            "certificate_correction",
        ),
    ),
    Question("duties", WANTED, (*_named("annual_activity_report", "inspection_response"), CONTESTED)),
    Question(
        "employer",
        WANTED,
        (
            Answer("check", _("To check certificates"), services=("employer_bulk_verification",)),
            *_named("work_based_training_agreement", "foreign_provider_authorisation"),
            STANDING,
            CONTESTED,
        ),
    ),
    Question(
        "other",
        WANTED,
        (
            FOREIGN,
            EXPERIENCE,
            Answer("check", _("To check somebody's certificate"), services=("employer_bulk_verification",)),
            COMPLAINT,
            STANDING,
        ),
    ),
)
BY_CODE: Mapping[str, Question] = {question.code: question for question in QUESTIONS}
FIRST = QUESTIONS[0]


def services_behind(answer: Answer) -> Iterator[str]:
    """The codes of the services that can still be reached by an answer; one may come twice."""
    yield from answer.services
    if answer.question:
        for following in BY_CODE[answer.question].answers:
            yield from services_behind(following)


def longest(question: Question) -> int:
    """How many questions there are at most, this one included."""
    return 1 + max((longest(BY_CODE[each.question]) for each in question.answers if each.question), default=0)
