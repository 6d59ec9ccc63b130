"""Each act of people through their own pages, done once in a small house."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.invitations import invite
from portal.verification.sharing import share_document
from procedures import api as p
from procedures.cases import services
from procedures.cases.models import DeskFiling
from procedures.mandates.services import give_mandate
from procedures.offices.models import Role
from tests.portal.accounts.factories import person as an_account
from tests.portal.accounts.factories import with_password_only
from tests.portal.accounts.mailbox import code_to
from tests.portal.administration.test_invitations import link_to
from tests.portal.backoffice.factories import at_screen_of
from tests.portal.backoffice.going import ITEMS, a_document, a_refusal, own_screen
from tests.procedures.evidence.corpus import photograph, upload
from tests.procedures.kernel.factories import House, staff_of
from tests.procedures.wizard.factories import Visitor
from tests.registers.organisations.factories import Body
from tests.workbench.routes import DECIDE, Town, installed, opinion, routed


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


def hand_a_case_over(house: House) -> Any:
    body = Body()
    case = house.files(applicant=body.owner.person)
    type(case).objects.filter(pk=case.pk).update(organisation=body.organisation.public_id)
    client = Client()
    client.force_login(body.owner.person)
    return client.post(reverse("desk:hand_over", args=(case.public_id,)), {"to": str(body.secretary.person.pk)})


def ask_for_a_new_code(house: House) -> Any:
    return own_screen(house).post(reverse("desk:new_tracking_code", args=(house.files().public_id,)))


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


def take_a_credential(house: House) -> Any:
    return own_screen(house).get(reverse("mine:credential", args=(a_document(house).public_id,)))


def take_a_badge(house: House) -> Any:
    return own_screen(house).get(reverse("mine:badge", args=(a_document(house).public_id,)))


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


def open_a_refused_case(house: House) -> Any:
    return own_screen(house).get(reverse("desk:case", args=(a_refusal(house).case.public_id,)))


def begin_an_appeal(house: House) -> Any:
    return own_screen(house).post(reverse("desk:appeal", args=(a_refusal(house).case.public_id,)))
