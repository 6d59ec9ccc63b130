"""How an account comes to an organisation: by tax number and proof, or by invitation; and who decides."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery, Notice
from portal.organisation.work import clear_papers
from procedures.audit.models import Entry
from procedures.evidence.models import Upload
from registers.organisations.claiming import keep_proof, make_claim
from registers.organisations.models import Claim, Invitation, Organisation, Staff
from registers.organisations.services import end_service
from registers.places.models import Place
from tests.portal.accounts.factories import person, with_second_factor
from tests.procedures.evidence.corpus import pdf, upload
from tests.procedures.kernel.factories import House, a_person, staff_of, the_directorate
from tests.registers.organisations.factories import Body, a_tax_number

pytestmark = pytest.mark.django_db

HOME = "/en/organisation/"
CLAIM = "/en/organisation/claim/"


def answers(**changes: Any) -> dict[str, Any]:
    given = {
        "tax_number": "1234567 m/A/P/000",
        "kind": "company",
        "name_ar": "شركة البستان",
        "name_fr": "El Bostan",
        "place": "TN-11",
        "claimant_name": "سامي الطرابلسي",
    }
    return given | changes


def a_claim(house: House, *, tax_number: str = "", by: Any = None) -> Claim:
    claimant = by or a_person("Sami")
    told = answers(tax_number=tax_number or a_tax_number())
    place = Place.objects.get(pk=told.pop("place"))
    return make_claim(place=place, proof=keep_proof(file=upload("proof.pdf", pdf()), by=claimant), by=claimant, **told)


@pytest.fixture
def house() -> House:
    return House()


def office(name: str, claim: Claim) -> str:
    return reverse(f"organisation_office:{name}", kwargs={"claim": claim.public_id})


def test_an_account_is_asked_for_by_tax_number_and_paper_and_opened_by_the_directorate(
    client: Client, house: House
) -> None:
    claimant = a_person("Sami")
    client.force_login(claimant)
    assert client.get(HOME).status_code == 200
    assert client.post(CLAIM, answers(proof=upload("proof.pdf", pdf())))["Location"] == HOME
    claim = Claim.objects.get(claimant=claimant)
    assert (claim.tax_number, claim.office) == ("1234567M", house.region)
    desk = with_second_factor(Client(), house.desk)
    assert claim.name_ar in desk.get("/en/office/organisations/").content.decode()
    assert desk.get(office("claim", claim)).status_code == 200
    paper = desk.get(office("proof", claim))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    assert desk.post(office("claim", claim), {"decision": "accept"}).status_code == 302
    owner = Staff.objects.get(person=claimant)
    assert (owner.role, owner.organisation.tax_number) == ("owner", "1234567M")
    assert client.get(HOME)["Location"] == f"/en/organisation/{owner.organisation.public_id}/"
    assert Notice.objects.filter(person=claimant, event="organisation_claim").count() == 1
    done = list(Entry.objects.filter(subject_type="organisations.claim").values_list("action", flat=True))
    assert done == [f"organisation.{act}" for act in ("claim", "read_claim", "read_proof", "claim_accepted")]


def test_a_refusal_names_its_reason_and_another_request_may_follow(client: Client, house: House) -> None:
    claim = a_claim(house, tax_number="7654321K")
    desk = with_second_factor(client, house.desk)
    assert "Write why" in desk.post(office("claim", claim), {"decision": "refuse", "reason": " "}).content.decode()
    desk.post(office("claim", claim), {"decision": "refuse", "reason": "The extract is of 2019."})
    claim.refresh_from_db()
    assert (claim.state, claim.reason) == ("refused", "The extract is of 2019.")
    assert "The extract is of 2019." in Notice.objects.get(person=claim.claimant).body
    assert not Organisation.objects.filter(tax_number="7654321K").exists()
    assert a_claim(house, tax_number="7654321K", by=claim.claimant).state == "open"


def test_a_request_is_decided_in_its_own_directorate_by_somebody_else_and_once(client: Client, house: House) -> None:
    claim, other = a_claim(house), the_directorate("TN-82")
    for stranger in (staff_of(other, "desk_officer"), house.officer):
        assert with_second_factor(Client(), stranger).get(office("claim", claim)).status_code == 404
    own = a_claim(house, by=house.desk)
    desk = with_second_factor(client, house.desk)
    for name in ("claim", "proof"):
        assert desk.get(office(name, own)).status_code == 404
    for _twice in range(2):
        desk.post(office("claim", claim), {"decision": "accept"})
    assert Staff.objects.filter(person=claim.claimant).count() == 1
    assert Notice.objects.filter(person=claim.claimant).count() == 1


def test_whoever_is_there_already_must_be_asked(client: Client, house: House) -> None:
    body, asking = Body(), a_person("Asker")
    client.force_login(asking)
    number = body.organisation.tax_number
    page = client.post(CLAIM, answers(tax_number=number, proof=upload("proof.pdf", pdf()))).content.decode()
    assert "This organisation has an account" in page
    assert body.organisation.name_ar not in page  # a tax number typed by a stranger tells no name
    for _twice in range(2):
        assert client.post(f"{CLAIM}join/", {"tax_number": number})["Location"] == HOME
    told = Notice.objects.filter(event="organisation_join").values_list("person", flat=True)
    assert sorted(told) == sorted([body.owner.person_id, body.director.person_id])
    assert not Claim.objects.exists()


def test_two_claim_one_organisation_and_the_slower_one_must_be_invited(client: Client, house: House) -> None:
    first, second = (a_claim(house, tax_number="1111111A") for _each in range(2))
    desk = with_second_factor(client, house.desk)
    desk.post(office("claim", first), {"decision": "accept"})
    assert "owns this account meanwhile" in desk.get(office("claim", second)).content.decode()
    desk.post(office("claim", second), {"decision": "accept"})
    second.refresh_from_db()
    assert second.state == "open"
    assert Staff.objects.filter(organisation__tax_number="1111111A").count() == 1


def test_an_organisation_whose_owners_have_all_closed_their_accounts_can_be_claimed(
    client: Client, house: House
) -> None:
    body = Body()
    body.owner.person.is_active = False
    body.owner.person.save()
    claim = a_claim(house, tax_number=body.organisation.tax_number)
    with_second_factor(client, house.desk).post(office("claim", claim), {"decision": "accept"})
    assert Staff.objects.get(person=claim.claimant).organisation == body.organisation
    body.organisation.refresh_from_db()
    assert body.organisation.name_ar != claim.name_ar  # the register's name stays


def test_a_mistake_loses_neither_what_was_typed_nor_the_paper(client: Client, house: House) -> None:
    claimant = a_person()
    client.force_login(claimant)
    page = client.post(
        CLAIM, answers(tax_number="12", name_ar="Latin", proof=upload("proof.pdf", pdf()))
    ).content.decode()
    assert 'value="12"' in page
    assert "This is no tax number" in page
    assert "Write this name in Arabic letters" in page
    found = re.search(r'name="kept" value="([^"]+)"', page)
    assert found
    kept = found[1]
    client.force_login(a_person())
    assert "Add the paper" in client.post(CLAIM, answers(kept=kept)).content.decode()  # it is not theirs
    client.force_login(claimant)
    assert client.post(CLAIM, answers(kept=kept)).status_code == 302
    assert Claim.objects.get().proof == Upload.objects.get()


def test_a_paper_that_no_request_took_up_goes_after_two_days(house: House) -> None:
    kept = a_claim(house).proof
    forgotten = keep_proof(file=upload("proof.pdf", pdf()), by=a_person())
    Upload.objects.update(received_at=timezone.now() - timedelta(days=3))
    clear_papers(day=timezone.localdate().isoformat())
    assert list(Upload.objects.all()) == [kept]
    assert forgotten.pk != kept.pk


def test_what_is_no_paper_is_refused_and_a_request_without_one_asks_for_it(client: Client, house: House) -> None:
    client.force_login(a_person())
    assert "Add the paper" in client.post(CLAIM, answers()).content.decode()
    assert client.post(CLAIM, answers(proof=upload("x.exe", b"MZ"))).status_code == 200
    assert not Claim.objects.exists()
    assert not Upload.objects.exists()


def test_a_request_can_be_withdrawn_by_whoever_made_it_alone(client: Client, house: House) -> None:
    claim = a_claim(house)
    path = reverse("organisation_desk:withdraw_claim", kwargs={"claim": claim.public_id})
    client.force_login(a_person())
    assert client.post(path).status_code == 404
    client.force_login(claim.claimant)
    assert client.get(path).status_code == 405
    client.post(path)
    claim.refresh_from_db()
    assert claim.state == "withdrawn"


def invite(client: Client, body: Body, email: str, role: str = "secretary") -> str:
    """The address in the mail."""
    path = reverse("organisation_desk:invite", kwargs={"organisation": body.organisation.public_id})
    assert client.post(path, {"email": email, "role": role}).status_code == 302
    mail = Delivery.objects.get(address=email.lower())
    found = re.search(r"https://\S+(/en/organisation/invitation/\S+)", mail.body)
    assert found
    assert mail.secret
    return found[1]


def test_an_invitation_is_accepted_by_the_account_of_its_address_alone(client: Client) -> None:
    body, invited = Body(), person(email="new@example.tn")
    client.force_login(body.owner.person)
    link = invite(client, body, "New@example.tn")
    assert link.rsplit("/", 2)[1] not in str(list(Invitation.objects.values()))  # the secret is kept nowhere
    for other in (a_person(), None):
        guest = Client()
        if other:
            guest.force_login(other)
        assert guest.get(link)["Location"] == "/en/organisation/invitation/"
        assert guest.get("/en/organisation/invitation/").status_code == 200
        assert guest.post("/en/organisation/invitation/").status_code == 403
    guest.force_login(invited)  # who was not logged in logs in: the session still knows the invitation
    assert guest.post("/en/organisation/invitation/")["Location"] == HOME
    assert Staff.objects.get(person=invited).role == "secretary"
    assert guest.get(link).status_code == 410  # once


def test_an_address_that_nobody_verified_accepts_nothing(client: Client) -> None:
    body, invited = Body(), person(email="new@example.tn")
    invited.emailaddress_set.update(verified=False)
    client.force_login(body.owner.person)
    link = invite(client, body, "new@example.tn")
    client.force_login(invited)
    client.get(link)
    assert client.post("/en/organisation/invitation/").status_code == 403


def test_a_link_opens_nothing_once_it_is_old_withdrawn_or_sent_by_somebody_who_left(client: Client) -> None:
    body = Body()
    client.force_login(body.director.person)
    links = [invite(client, body, f"{name}@example.tn") for name in ("old", "withdrawn", "orphan")]
    Invitation.objects.filter(email="old@example.tn").update(expires_at=timezone.now())
    withdrawn = Invitation.objects.get(email="withdrawn@example.tn")
    given = {"organisation": body.organisation.public_id, "invitation": withdrawn.public_id}
    client.post(reverse("organisation_desk:withdraw_invitation", kwargs=given))
    assert [client.get(link).status_code for link in links] == [410, 410, 302]
    end_service(staff=body.director)
    assert client.get(links[2]).status_code == 410


def test_nobody_invites_to_a_role_above_their_own(client: Client) -> None:
    body = Body()
    client.force_login(body.director.person)
    path = reverse("organisation_desk:invite", kwargs={"organisation": body.organisation.public_id})
    for role in ("owner", "director"):
        assert client.post(path, {"email": "x@example.tn", "role": role}).status_code == 200
    assert not Invitation.objects.exists()
    for _twice in range(2):
        page = client.post(path, {"email": "x@example.tn", "role": "secretary"})
    assert "has an open invitation" in page.content.decode()
    assert 'value="x@example.tn"' in page.content.decode()
