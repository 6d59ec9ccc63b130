"""Each act through its address: the right person does it, the wrong one does not, and nothing typed is lost."""

import pytest
from django.utils import timezone

from procedures.cases import selectors, services
from procedures.cases.models import Case, Decision
from procedures.cases.states import State
from procedures.documents.models import SealKey
from procedures.documents.reading_back import without_font
from procedures.offices.models import Role
from procedures.refusal import Refusal
from procedures.resolving import resolve
from procedures.testing import posted, sample_stage_answers
from tests.portal.backoffice.factories import act_on, at_screen_of, page_of, typed
from tests.procedures.kernel.factories import CODE, House, hand_in, staff_of, the_directorate

pytestmark = pytest.mark.django_db
REASON = "no_matching_level"
SESSION = {"held_on_0": "", "held_on_1": "", "held_on_2": ""}


@pytest.fixture
def house() -> House:
    return House()


def examined() -> dict:
    procedure = resolve(CODE)
    return posted(procedure, sample_stage_answers(procedure, "instruction"))


def granted() -> dict:
    procedure = resolve(CODE)
    return {"kind": "grant", "motivation": ""} | posted(procedure, sample_stage_answers(procedure, "decision"))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_desk_officer_accepts_a_complete_file_and_the_clock_starts(house):
    case = house.files()

    answer = at_screen_of(house.desk).post(act_on(case, "accept_completeness"), typed(case), follow=True)

    assert fresh(case).state == State.INSTRUCTION
    assert fresh(case).due_on is not None
    assert "The file is complete" in answer.content.decode()


def test_a_paper_that_was_not_accepted_stands_in_the_way_and_the_note_is_kept(house):
    case = house.files()
    hand_in(case, "transcripts")
    services.review_paper(case=case, by=house.desk, paper="transcripts", verdict="refused", note="Not hers.")

    answer = at_screen_of(house.desk).post(act_on(case, "accept_completeness"), typed(case, note="Seen twice"))

    assert fresh(case).state == State.COMPLETENESS
    assert "A paper was not accepted" in answer.content.decode()
    assert "Seen twice" in answer.content.decode()


def test_a_verdict_on_a_paper_is_kept_and_one_against_it_needs_a_remark(house):
    case = house.files()
    hand_in(case, "transcripts")
    client, address = at_screen_of(house.desk), act_on(case, "review_paper")

    refused = client.post(address, typed(case, paper="transcripts", row="", verdict="to_correct", note=""))
    assert "Write what is wrong with this paper." in refused.content.decode()
    assert not case.paper_reviews.exists()

    client.post(address, typed(case, paper="transcripts", row="", verdict="to_correct", note="Page 2 is dark"))
    assert case.paper_reviews.get().note == "Page 2 is dark"
    assert "Page 2 is dark" in client.get(page_of(case)).content.decode()


def test_a_correction_is_asked_for_what_was_ticked_each_with_its_reason_and_note(house):
    case = house.files()
    client, path = at_screen_of(house.desk), "foreign_certificate.hours"

    form = client.get(act_on(case, "ask_correction"), {"ask": path}).content.decode()
    assert f'name="reason:{path}"' in form

    data = typed(case, ask=[path, "paper.transcripts"], message="Two things.")
    data |= {f"reason:{path}": "incorrect", f"note:{path}": "The programme says 804."}
    data |= {"reason:paper.transcripts": "unreadable", "note:paper.transcripts": "Page 2."}
    client.post(act_on(case, "ask_correction"), data)

    asked = case.corrections.get()
    assert [item["path"] for item in asked.items] == [path, "paper.transcripts"]
    assert asked.note == "Two things."
    assert fresh(case).state == State.CORRECTION


def test_a_correction_without_a_reason_is_refused_and_what_was_typed_stays(house):
    case = house.files()
    data = typed(case, ask=["paper.transcripts"], message="Please mend", **{"note:paper.transcripts": "Too dark"})

    answer = at_screen_of(house.desk).post(act_on(case, "ask_correction"), data).content.decode()

    assert "Choose what is wrong with" in answer
    assert "Too dark" in answer
    assert "Please mend" in answer
    assert fresh(case).state == State.COMPLETENESS


def test_a_correction_of_nothing_is_refused(house):
    case = house.files()

    answer = at_screen_of(house.desk).post(act_on(case, "ask_correction"), typed(case, message="Hm"))

    assert "Tick at least one answer or paper" in answer.content.decode()
    assert not case.corrections.exists()


def test_ticking_more_keeps_what_was_typed_and_sends_nothing(house):
    case = house.files()
    data = typed(case, ask=["paper.transcripts", "paper.programme"], more="1", **{"note:paper.transcripts": "Too dark"})

    answer = at_screen_of(house.desk).post(act_on(case, "ask_correction"), data).content.decode()

    assert 'name="reason:paper.programme"' in answer
    assert "Too dark" in answer
    assert not case.corrections.exists()


