"""Each act and each reading of officers through the pages of the office, done once in a small house."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from procedures.bulk.models import BulkAct
from procedures.documents.models import Document
from procedures.documents.status_changes import propose_status_change
from procedures.dossiers.services import order_whole_file, see_original, write_note
from procedures.inboxes.services import save_filter
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from procedures.registry import procedure
from procedures.testing import posted, sample_answers
from procedures.visits.services import keep_photograph
from tests.portal.backoffice.acts_of_people import write_to_the_office
from tests.portal.backoffice.factories import act_on, answer_to, at_screen_of, page_of, typed
from tests.portal.backoffice.going import WORDS, Going, a_document, a_refusal, page
from tests.portal.visits.test_rooms import three_boxes
from tests.procedures.evidence.corpus import photograph, upload
from tests.procedures.files.factories import Directorate
from tests.procedures.kernel.factories import House, hand_in, staff_of
from tests.procedures.visits.factories import Inspectorate
from tests.registers.people.test_duplicates import a_proposal


def on_visit(name: str, *, state: str = "planned", post: Any = None, **more: Any) -> Going:
    """Open, or send, a page of a visit that stands at `state`."""

    def go(house: House) -> Any:
        there = Inspectorate(house.region)
        makers = {"planned": there.planned, "begun": there.begun, "answered": there.answered}
        visit = makers["answered" if state == "reported" else state]()
        if state == "reported":
            visit = there.reports(visit)
        screen, address = at_screen_of(there.ines), reverse(f"visits:{name}", args=(visit.public_id,))
        if post is None:
            return screen.get(address)
        day = timezone.localdate()
        said = {"version": str(visit.version)} | three_boxes("planned_on", day) | three_boxes("visited_on", day)
        return screen.post(address, said | {"lead": there.ines.pk, "reason": "x", "seen-capacity": "40"} | post)

    return go


def plan_a_visit(house: House) -> Any:
    there = Inspectorate(house.region)
    day = timezone.localdate()
    said = three_boxes("planned_on", day) | {"lead": there.ines.pk}
    said |= {"announced": "yes", "checklist": there.checklist.pk, "place_name": "Centre", "place_address": "Tunis"}
    return at_screen_of(there.ines).post(reverse("visits:plan", args=(there.at_visit().public_id,)), said)


def open_a_photograph(house: House) -> Any:
    there = Inspectorate(house.region)
    visit = there.begun()
    file = upload("front.jpg", photograph())
    taken = keep_photograph(visit=visit, by=there.ines, key=uuid.uuid4(), item="front", file=file)
    address = reverse("visits:photograph", args=(visit.public_id, taken.public_id))
    return at_screen_of(there.ines).get(address)


def read_a_case(house: House) -> Any:
    return at_screen_of(house.desk).get(page_of(house.files()))


def read_a_paper(house: House) -> Any:
    kept = hand_in(house.files(), "transcripts")
    stored = Path(settings.TAKWIN_PRIVATE_STORAGE) / kept.stored
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")
    return at_screen_of(house.desk).get(f"{page_of(kept.case)}papers/{kept.pk}/")


def reveal_a_number(house: House) -> Any:
    return at_screen_of(house.desk).post(act_on(house.files(), "reveal"), {"path": "identity.id_number"})


def act(house: House) -> Any:
    case = house.files()
    return at_screen_of(house.desk).post(act_on(case, "accept_completeness"), typed(case))


def read_a_document(house: House) -> Any:
    return at_screen_of(house.officer).get(page(a_document(house), "document"))


def open_a_document(house: House) -> Any:
    return at_screen_of(house.officer).get(page(a_document(house), "file"))


def propose(house: House) -> Any:
    return at_screen_of(house.officer).post(page(a_document(house), "propose"), WORDS)


def decide(house: House) -> Any:
    document = a_document(house)
    propose_status_change(document=document, by=house.officer, **WORDS)
    administrator = staff_of(house.central, Role.ADMINISTRATOR)
    return at_screen_of(administrator).post(page(document, "decide"), answer_to(document, "yes"))


def make_a_held_document_anew(house: House) -> Any:
    document = a_document(house)
    Document.objects.filter(pk=document.pk).update(state=Document.State.HELD, stored="")
    return at_screen_of(house.officer).post(page(document, "release"))


def write_to_the_applicant(house: House) -> Any:
    return at_screen_of(house.desk).post(act_on(house.files(), "messages"), {"text": "Keep the original."})


def read_what_came_with_a_message(house: House) -> Any:
    write_to_the_office(house)
    case = house.applicant.cases.get()
    kept = case.messages.get().files.get()
    return at_screen_of(house.desk).get(f"{page_of(case)}messages/{kept.pk}/")


def file_at_a_desk(house: House) -> Any:
    data = {"procedure": "foreign_certificate_equivalence", "paper": "passport", "name": "Hedi"}
    return at_screen_of(house.desk).post(reverse("backoffice:file_at_desk"), data)


def take_an_appeal(house: House) -> Any:
    case = a_refusal(house).case
    assert case is not None
    at = reverse("backoffice:appeal_at_desk", args=(case.public_id,))
    return at_screen_of(house.desk).post(at, {"paper": "passport"})


def open_a_file(house: House) -> Any:
    place = Directorate()
    found = procedure("formal_notice")
    answers = sample_answers(found, sample=found.samples[0], target={"structure": place.structure.number})
    at = reverse("files:open", args=("formal_notice",))
    return at_screen_of(place.inspector).post(at, posted(found, answers))


def compare_a_pair(house: House) -> Any:
    return at_screen_of(house.officer).get(reverse("files:pair", args=(a_proposal(cards=False).pk,)))


def save_a_filter(house: House) -> Any:
    return at_screen_of(house.desk).post(reverse("inboxes:save_filter"), {"name": "Late", "query": "due=late"})


def delete_a_filter(house: House) -> Any:
    kept = save_filter(name="Late", query="due=late", office=None, by=house.desk)
    return at_screen_of(house.desk).post(reverse("inboxes:delete_filter", args=(kept.public_id,)))


def follow(house: House) -> Any:
    return at_screen_of(house.desk).post(reverse("inboxes:follow", args=(house.files().public_id,)), {"follow": "1"})


def export(house: House) -> Any:
    house.files()
    return at_screen_of(house.desk).post(reverse("inboxes:export"), {"col": "number", "format": "csv"})


def prepare_several(house: House) -> Any:
    asked = {"act": "follow", "which": "chosen", "case": str(house.files().public_id)}
    return at_screen_of(house.desk).post(reverse("inboxes:new_bulk"), asked)


def with_several(house: House, *steps: str) -> Any:
    prepare_several(house)
    for step in steps:
        sweep(kinds=("bulk.foresee",))
        told = at_screen_of(house.desk).post(reverse(f"inboxes:{step}", args=(BulkAct.objects.get().public_id,)))
    return told


def hand_a_letter_over(house: House) -> Any:
    day = three_boxes("on", timezone.localdate())
    said = day | {"way": "desk", "to_name": "Amna", "capacity": "holder", "proof": "passport"}
    return at_screen_of(house.officer).post(page(a_refusal(house), "hand_document_over"), said)


def read_the_register(house: House) -> Any:
    return at_screen_of(house.officer).get(reverse("backoffice:handed_over"))


def take_the_register(house: House) -> Any:
    return at_screen_of(house.officer).post(reverse("backoffice:export_handed_over"), {"format": "csv"})


def a_note(house: House, case: Any) -> Any:
    return write_note(case=case, by=house.desk, text="Ask the school.")


def an_original(house: House, case: Any) -> Any:
    return see_original(case=case, by=house.desk, paper="transcripts")


def take_the_whole_file(house: House) -> Any:
    case = house.files()
    told = {"reason": "court", "language": "en", "for_office": False}
    whole = order_whole_file(case=case, by=house.desk, **told)
    sweep(kinds=("dossiers.whole_file",))
    address = reverse("dossiers:download", args=(case.public_id, whole.public_id, "zip"))
    return at_screen_of(house.desk).get(address)


def go_away(house: House) -> Any:
    return at_screen_of(house.desk).post(reverse("absences:declare"), away_days())


def note_an_absence(house: House) -> Any:
    """The signatory heads the service in which the officer serves."""
    address = reverse("absences:declare_for", args=(house.officer.pk,))
    return at_screen_of(house.delegate).post(address, away_days())


def come_back(house: House) -> Any:
    go_away(house)
    back = three_boxes("on", timezone.localdate())
    return at_screen_of(house.desk).post(reverse("absences:back", args=(house.desk.absences.get().pk,)), back)


def away_days() -> dict[str, str]:
    return three_boxes("since", timezone.localdate()) | three_boxes("until", timezone.localdate() + timedelta(days=2))
