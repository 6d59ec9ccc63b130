"""T10: each route that changes something, and each reading of a person's file by staff, leaves its mark in the chain.

The list is made from the addresses: a route that is not told of here fails.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from portal.accounts.invitations import invite
from portal.backoffice.acts import ACTS
from portal.verification.sharing import share_document
from procedures import api as p
from procedures.audit.models import Entry
from procedures.bulk.models import BulkAct
from procedures.cases import services
from procedures.cases.models import DeskFiling
from procedures.documents.models import Document
from procedures.documents.services import prepare_receipt
from procedures.documents.status_changes import propose_status_change
from procedures.dossiers.services import order_whole_file, see_original, write_note
from procedures.inboxes.services import save_filter
from procedures.jobs.services import sweep
from procedures.mandates.services import give_mandate
from procedures.offices.models import Office, Role
from procedures.offices.services import open_office
from procedures.registry import procedure
from procedures.testing import posted, sample_answers
from procedures.visits.services import keep_photograph
from tests.portal.accounts.factories import person as an_account
from tests.portal.accounts.factories import with_password_only
from tests.portal.accounts.mailbox import code_to
from tests.portal.administration.test_invitations import link_to
from tests.portal.backoffice.factories import act_on, answer_to, at_screen_of, page_of, typed
from tests.portal.visits.test_rooms import three_boxes
from tests.procedures.evidence.corpus import photograph, upload
from tests.procedures.files.factories import Directorate
from tests.procedures.kernel.factories import House, hand_in, staff_of
from tests.procedures.visits.factories import Inspectorate
from tests.procedures.wizard.factories import Visitor
from tests.registers.organisations.factories import Body
from tests.visited.installed import visited_installed
from tests.workbench.routes import DECIDE, Town, installed, opinion, routed

pytestmark = pytest.mark.django_db
ITEMS = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Page 2"}]
WORDS = {"change": "revoke", "reason": "false_paper", "note": "The school denies it. Letter 12."}
OURS = ("backoffice", "dossiers", "inboxes", "absences", "desk", "mine", "wizard", "accounts", "files", "visits")

# Routes that neither change a case, a document or an account's rights nor show a member of staff a person's file.
UNRECORDED = {
    "files:home": "the procedures that one opens",
    "backoffice:inbox": "a list; the file is opened by its own address",
    "inboxes:bulk_acts": "one's own",
    "inboxes:bulk": "one's own: numbers and names of cases that the list shows",
    "absences:absences": "one's own, and who of one's office is away",
    "inboxes:workload": "numbers of cases by officer",
    "inboxes:cases_of": "a list; what it prepares is recorded as any act on several cases",
    "backoffice:documents": "a search; the document is opened by its own address",
    "backoffice:proposals": "a list of what waits for a second person",
    "desk:home": "one's own",
    "desk:messages": "one's own; marks messages as read",
    "desk:filed": "one's own",
    "desk:paper": "one's own",
    "mine:consulted": "one's own",
    "mine:consulted_case": "one's own",
    "backoffice:filed_at_desk": "number and code of what the officer has just filed, to hand over",
    "desk:attachment": "one's own",
    "desk:signatory_link": "the session remembers what was opened",
    "desk:signatory": "tried with the filing that it confirms, in test_signatories",
    "desk:confirmation": "tried with the filing that it confirms, in test_signatories",
    "desk:decision_link": "whoever holds the secret: recorded without an account, tried in test_refusal",
    "desk:confirm": "sends a code, or files as the wizard does",
    "mine:documents": "one's own",
    "mine:data": "one's own",
    "wizard:known": "a draft binds nobody",
    "wizard:start": "a draft binds nobody",
    "wizard:step": "a draft binds nobody",
    "wizard:paper": "a draft binds nobody",
    "wizard:parts": "a draft binds nobody",
    "wizard:pages": "only reads",
    "wizard:preview": "only reads",
    "wizard:resume": "a draft binds nobody",
    "wizard:device": "a draft binds nobody",
    "wizard:discard": "a draft binds nobody",
    "accounts:settings": "one's own language and addresses",
    "accounts:invitation": "the session remembers what was opened",
    "accounts:signup_by_phone": "one's own account",
}
UNRECORDED |= {
    "visits:overview": "a list; the visit is opened by its own address",
    "visits:shell": "a page that says nothing of anybody",
    "visits:worker": "a program",
}
Going = Callable[[House], Any]


def page(document: Document, name: str) -> str:
    return reverse(f"backoffice:{name}", args=(document.public_id,))


def a_document(house: House, output: str = "equivalence") -> Document:
    """A sealed paper; the making of the file itself is tried elsewhere."""
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)
    if output == "receipt":
        prepare_receipt(case=case)
    stored = Path(settings.TAKWIN_PRIVATE_STORAGE) / "sealed.pdf"
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")
    case.documents.filter(output=output).update(state=Document.State.ISSUED, stored="sealed.pdf")
    return case.documents.get(output=output)


def own_screen(house: House) -> Client:
    client = Client()
    client.force_login(house.applicant)
    return client


def named_routes(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from named_routes(each, (*spaces, each.namespace) if each.namespace else spaces)
        elif isinstance(each, URLPattern) and spaces and spaces[0] in OURS:
            yield f"{spaces[0]}:{each.name}"


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


def withdraw(house: House) -> Any:
    return own_screen(house).post(reverse("desk:withdraw", args=(house.files().public_id,)))


def correct(house: House) -> Any:
    case = house.files()
    services.ask_correction(case=case, by=house.desk, version=case.version, items=ITEMS)
    data = {"paper-transcripts-file": upload("new.jpg", photograph())}
    return own_screen(house).post(reverse("desk:correction", args=(case.public_id,)), data)


def write_to_the_office(house: House) -> Any:
    data = {"text": "May I bring the original?", "attached": upload("letter.jpg", photograph())}
    return own_screen(house).post(reverse("desk:write", args=(house.files().public_id,)), data)


def write_to_the_applicant(house: House) -> Any:
    return at_screen_of(house.desk).post(act_on(house.files(), "messages"), {"text": "Keep the original."})


def read_what_came_with_a_message(house: House) -> Any:
    write_to_the_office(house)
    case = house.applicant.cases.get()
    kept = case.messages.get().files.get()
    return at_screen_of(house.desk).get(f"{page_of(case)}messages/{kept.pk}/")


def hand_a_case_over(house: House) -> Any:
    body = Body()
    case = house.files(applicant=body.owner.person)
    type(case).objects.filter(pk=case.pk).update(organisation=body.organisation.public_id)
    client = Client()
    client.force_login(body.owner.person)
    return client.post(reverse("desk:hand_over", args=(case.public_id,)), {"to": str(body.secretary.person.pk)})


def ask_for_a_new_code(house: House) -> Any:
    return own_screen(house).post(reverse("desk:new_tracking_code", args=(house.files().public_id,)))


def file_at_a_desk(house: House) -> Any:
    data = {"procedure": "foreign_certificate_equivalence", "paper": "passport", "name": "Hedi"}
    return at_screen_of(house.desk).post(reverse("backoffice:file_at_desk"), data)


def open_a_file(house: House) -> Any:
    place = Directorate()
    found = procedure("formal_notice")
    answers = sample_answers(found, sample=found.samples[0], target={"structure": place.structure.number})
    at = reverse("files:open", args=("formal_notice",))
    return at_screen_of(place.inspector).post(at, posted(found, answers))


def print_the_receipt(house: House) -> Any:
    case = a_document(house, "receipt").case
    noted = {"officer": house.desk, "applicant": house.applicant, "office": house.region, "paper_seen": "passport"}
    DeskFiling.objects.create(draft_id=case.draft_id, started_at=case.filed_at, **noted)
    return at_screen_of(house.desk).get(reverse("backoffice:receipt_at_desk", args=(case.public_id,)))


def take_the_receipt(house: House) -> Any:
    return own_screen(house).get(reverse("desk:receipt", args=(a_document(house, "receipt").case.public_id,)))


def take_the_document(house: House) -> Any:
    return own_screen(house).get(reverse("desk:document", args=(a_document(house).public_id,)))


def share_a_document(house: House) -> Any:
    return own_screen(house).post(reverse("mine:document", args=(a_document(house).public_id,)), {"days": "7"})


def withdraw_a_link(house: House) -> Any:
    document = a_document(house)
    link = share_document(document=document, days=7, by=house.applicant)
    return own_screen(house).post(reverse("mine:withdraw_link", args=(document.public_id, link.public_id)))


def answer_what_is_asked(house: House) -> Any:
    with installed(routed(opinion(p.Concerned("case.applicant")), DECIDE)):
        town = Town()
        client = Client()
        client.force_login(town.applicant)
        at = reverse("desk:hearing", args=(town.files().public_id,))
        return client.post(at, {"advice-suitable": "True", "note": "I agree."})


def file_a_draft(house: House) -> Any:
    return Visitor(house.applicant).ready().file()


def recover_an_account(house: House) -> Any:
    asked = {"account": an_account().email, "paper_seen": "national_card", "new_email": "new@example.tn"}
    return at_screen_of(house.desk).post(reverse("accounts:recover"), asked)


def finish_a_recovery(house: House) -> Any:
    at = recover_an_account(house)["Location"]
    return at_screen_of(house.desk).post(at, {"code": code_to("new@example.tn")})


def give_a_mandate(house: House) -> Any:
    day = timezone.localdate() + timedelta(days=9)
    boxes = {"until_day": day.day, "until_month": day.month, "until_year": day.year}
    return own_screen(house).post(reverse("mine:mandates"), {"email": "proxy@example.tn", **boxes})


def end_a_mandate(house: House) -> Any:
    given = give_mandate(principal=house.applicant, email="proxy@example.tn", until=timezone.localdate())
    return own_screen(house).post(reverse("mine:mandate", args=(given.public_id,)), {"end": "1"})


def agree(house: House) -> Any:
    return own_screen(house).post(reverse("mine:consent", args=("reuse",)), {"agree": "1"})


def close_the_account(house: House) -> Any:
    client = Client()
    with_password_only(client, house.applicant)
    return client.post(reverse("mine:close"))


def accept_an_invitation(house: House) -> Any:
    chief = staff_of(house.central, Role.ADMINISTRATOR)
    invite(email="new@example.tn", name="Nadia", language="en", office=house.central, role=Role.AUDITOR, by=chief)
    newcomer = Client()
    newcomer.get(link_to("new@example.tn"))
    given = {"name": "Nadia", "password": "longue-phrase-de-passe"}
    return newcomer.post(reverse("accounts:accept_invitation"), given)


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


def a_refusal(house: House) -> Document:
    """A letter of refusal that may be contested before a service above."""
    above = open_office(code="appeals", kind="central", names=dict.fromkeys(("ar", "fr", "en"), "Appeals"))
    Office.objects.filter(pk=house.central.pk).update(above=above)
    case = house.at_signature(kind="refuse", reasons=("body_not_recognised",))
    services.sign(case=case, by=house.delegate, version=case.version)
    stored = Path(settings.TAKWIN_PRIVATE_STORAGE) / "sealed.pdf"
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")
    case.documents.filter(output="refusal").update(state=Document.State.ISSUED, stored="sealed.pdf")
    return case.documents.get(output="refusal")


def open_a_refused_case(house: House) -> Any:
    return own_screen(house).get(reverse("desk:case", args=(a_refusal(house).case.public_id,)))


def begin_an_appeal(house: House) -> Any:
    return own_screen(house).post(reverse("desk:appeal", args=(a_refusal(house).case.public_id,)))


def hand_a_letter_over(house: House) -> Any:
    day = three_boxes("on", timezone.localdate())
    said = day | {"way": "desk", "to_name": "Amna", "capacity": "holder", "proof": "passport"}
    return at_screen_of(house.officer).post(page(a_refusal(house), "hand_document_over"), said)


def read_the_register(house: House) -> Any:
    return at_screen_of(house.officer).get(reverse("backoffice:handed_over"))


def take_the_register(house: House) -> Any:
    return at_screen_of(house.officer).post(reverse("backoffice:export_handed_over"), {"format": "csv"})


def beside(name: str, make: Callable[[House, Any], Any] | None = None, **posted: str) -> Going:
    """Send what is written beside a case that has one paper; `make` makes what it is about."""

    def go(house: House) -> Any:
        case = hand_in(house.files(), "transcripts").case
        made = (make(house, case).public_id,) if make else ()
        return at_screen_of(house.desk).post(reverse(f"dossiers:{name}", args=(case.public_id, *made)), posted)

    return go


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


RECORDED: dict[str, tuple[Going, str]] = {
    "desk:case": (open_a_refused_case, "case.notified"),
    "desk:appeal": (begin_an_appeal, "appeal.begin"),
    "backoffice:hand_document_over": (hand_a_letter_over, "document.handed_over"),
    "backoffice:handed_over": (read_the_register, "register.read"),
    "backoffice:export_handed_over": (take_the_register, "register.exported"),
    "backoffice:case": (read_a_case, "case.read"),
    "backoffice:paper": (read_a_paper, "paper.read"),
    "visits:plan": (plan_a_visit, "visit.plan"),
    "visits:visit": (on_visit("visit"), "case.read"),
    "visits:change": (on_visit("change", post={}), "visit.reschedule"),
    "visits:call_off": (on_visit("call_off", post={}), "visit.call_off"),
    "visits:begin": (on_visit("begin", post={}), "visit.begin"),
    "visits:site": (on_visit("site", state="begun", post={"batch": str(uuid.uuid4())}), "visit.synchronise"),
    "visits:photographs": (
        on_visit(
            "photographs",
            state="begun",
            post={"key": str(uuid.uuid4()), "item": "front", "file": upload("front.jpg", photograph())},
        ),
        "visit.photograph",
    ),
    "visits:photograph": (open_a_photograph, "paper.read"),
    "visits:report": (on_visit("report", state="answered", post={}), "visit.report"),
    "visits:close": (on_visit("close", state="reported", post={}), "visit.close"),
    "visits:reopen": (on_visit("reopen", state="reported", post={}), "visit.reopen_report"),
    "visits:checklist": (on_visit("checklist"), "case.read"),
    "visits:report_file": (on_visit("report_file", state="reported"), "case.read"),
    "backoffice:reveal": (reveal_a_number, "identity.read"),
    "backoffice:act": (act, "case.accept_completeness"),
    "backoffice:document": (read_a_document, "document.read"),
    "backoffice:file": (open_a_document, "document.opened"),
    "backoffice:propose": (propose, "document.change_proposed"),
    "backoffice:decide": (decide, "document.change_approved"),
    "inboxes:save_filter": (save_a_filter, "filter.saved"),
    "inboxes:delete_filter": (delete_a_filter, "filter.deleted"),
    "inboxes:follow": (follow, "case.followed"),
    "inboxes:export": (export, "inbox.exported"),
    "inboxes:new_bulk": (prepare_several, "bulk.prepared"),
    "inboxes:order": (lambda house: with_several(house, "order"), "bulk.ordered"),
    "inboxes:undo": (lambda house: with_several(house, "order", "undo"), "bulk.undo_ordered"),
    "inboxes:drop": (lambda house: with_several(house, "drop"), "bulk.dropped"),
    "dossiers:note": (beside("note", text="Ask the school."), "note.written"),
    "dossiers:strike": (beside("strike", a_note, reason="Wrong case."), "note.struck"),
    "dossiers:original": (beside("original", paper="transcripts"), "original.seen"),
    "dossiers:take_back": (beside("take_back", an_original, reason="A copy."), "original.taken_back"),
    "dossiers:whole": (beside("whole", reason="court", copy="party"), "whole_file.asked"),
    "dossiers:download": (take_the_whole_file, "file.read"),
    "absences:declare": (go_away, "office.absence"),
    "absences:declare_for": (note_an_absence, "office.absence"),
    "absences:back": (come_back, "office.end_absence"),
    "desk:withdraw": (withdraw, "case.withdraw"),
    "desk:correction": (correct, "case.return_correction"),
    "desk:write": (write_to_the_office, "case.message"),
    "desk:hearing": (answer_what_is_asked, "case.record_opinion"),
    "desk:hand_over": (hand_a_case_over, "case.hand_over"),
    "desk:new_tracking_code": (ask_for_a_new_code, "case.renew_tracking_code"),
    "backoffice:write": (write_to_the_applicant, "case.message"),
    "backoffice:attachment": (read_what_came_with_a_message, "paper.read"),
    "backoffice:file_at_desk": (file_at_a_desk, "desk.start_filing"),
    "files:open": (open_a_file, "case.open_file"),
    "backoffice:receipt_at_desk": (print_the_receipt, "document.opened"),
    "desk:receipt": (take_the_receipt, "document.download"),
    "desk:document": (take_the_document, "document.download"),
    "mine:document": (share_a_document, "document.share"),
    "mine:withdraw_link": (withdraw_a_link, "document.unshare"),
    "mine:mandates": (give_a_mandate, "mandate.give"),
    "mine:mandate": (end_a_mandate, "mandate.end"),
    "mine:consent": (agree, "consent.give"),
    "mine:download": (lambda house: own_screen(house).post(reverse("mine:download")), "account.download"),
    "mine:close": (close_the_account, "account.close"),
    "wizard:file": (file_a_draft, "case.file_case"),
    "accounts:accept_invitation": (accept_an_invitation, "account.accept_invitation"),
    "accounts:recover": (recover_an_account, "account.recovery_asked"),
    "accounts:recover_code": (finish_a_recovery, "account.recovered"),
}


@pytest.fixture(autouse=True)
def _a_procedure_with_a_visit() -> Iterator[None]:
    with visited_installed():
        yield


@pytest.fixture
def house() -> House:
    return House()


def test_every_route_of_ours_is_told_of_here():
    routes = set(named_routes(get_resolver()))
    assert routes == set(RECORDED) | set(UNRECORDED)
    assert not set(RECORDED) & set(UNRECORDED)


@pytest.mark.parametrize("route", RECORDED)
def test_what_is_done_or_read_through_a_route_leaves_its_mark_once(house, route):
    go, action = RECORDED[route]

    answer = go(house)

    assert answer.status_code in (200, 302), answer.status_code
    assert Entry.objects.filter(action=action).exclude(actor=None).count() == 1
    if getattr(answer, "streaming", False):
        answer.close()


@pytest.mark.parametrize("slug", ACTS)
def test_an_officer_who_opens_an_act_has_read_the_file_and_that_is_recorded(house, slug):
    case = house.files()

    at_screen_of(house.desk).get(act_on(case, slug))

    assert Entry.objects.filter(action="case.read", actor=house.desk.pk, subject_id=str(case.pk)).count() == 1
