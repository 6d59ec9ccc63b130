"""T10: each route that changes something, and each reading of a person's file by staff, leaves its mark in the chain.

The list is made from the addresses: a route that is not told of here fails.
"""

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.backoffice.acts import ACTS
from procedures.audit.models import Entry
from tests.portal.backoffice.acts_of_officers import (
    a_note,
    act,
    an_original,
    come_back,
    compare_a_pair,
    decide,
    delete_a_filter,
    export,
    file_at_a_desk,
    follow,
    go_away,
    hand_a_letter_over,
    make_a_held_document_anew,
    note_an_absence,
    on_visit,
    open_a_document,
    open_a_file,
    open_a_photograph,
    plan_a_visit,
    prepare_several,
    propose,
    read_a_case,
    read_a_document,
    read_a_paper,
    read_the_register,
    read_what_came_with_a_message,
    reveal_a_number,
    save_a_filter,
    take_an_appeal,
    take_the_register,
    take_the_whole_file,
    with_several,
    write_to_the_applicant,
)
from tests.portal.backoffice.acts_of_people import (
    accept_an_invitation,
    agree,
    answer_what_is_asked,
    ask_for_a_new_code,
    begin_an_appeal,
    close_the_account,
    correct,
    end_a_mandate,
    file_a_draft,
    finish_a_recovery,
    give_a_mandate,
    hand_a_case_over,
    open_a_refused_case,
    print_the_receipt,
    recover_an_account,
    share_a_document,
    take_a_badge,
    take_a_credential,
    take_the_document,
    take_the_receipt,
    withdraw,
    withdraw_a_link,
    write_to_the_office,
)
from tests.portal.backoffice.factories import act_on, at_screen_of
from tests.portal.backoffice.going import Going, beside, own_screen
from tests.procedures.evidence.corpus import photograph, upload
from tests.procedures.kernel.factories import House
from tests.visited.installed import visited_installed

pytestmark = pytest.mark.django_db
OURS = (
    "backoffice",
    "dossiers",
    "inboxes",
    "absences",
    "desk",
    "mine",
    "wizard",
    "accounts",
    "files",
    "visits",
    "practice",
)

# Routes that neither change a case, a document or an account's rights nor show a member of staff a person's file.
UNRECORDED = {
    "files:home": "the procedures that one opens",
    "files:pairs": "a list of proposed pairs; each is compared at its own address",
    "backoffice:inbox": "a list; the file is opened by its own address",
    "inboxes:bulk_acts": "one's own",
    "inboxes:bulk": "one's own: numbers and names of cases that the list shows",
    "absences:absences": "one's own, and who of one's office is away",
    "inboxes:workload": "numbers of cases by officer",
    "inboxes:cases_of": "a list; what it prepares is recorded as any act on several cases",
    "backoffice:documents": "a search; the document is opened by its own address",
    "backoffice:held": "a list of documents that nobody has received; it names nobody",
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
    "practice:home": "there in a practice space alone; its mark is looked for in tests/portal/practice",
    "practice:again": "there in a practice space alone; its mark is looked for in tests/portal/practice",
}


def named_routes(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from named_routes(each, (*spaces, each.namespace) if each.namespace else spaces)
        elif isinstance(each, URLPattern) and spaces and spaces[0] in OURS:
            yield f"{spaces[0]}:{each.name}"


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
    "backoffice:release": (make_a_held_document_anew, "document.released"),
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
    "backoffice:appeal_at_desk": (take_an_appeal, "appeal.begin"),
    "backoffice:file_at_desk": (file_at_a_desk, "desk.start_filing"),
    "files:open": (open_a_file, "case.open_file"),
    "files:pair": (compare_a_pair, "people.proposal_read"),
    "backoffice:receipt_at_desk": (print_the_receipt, "document.opened"),
    "desk:receipt": (take_the_receipt, "document.download"),
    "desk:document": (take_the_document, "document.download"),
    "mine:document": (share_a_document, "document.share"),
    "mine:credential": (take_a_credential, "document.credential"),
    "mine:badge": (take_a_badge, "document.credential"),
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