def test_the_central_officer_closes_the_examination_with_typed_answers(house):
    case = house.at_instruction()

    at_screen_of(house.officer).post(act_on(case, "close_instruction"), typed(case, note="Done") | examined())

    assert fresh(case).state == State.COMMISSION
    record = case.stages.get(kind=State.INSTRUCTION)
    assert record.answers["official_classification"]
    assert record.note == "Done"


def test_an_examination_without_its_answers_is_refused_beside_each_field(house):
    case = house.at_instruction()

    answer = at_screen_of(house.officer).post(act_on(case, "close_instruction"), typed(case, note="Almost"))

    assert fresh(case).state == State.INSTRUCTION
    assert 'class="summary"' in answer.content.decode()
    assert "Almost" in answer.content.decode()


def test_a_decision_starts_with_what_the_applicant_asked(house):
    case = house.at_decision()

    form = at_screen_of(house.officer).get(act_on(case, "prepare_decision")).context["filled"].blocks[0][1]

    assert form["level"].value() == case.answers["target"]["level"]
    assert form["speciality"].value() == case.answers["target"]["speciality"]


def test_a_grant_is_prepared_with_what_is_granted(house):
    case = house.at_decision()

    at_screen_of(house.officer).post(act_on(case, "prepare_decision"), typed(case) | granted())

    assert fresh(case).state == State.SIGNATURE
    assert selectors.standing_decision(case).answers["granted"]["level"]


def test_a_refusal_without_a_reason_is_refused_and_its_grounds_stay(house):
    case = house.at_decision()
    data = typed(case, kind="refuse", motivation="The hours do not suffice.")

    answer = at_screen_of(house.officer).post(act_on(case, "prepare_decision"), data).content.decode()

    assert "Choose at least one reason" in answer
    assert "The hours do not suffice." in answer
    assert fresh(case).state == State.DECISION


def test_a_refusal_takes_reasons_and_asks_nothing_of_what_would_be_granted(house):
    case = house.at_decision()

    at_screen_of(house.officer).post(act_on(case, "prepare_decision"), typed(case, kind="refuse", reasons=[REASON]))

    assert selectors.standing_decision(case).reasons == [REASON]


def test_the_page_of_signature_shows_what_will_be_sealed(house):
    case = house.at_signature()

    page = at_screen_of(house.delegate).get(act_on(case, "sign")).content.decode()

    assert case.number in page
    assert "Equivalence decision" in page
    assert "Omar" in page


def test_another_person_signs(house):
    case = house.at_signature(kind="refuse", reasons=(REASON,))

    at_screen_of(house.delegate).post(act_on(case, "sign"), typed(case))

    assert fresh(case).state == State.REFUSED


def test_nothing_is_decided_while_no_key_is_fit_to_seal(house):
    case = house.at_signature(kind="refuse", reasons=(REASON,))
    SealKey.objects.filter(purpose="qr").update(revoked_at=timezone.now())

    page = at_screen_of(house.delegate).post(act_on(case, "sign"), typed(case))

    assert "Documents cannot be sealed at present, so nothing was changed." in page.content.decode()
    assert fresh(case).state == State.SIGNATURE


@pytest.mark.parametrize(("sign", "is_signed"), [("\u2713", False), ("\u202f", True), ("\u200f", True)])
def test_a_sign_that_cannot_be_printed_is_told_at_signing_and_holds_no_case_up_afterwards(house, sign, is_signed):
    motive = f"Le dossier{sign}ne suffit pas."
    case = house.at_signature(kind="refuse", reasons=(REASON,))
    Decision.objects.filter(case=case).update(motivation=motive)

    page = at_screen_of(house.delegate).post(act_on(case, "sign"), typed(case))

    assert fresh(case).state == (State.REFUSED if is_signed else State.SIGNATURE)
    if is_signed:
        letter = case.documents.get(output="refusal")
        assert without_font(letter.content) == []
    else:
        assert f"These signs cannot be printed: {sign}." in page.content.decode()


def test_a_duplicate_of_what_is_not_in_force_is_told_to_whoever_signs(house, monkeypatch):
    def refused(**kwargs):
        raise Refusal("The document to repeat is not in force.")

    monkeypatch.setattr("procedures.documents.services._prepare_output", lambda *args: refused())
    case = house.at_signature()

    page = at_screen_of(house.delegate).post(act_on(case, "sign"), typed(case))

    assert (page.status_code, fresh(case).state) == (409, State.SIGNATURE)


