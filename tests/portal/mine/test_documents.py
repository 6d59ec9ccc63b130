"""My documents: worth, file, a link that shows the whole name until it ends, and verifications counted by day alone."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.verification.models import ShareLink, Verified
from portal.verification.sharing import MOST_OPEN, forget_links, secret_of, share_document
from procedures.audit.models import Entry
from procedures.cases import services
from procedures.documents.models import Document, StatusPeriod
from tests.procedures.kernel.factories import House, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(house: House) -> Document:
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)
    found = case.documents.exclude(output="receipt").get()
    Document.objects.filter(pk=found.pk).update(state=Document.State.ISSUED, stored="sealed.pdf")
    return Document.objects.get(pk=found.pk)


@pytest.fixture
def mine(house: House, client: Client) -> Client:
    client.force_login(house.applicant)
    return client


def page_of(document: Document) -> str:
    return reverse("mine:document", args=(document.public_id,))


def at(link: ShareLink) -> str:
    return reverse("verification:shared", args=(secret_of(link),))


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_list_says_what_each_document_is_worth_today(mine: Client, document: Document) -> None:
    assert "Valid" in text(mine.get(reverse("mine:documents")))
    StatusPeriod.objects.create(document=document, status="suspended", since=timezone.now(), reason="inquiry")
    assert "Suspended" in text(mine.get(reverse("mine:documents")))


def test_a_link_shows_the_whole_name_and_the_code_alone_does_not(mine: Client, document: Document) -> None:
    answer = mine.post(page_of(document), {"days": "30"}, follow=True)
    (address,) = set(re.findall(r"https?://[^<\s]+/verify/shared/[0-9a-f]{32}/", answer.content.decode()))
    path = "/" + address.split("/", 3)[3]
    assert document.holder_lat in text(Client().get(path))
    assert document.holder_lat not in text(Client().get(f"/en/verify/{document.public_id}/"))
    assert document.holder_ar in text(Client().get(path.replace("/en/", "/ar/")))


def test_a_link_has_128_bits_and_the_database_holds_no_secret(house: House, document: Document) -> None:
    link = share_document(document=document, days=7, by=house.applicant)
    secret = secret_of(link)
    assert len(bytes.fromhex(secret)) * 8 == 128
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM verification_sharelink")
        assert secret not in str(cursor.fetchall())
    assert secret not in str(Entry.objects.get(action="document.share").data)


def test_a_link_ends_on_its_day_and_a_wrong_one_looks_the_same(
    house: House, document: Document, client: Client
) -> None:
    link = share_document(document=document, days=7, by=house.applicant)
    withdrawn = share_document(document=document, days=7, by=house.applicant)
    client.force_login(house.applicant)
    client.post(reverse("mine:withdraw_link", args=(document.public_id, withdrawn.public_id)))
    assert Client().get(at(link)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        past = Client().get(at(link))
    gone = Client().get(at(withdrawn))
    wrong = Client().get(reverse("verification:shared", args=("0" * 32,)))
    assert {past.status_code, gone.status_code, wrong.status_code} == {404}
    bodies = {re.sub(r"[0-9a-f]{32}", "", answer.content.decode()) for answer in (past, gone, wrong)}
    assert len(bodies) == 1


def test_who_tries_links_must_wait(document: Document) -> None:
    answers = [Client().get(reverse("verification:shared", args=(f"{n:032x}",))).status_code for n in range(31)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_a_revoked_document_says_so_at_its_link_too(house: House, document: Document) -> None:
    link = share_document(document=document, days=7, by=house.applicant)
    StatusPeriod.objects.create(document=document, status="revoked", since=timezone.now(), reason="false_paper")
    assert "Document revoked: do not accept it" in text(Client().get(at(link)))


def test_verifications_are_counted_by_day_and_nothing_of_the_verifier_is_kept(mine: Client, document: Document) -> None:
    for _each in range(3):
        Client().get(f"/en/verify/{document.public_id}/")
    Client().head(f"/en/verify/{document.public_id}/")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        Client().get(f"/V/{document.public_id}", HTTP_ACCEPT_LANGUAGE="en")
        mine.force_login(document.case.applicant)
        shown = text(mine.get(page_of(document)))
    assert list(Verified.objects.values_list("times", flat=True)) == [1, 3]
    assert "4 times in all." in shown
    assert {field.name for field in Verified._meta.get_fields()} == {"id", "document", "day", "times"}
    assert not Entry.objects.filter(action__contains="verif").exists()


def test_a_count_that_cannot_be_written_stops_no_verification(document: Document, monkeypatch: Any) -> None:
    from django.db import DatabaseError

    from portal.verification import counting

    def refuse(*_args: Any) -> int:
        raise DatabaseError("read-only")

    monkeypatch.setattr(counting, "_one_more", refuse)
    assert Client().get(f"/en/verify/{document.public_id}/").status_code == 200


def test_the_documents_of_another_do_not_exist(document: Document, client: Client, house: House) -> None:
    link = share_document(document=document, days=7, by=house.applicant)
    client.force_login(a_person())
    assert client.get(page_of(document)).status_code == 404
    assert client.post(page_of(document), {"days": "7"}).status_code == 404
    away = reverse("mine:withdraw_link", args=(document.public_id, link.public_id))
    assert client.post(away).status_code == 404
    assert document.public_id not in client.get(reverse("mine:documents")).content.decode()
    assert ShareLink.objects.get().revoked_at is None


def test_a_bad_choice_says_how_to_mend_it_and_too_many_links_say_what_to_do(mine: Client, document: Document) -> None:
    assert "Choose for how long the link opens." in text(mine.post(page_of(document), {}))
    for _each in range(MOST_OPEN):
        share_document(document=document, days=7, by=document.case.applicant)
    assert "Withdraw one first." in text(mine.post(page_of(document), {"days": "7"}))


def test_links_that_open_nothing_are_forgotten_after_a_month(document: Document, house: House) -> None:
    share_document(document=document, days=7, by=house.applicant)
    for days, left in ((36, 1), (38, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            forget_links()
        assert ShareLink.objects.count() == left
