"""A procedure that gives every member of the family, and a case of it with what each needs."""

from dataclasses import replace
from typing import Any

from procedures import api as p
from procedures import fields as f
from procedures.cases.models import Case
from procedures.definition import Output, Procedure
from procedures.documents import services
from procedures.documents.issuing import seal_document
from procedures.documents.models import Document
from procedures.registry import procedure
from tests.procedures.documents.factories import CODE, decided, filed_case


class Trainee(f.Fieldset):
    legend = "Trainee"
    last_name_ar = f.Arabic("Family name in Arabic")
    first_name_ar = f.Arabic("Given name in Arabic")
    last_name_lat = f.Latin("Family name")
    first_name_lat = f.Latin("Given name")
    id_number = f.IdentityNumber("Identity paper")
    born_on = f.Date("Born on")


class Asked(f.Fieldset):
    legend = "Asked"
    code = p.DocumentField("Code")


class Exam(f.Fieldset):
    legend = "Exam"
    day = f.Date("Day")
    hour = f.Text("Hour")
    room = f.Text("Room")
    subject = f.Text("Subject")


class Lost(f.Fieldset):
    legend = "Lost document"
    code = p.DocumentField("Code")
    why = f.Text("Reason")


HOLDER = p.Claims(holder="identity")
EXAM = {"day": "2026-12-14", "hour": "08:30", "room": "Salle 3", "subject": "Soudage"}
TRAINEES = [
    {"_row": "k1", "last_name_ar": "الملولي", "first_name_ar": "أحمد", "last_name_lat": "Mellouli",
     "first_name_lat": "Ahmed", "id_number": "01234214", "born_on": "2005-11-02"},
    {"_row": "k2", "last_name_ar": "قرية", "first_name_ar": "إيمان", "last_name_lat": "Gria",
     "first_name_lat": "Imen", "id_number": "07654087", "born_on": "2006-07-19"},
]  # fmt: skip
CALL_BODY = "You are called on %(exam.day)s to %(exam.room)s."
BODY = "It is certified, on %(exam.subject)s, that the jury passed\n\nKeep this paper: it is given once."


def output(frame: Any, code: str = "paper", **told: Any) -> Output:
    return Output(code, "A paper", number=9100, on=(p.Kind.GRANT,), claims=HOLDER, frame=frame, **told)


def teaching(*outputs: Output) -> Procedure:
    """The procedure of the other tests, with questions of a school and these outputs."""
    asked = p.Group("trainees", Trainee, most=60), p.Group("asked", Asked, most=60), Exam, Lost
    known = procedure(CODE)
    steps = (*known.steps, p.Step("school", "School", asked))
    return replace(known, steps=steps, outputs=outputs)


def granted(*, serial: int = 1, **answers: Any) -> tuple[Case, list[Document]]:
    """Documents of a decision on a case that answers so; prepared, not yet sealed."""
    case = filed_case(serial=serial)
    case.answers = {**case.answers, "exam": EXAM, "trainees": TRAINEES, **answers}
    case.save()
    decision = decided(case, answers={"granted": {"level": "BTP", "speciality": "ELEC-01"}})
    return case, services.prepare_documents(case=case, decision=decision)


def sealed(document: Document) -> Document:
    seal_document(document.pk)
    document.refresh_from_db()
    return document