def test_the_preparer_does_not_sign(house):
    staff_of(house.central, Role.MINISTER_DELEGATE)
    case = house.at_decision()
    from procedures.offices.services import appoint

    appoint(
        person=house.officer, office=house.central, role=Role.MINISTER_DELEGATE, since=timezone.localdate(case.filed_at)
    )
    house.decides(case, kind="refuse", reasons=(REASON,))

    answer = at_screen_of(house.officer).post(act_on(case, "sign"), typed(fresh(case)))

    assert answer.status_code == 409
    assert "You prepared this decision" in answer.content.decode()
    assert fresh(case).state == State.SIGNATURE


def test_a_signature_wants_a_second_factor_of_the_last_five_minutes(house):
    case = house.at_signature(kind="refuse", reasons=(REASON,))

    answer = at_screen_of(house.delegate, seconds_ago=400).post(act_on(case, "sign"), typed(case))

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert fresh(case).state == State.SIGNATURE


def test_a_decision_is_sent_back_with_a_reason_and_prepared_again_from_where_it_was(house):
    case = house.at_signature(kind="refuse", reasons=(REASON,))
    client = at_screen_of(house.delegate)

    refused = client.post(act_on(case, "send_back"), typed(case, note=""))
    assert "Write what must change" in refused.content.decode()

    client.post(act_on(case, "send_back"), typed(case, note="Name the article."))
    assert fresh(case).state == State.DECISION
    again = at_screen_of(house.officer).get(act_on(case, "prepare_decision")).context["filled"].own
    assert again["reasons"].value() == [REASON]


def test_a_case_is_assigned_to_a_colleague_who_may_handle_it(house):
    case = house.files()
    colleague = staff_of(house.region, Role.DESK_OFFICER, "Karim")
    client = at_screen_of(house.desk)

    refused = client.post(act_on(case, "assign"), typed(case, to=str(house.officer.pk)))
    assert "Choose a colleague of this office." in refused.content.decode()

    client.post(act_on(case, "assign"), typed(case, to=str(colleague.pk)))
    assert fresh(case).assignee == colleague


def test_who_saw_an_older_version_is_told_who_changed_it_and_keeps_what_was_typed(house):
    case = house.at_instruction()
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)

    answer = at_screen_of(house.officer).post(
        act_on(case, "close_instruction"), typed(case, note="A long remark") | examined()
    )

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This case changed while you were writing." in page
    assert "Dora" in page
    assert "A long remark" in page
    assert f'name="version" value="{case.version + 1}"' in page
    assert fresh(case).state == State.INSTRUCTION


def test_the_second_of_two_officers_is_told_politely_that_it_is_done(house):
    case = house.at_decision()
    other = staff_of(house.central, Role.CENTRAL_OFFICER)
    house.decides(Case.objects.get(pk=case.pk), kind="refuse", reasons=(REASON,))

    data = typed(case, kind="refuse", reasons=[REASON], motivation="My own long grounds.")
    answer = at_screen_of(other).post(act_on(case, "prepare_decision"), data)

    assert answer.status_code == 409
    assert "Omar" in answer.content.decode()
    assert "My own long grounds." in answer.content.decode()
    assert case.decisions.count() == 1


RIGHT = {
    "accept_completeness": ("files", "desk"),
    "ask_correction": ("files", "desk"),
    "review_paper": ("files", "desk"),
    "assign": ("files", "desk"),
    "close_instruction": ("at_instruction", "officer"),
    "prepare_decision": ("at_decision", "officer"),
    "sign": ("at_signature", "delegate"),
    "send_back": ("at_signature", "delegate"),
}


@pytest.mark.parametrize("action", RIGHT)
def test_an_act_opens_to_its_role_alone(house, action):
    stage, role = RIGHT[action]
    case = getattr(house, stage)()
    elsewhere = staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)
    people = {name: getattr(house, name) for name in ("desk", "officer", "secretary", "delegate")}
    before = fresh(case).version, fresh(case).state

    assert at_screen_of(people.pop(role)).get(act_on(case, action)).status_code == 200
    for person in (*people.values(), elsewhere, house.applicant):
        client = at_screen_of(person)
        assert client.get(act_on(case, action)).status_code in (404, 409)
        assert client.post(act_on(case, action), typed(case, note="x y")).status_code in (404, 409)
    assert (fresh(case).version, fresh(case).state) == before


def test_an_act_that_does_not_exist_is_not_found(house):
    case = house.files()

    assert at_screen_of(house.desk).get(act_on(case, "delete_everything")).status_code == 404


def test_an_act_wants_the_forgery_token(house):
    case = house.files()
    client = at_screen_of(house.desk)
    client.handler.enforce_csrf_checks = True

    assert client.post(act_on(case, "accept_completeness"), typed(case)).status_code == 403
    assert fresh(case).state == State.COMPLETENESS
