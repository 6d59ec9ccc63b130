"""Cases that wait for what their people do next, one set a language: told as JSON by a process of its own."""

import json
import sys
import uuid
from datetime import timedelta
from typing import Any

import django

LANGUAGES = ("ar", "fr")
HOURS, TRANSCRIPTS = "foreign_certificate.hours", "paper.transcripts"


def main() -> None:
    django.setup()
    from django.contrib.auth import get_user_model

    people = {
        code: get_user_model().objects.get(email=f"{code}@demo.takwin.example")
        for code in ("trainee", "centre", "officer")
    }
    json.dump({language: made_in(language, people) for language in LANGUAGES}, sys.stdout)


def made_in(language: str, people: dict[str, Any]) -> dict[str, str]:
    to_mend, of_a_body = asked(people), belongs_to_the_centre(people, language)
    told = {"correction": to_mend, "withdraw": filed(people), "handed_over": of_a_body}
    told |= {"waiting": waiting(people, language), "minor": of_a_minor(people, language), "consulted": filed(people)}
    found = {name: str(case.public_id) for name, case in told.items()}
    found |= {"number": to_mend.number, "code": to_mend.tracking_code, "waiting_number": told["waiting"].number}
    found["minor_number"] = told["minor"].number
    return found | {"draft": str(ready_to_file(people, language).pk)}


def filed(people: dict[str, Any], applicant: Any = None, **answers: Any) -> Any:
    from tests.procedures.kernel.factories import file

    return file(applicant or people["trainee"], contact={"governorate": "TN-82"}, **answers)


def asked(people: dict[str, Any]) -> Any:
    """One answer and one paper are to be mended."""
    from procedures.cases import services
    from tests.procedures.kernel.factories import hand_in

    case = filed(people)
    hand_in(case, "transcripts")
    items = [
        {"path": HOURS, "reason": "incorrect", "note": "804?"},
        {"path": TRANSCRIPTS, "reason": "unreadable", "note": "2"},
    ]
    services.ask_correction(case=case, by=people["officer"], version=case.version, items=items, note="")
    case.refresh_from_db()
    return case


def belongs_to_the_centre(people: dict[str, Any], language: str) -> Any:
    """An application of the centre's organisation, in which a colleague serves too."""
    from procedures.representation import represented_by
    from registers.organisations.models import Organisation
    from registers.organisations.services import begin_service
    from tests.procedures.kernel.factories import a_person

    body = next(each for each in represented_by(people["centre"]) if each.files)
    begin_service(
        organisation=Organisation.objects.get(public_id=body.organisation),
        person=a_person(f"Colleague {language}"),
        role="secretary",
    )
    case = filed(people, people["centre"])
    case.organisation = body.organisation
    case.save(update_fields=["organisation"])
    return case


def workshop(language: str) -> tuple[Any, dict[str, Any]]:
    from procedures.resolving import resolve
    from procedures.testing import sample_answers

    procedure = resolve("workbench")
    answers = sample_answers(procedure, language, project={"kind": "workshop"}, asking={"governorate": "TN-82"})
    return procedure, answers


def waiting(people: dict[str, Any], language: str) -> Any:
    """Two partners must confirm it."""
    from django.utils import timezone

    from procedures.cases.services import file_case
    from procedures.rules import Situation

    procedure, answers = workshop(language)
    answers["partners"] = [
        {"_row": row * 6, "name": row, "email": f"{row}-{language}@partners.example.tn"} for row in ("k", "m")
    ]
    return file_case(
        draft_id=uuid.uuid4(),
        procedure=procedure,
        answers=answers,
        situation=Situation(procedure, answers, on=timezone.localdate()),
        applicant=people["trainee"],
        language=language,
        on=timezone.now(),
    )


def of_a_minor(people: dict[str, Any], language: str) -> Any:
    """The guardian must confirm it."""
    from django.utils import timezone

    born = timezone.localdate() - timedelta(days=16 * 366)
    guardian = {"acts": False, "email": f"guardian-{language}@example.tn"}
    issued = {"issued_on": (timezone.localdate() - timedelta(days=120)).isoformat()}
    return filed(people, identity={"birth_date": born.isoformat()}, guardian=guardian, foreign_certificate=issued)


def ready_to_file(people: dict[str, Any], language: str) -> Any:
    """A draft of the trainee's to which only the declaration and the code are wanting: a course has no partners."""
    from django.utils import timezone

    from procedures.resolving import resolve
    from procedures.testing import posted, sample_answers
    from procedures.wizard.models import Draft
    from tests.procedures.kernel.factories import hand_in

    procedure = resolve("workbench")
    answers = sample_answers(procedure, language, project={"kind": "course"}, asking={"governorate": "TN-82"})
    typed: dict[str, Any] = {}
    for code, given in answers.items():
        step = procedure.blocks[code].step
        assert step
        page = typed.setdefault(step.code, {"data": {}, "at": 1})
        data = posted(procedure, {code: given}).items()
        page["data"] |= {name: value if isinstance(value, list) else [value] for name, value in data}
    draft = Draft.objects.create(
        owner=people["trainee"],
        procedure=procedure.code,
        procedure_version=procedure.version,
        answers=answers,
        typed=typed,
        done_steps=list(typed),
        version=1,
        language=language,
        saved_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=90),  # test_drafts ends what has ten days or less
    )
    case = filed(people)  # a row needs somebody's name on it; the papers then move to the draft
    for paper in ("identity", "plan"):
        type(hand_in(case, paper)).objects.filter(case=case, paper=paper).update(case=None, draft=draft)
    return draft


if __name__ == "__main__":
    main()
