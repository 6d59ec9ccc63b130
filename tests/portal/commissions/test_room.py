"""The pages of the commission room, without scripts: the whole play, who enters, and what each opening records."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from portal.commissions.urls import urlpatterns
from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.commissions import services
from procedures.commissions.models import Ballot, Session, Voice
from procedures.documents.models import Document
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.commissions.factories import Room
from tests.procedures.kernel.factories import hand_in, staff_of

pytestmark = pytest.mark.django_db


def at(name: str, session: Session, *more: Any) -> str:
    return reverse(f"commissions:{name}", args=(session.public_id, *more))


def seen(session: Session, **data: Any) -> dict[str, Any]:
    session.refresh_from_db()
    return {"version": session.version} | data


def page(screen: Client, address: str) -> BeautifulSoup:
    answer = screen.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_a_session_is_played_from_its_agenda_to_its_signed_minutes_without_scripts(room: Room) -> None:
    case = room.house.at_commission()
    keeper, chair = at_screen_of(room.secretary), at_screen_of(room.president)
    now = timezone.localtime()
    planned = {f"day_{part}": getattr(now, part) for part in ("day", "month", "year")}
    planned |= {"time": "9:30", "place_ar": "تونس", "place_fr": "Tunis", "mode": "room"}
    keeper.post(reverse("commissions:plan", args=("equivalence",)), planned)
    session = Session.objects.get()
    keeper.post(at("agenda", session), seen(session, case=[str(case.public_id)]))
    keeper.post(at("convene", session), seen(session))
    called = [each.pk for each in session.attendances.all()]
    keeper.post(at("attendance", session), seen(session, present=called))
    item = session.items.get()
    proposed = {"opinion": "favourable", "proposed-level": "BTP", "conditions": "", "explanation": ""}
    keeper.post(at("put", session, item.pk), seen(session, **proposed))
    voters = [each.pk for each in session.attendances.all() if each.votes]
    keeper.post(at("hands", session, item.pk), {f"hand-{pk}": "for" for pk in voters})
    keeper.post(at("end", session), seen(session))
    keeper.post(at("close", session), seen(session))
    answer = chair.post(at("sign", session), seen(session))
    assert answer.status_code == 302
    session.refresh_from_db()
    assert session.state == "signed"
    sweep(kinds=("commissions.carry",))
    assert Case.objects.get(pk=case.pk).state == "decision"


def test_the_vote_is_cast_by_each_member_on_their_own_screen(room: Room) -> None:
    session = room.opened()
    item = room.item(session)
    room.puts(item, is_secret=True)
    for person in (room.president, room.salwa, room.moncef, room.hela):
        screen = at_screen_of(person)
        assert page(screen, at("case", session, item.pk)).select("input[name=choice]")
        screen.post(at("vote", session, item.pk), {"choice": "for"})
    assert "You have voted" in screen.get(at("case", session, item.pk)).content.decode()
    assert set(Voice.objects.values_list("choice", flat=True)) == {""}
    at_screen_of(room.secretary).post(at("count", session, item.pk))
    assert Ballot.objects.get().result == "adopted"


def test_no_vote_without_a_quorum_and_the_page_says_why(room: Room) -> None:
    session = room.opened(absent=(room.moncef, room.hela))
    keeper = at_screen_of(room.secretary)
    told = seen(session, opinion="favourable", **{"proposed-level": "BTP"})
    answer = keeper.post(at("put", session, room.item(session).pk), told)
    assert "2 members may vote on this case and the quorum is 3" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_what_is_missing_in_a_proposal_is_said_beside_it_and_the_rest_stays(room: Room) -> None:
    session = room.opened()
    told = seen(session, opinion="reserved", explanation="", **{"proposed-level": "BTP"})
    answer = at_screen_of(room.secretary).post(at("put", session, room.item(session).pk), told)
    shown = BeautifulSoup(answer.content, "html.parser")
    assert "Write the conditions" in shown.select_one(".summary").get_text()
    assert shown.select_one("input[value=reserved]").has_attr("checked")


def test_an_unfavourable_opinion_proposes_no_level(room: Room) -> None:
    session = room.opened()
    at_screen_of(room.secretary).post(at("put", session, room.item(session).pk), seen(session, opinion="unfavourable"))
    assert Ballot.objects.get().answers == {}


def test_what_a_colleague_changed_meanwhile_is_told(room: Room) -> None:
    session = room.opened()
    told = {"version": session.version - 1, "opinion": "unfavourable"}
    answer = at_screen_of(room.secretary).post(at("put", session, room.item(session).pk), told)
    assert answer.status_code == 409
    assert "A colleague changed this session" in answer.content.decode()


def test_precedents_stand_beside_the_vote(room: Room) -> None:
    certificate = {"title": "Mécatronique", "issuing_body": "AFPA", "country": "FR"}
    room.settled(room.house.at_commission(foreign_certificate=certificate))
    session = room.opened(room.house.at_commission(foreign_certificate=certificate | {"title": "mecatronique"}))
    shown = page(at_screen_of(room.salwa), at("case", session, room.item(session).pk))
    assert "Unanimous" in shown.select_one(".prec").get_text()


def test_a_recused_member_finds_no_file(room: Room) -> None:
    session = room.convened()
    item = room.item(session)
    upload = hand_in(item.case, "certificate")
    screen = at_screen_of(room.salwa)
    screen.post(at("recuse", session, item.pk))
    before = Entry.objects.filter(action="case.read", actor=room.salwa.pk).count()
    text = screen.get(at("case", session, item.pk)).content.decode()
    assert "Its file is closed to you" in text
    assert item.case.applicant_name not in text
    assert screen.get(at("paper", session, item.pk, upload.pk)).status_code == 404
    assert Entry.objects.filter(action="case.read", actor=room.salwa.pk).count() == before


def test_each_opening_of_a_case_or_a_paper_is_on_record(room: Room) -> None:
    session = room.convened()
    item = room.item(session)
    upload = hand_in(item.case, "certificate")
    stored = Path(settings.TAKWIN_PRIVATE_STORAGE) / upload.stored
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")
    screen = at_screen_of(room.salwa)
    screen.get(at("case", session, item.pk))
    answer = screen.get(at("paper", session, item.pk, upload.pk))
    found = Entry.objects.filter(actor=room.salwa.pk, subject_id=str(item.case_id)).values_list("action", flat=True)
    assert list(found) == ["case.read", "paper.read"]
    answer.close()


def test_a_session_exists_for_whom_it_concerns_and_for_nobody_else(room: Room) -> None:
    session, planned = room.convened(), room.planned()
    item = room.item(session)
    newcomer = staff_of(room.house.central, Role.COMMISSION_MEMBER, "New")
    stranger = staff_of(room.house.central, Role.COMMISSION_SECRETARY, "Stranger")
    for person in (newcomer, stranger, room.house.officer, room.house.applicant):
        screen = at_screen_of(person)
        assert screen.get(at("session", session)).status_code == 404
        assert screen.get(at("case", session, item.pk)).status_code == 404
        assert screen.post(at("convene", session), seen(session)).status_code == 404
    assert at_screen_of(room.salwa).get(at("session", planned)).status_code == 404
    assert at_screen_of(staff_of(room.house.central, Role.AUDITOR)).get(at("session", session)).status_code == 200
    assert Client().get(at("session", session)).status_code == 302


def test_a_member_opens_a_case_in_its_session_and_not_in_the_inbox(room: Room) -> None:
    session = room.convened()
    item = room.item(session)
    screen = at_screen_of(room.salwa)
    assert screen.get(at("case", session, item.pk)).status_code == 200
    assert screen.get(reverse("backoffice:case", args=(item.case.public_id,))).status_code == 404
    other = room.house.at_commission()
    assert screen.get(reverse("backoffice:case", args=(other.public_id,))).status_code == 404


def test_a_member_changes_nothing_that_is_the_secretarys(room: Room) -> None:
    session = room.opened()
    item, screen = room.item(session), at_screen_of(room.salwa)
    for name in ("agenda", "convene", "attendance", "end", "correct", "close", "carry"):
        assert screen.post(at(name, session), seen(session)).status_code == 404
    for name in ("remove", "move", "put", "hands", "count", "adjourn"):
        assert screen.post(at(name, session, item.pk), seen(session)).status_code == 404
    session.refresh_from_db()
    assert session.state == "open"


def test_the_minutes_are_read_mended_sent_back_and_signed(room: Room) -> None:
    session = room.ended(opinion="reserved", conditions="Ten weeks.")
    item = room.item(session)
    member, keeper, chair = (at_screen_of(person) for person in (room.salwa, room.secretary, room.president))
    member.post(at("read", session), {"remark": "It was twelve."})
    assert "It was twelve." in keeper.get(at("minutes", session)).content.decode()
    mended = {f"conditions-{item.pk}": "Twelve weeks.", "remarks": ""}
    keeper.post(at("correct", session), seen(session, **mended))
    keeper.post(at("close", session), seen(session))
    chair.post(at("return", session), seen(session, remark="The hour."))
    keeper.post(at("close", session), seen(session))
    assert "Twelve weeks." in chair.get(at("minutes", session)).content.decode()
    chair.post(at("sign", session), seen(session))
    session.refresh_from_db()
    assert (session.state, session.signed_by) == ("signed", room.president)


def test_a_signature_asks_again_who_signs(room: Room) -> None:
    session = room.closed()
    answer = at_screen_of(room.president, seconds_ago=900).post(at("sign", session), seen(session))
    assert "reauthenticate" in answer["Location"]
    session.refresh_from_db()
    assert session.state == "closed"


def test_the_minutes_name_no_applicant_on_any_page(room: Room) -> None:
    case = room.house.at_commission()
    session = room.ended(case)
    text = at_screen_of(room.president).get(at("minutes", session)).content.decode()
    assert case.number in text
    assert case.applicant_name not in text


def test_sealed_minutes_verify_in_public_with_voters_by_name_and_applicants_by_number(room: Room) -> None:
    case = room.house.at_commission()
    session = room.signed(case)
    sweep(kinds=("documents.seal",))
    document = Document.objects.get(output="minutes")
    assert (document.state, document.frame, document.case) == ("issued", "minutes", None)
    text = Client().get(reverse("verification:result", args=(document.public_id,))).content.decode()
    for told in ("Genuine document", session.reference, "Leila", "Moncef", case.number):
        assert told in text
    assert case.applicant_name not in text
    assert "Holder" not in text
    answer = at_screen_of(room.salwa).get(at("file", session))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert Entry.objects.filter(action="document.opened", actor=room.salwa.pk).count() == 1
    answer.close()


def test_every_address_of_the_room_is_for_staff() -> None:
    from procedures.policies import policy_of

    assert all(policy_of(each.callback).staff for each in urlpatterns)
    assert get_resolver().resolve("/en/office/commissions/").view_name == "commissions:home"


@pytest.mark.parametrize("count", [1, 4])
def test_an_agenda_costs_as_many_queries_with_four_cases_as_with_one(
    room: Room, count: int, django_assert_max_num_queries: Any
) -> None:
    session = room.convened(*(room.house.at_commission() for _case in range(count)))
    screen = at_screen_of(room.salwa)
    screen.get(at("session", session))
    with django_assert_max_num_queries(30):
        screen.get(at("session", session))


def test_an_administrators_commission_is_told_where_it_is_missing(room: Room) -> None:
    assert "not set up" not in at_screen_of(room.secretary).get(reverse("commissions:home")).content.decode()
    services.set_up_commission(code="other", names=dict.fromkeys(("ar", "fr", "en"), "Other"))
    assert "Equivalence commission" in at_screen_of(room.secretary).get(reverse("commissions:home")).content.decode()
