"""Up to 500 codes at once, without an account: each with its state, in few queries, and nothing of it in an address."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.verification.models import Verified
from procedures.documents import codes
from procedures.documents.models import Document, StatusPeriod
from tests.procedures.documents.factories import issued_decision

PAGE = "/en/verify/several/"
STATES = ("valid", "suspended", "revoked", "replaced", "expired")


@pytest.fixture
def document() -> Document:
    return issued_decision()


def copies(document: Document, number: int) -> list[Document]:
    """Documents of the same content under codes of their own."""
    last = document.status_index
    made = []
    for index in range(number):
        document.pk, document.public_id, document.row = None, codes.new_id(), codes.new_id()
        document.status_index = last + index + 1
        document._state.adding = True
        document.save()
        made.append(Document.objects.get(pk=document.pk))
    return made


def rows(page: str) -> list[str]:
    return page.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")[:-1]


def test_each_code_is_answered_on_its_line_with_its_state(client: Client, document: Document) -> None:
    issued = copies(document, 5)
    for each, state in zip(issued, STATES, strict=True):
        if state == "expired":
            Document.objects.filter(pk=each.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
        elif state != "valid":
            StatusPeriod.objects.create(document=each, status=state, since=timezone.now(), reason="inquiry")
    never, wrong = codes.new_id(), "84G7-ZWYR-D6Z1-RV0Q"
    typed = [codes.grouped(each.public_id).lower() for each in issued] + ["", never, wrong]

    page = client.post(PAGE, {"codes": "\n".join(typed)}).content.decode()

    words = ("Valid", "Suspended", "Revoked", "Replaced", "Expired", "Not in the register", "Mistyped")
    found = rows(page)
    assert len(found) == 7
    for row, word, number in zip(found, words, (1, 2, 3, 4, 5, 7, 8), strict=True):
        assert [other for other in words if f">{other}<" in row] == [word]
        assert f">{number}</" in row.partition("</td>")[0] + "</"
        assert f">{word}: " in page
    assert "One character differs from the printed code" in found[6]
    assert "OUERTANI" not in page.upper()


def test_a_pasted_sheet_addresses_and_a_file_are_read_alike(client: Client, document: Document) -> None:
    code = document.public_id
    lines = [
        f"HTTPS://VERIF.EXAMPLE.TN/V/{code}#QREACJCMH",
        f"https://verif.example.tn/fr/verify/{code}/",
        f"Yassine;{codes.grouped(code)};2026",
        f'12\t"{code}"\tok',
    ]
    file = SimpleUploadedFile("codes.csv", ("\ufeff" + "\r\n".join(lines)).encode(), "text/csv")

    for given in ({"codes": "\n".join(lines)}, {"codes": "", "file": file}):
        page = client.post(PAGE, given).content.decode()
        assert [codes.grouped(code) in row and ">Valid<" in row for row in rows(page)] == [True] * 4
        assert "QREACJCMH" not in page


def test_five_hundred_codes_take_as_many_queries_as_five(
    client: Client, document: Document, django_assert_num_queries: Any
) -> None:
    some = copies(document, 5)
    client.post(PAGE, {"codes": some[0].public_id})
    with django_assert_num_queries(7):  # two of them open and close the transaction that counts
        client.post(PAGE, {"codes": "\n".join(each.public_id for each in some)})
    many = some + copies(document, 60)
    with django_assert_num_queries(7):
        page = client.post(PAGE, {"codes": "\n".join(each.public_id for each in many)}).content.decode()
    assert len(rows(page)) == 65
    assert Verified.objects.get(document=some[0]).times == 3


def test_more_than_five_hundred_are_refused_and_nothing_typed_is_lost(client: Client, db: None) -> None:
    typed = "\n".join(codes.new_id() for _code in range(501))
    page = client.post(PAGE, {"codes": typed}).content.decode()
    assert "There are 501 codes; 500 can be checked at once." in page
    assert typed.splitlines()[500] in page
    assert client.post(PAGE, {"codes": typed.rpartition("\n")[0]}).status_code == 200


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"codes": " \n "}, "Enter at least one code, or choose a file."),
        ({"file": b"PK\x03\x04\xff\xfe"}, "This is not a file of text."),
        ({"file": b"x" * 200_001}, "The file is too large"),
    ],
)
def test_what_cannot_be_read_is_said(client: Client, db: None, given: dict[str, Any], sentence: str) -> None:
    sent = {name: SimpleUploadedFile("x.csv", value) if name == "file" else value for name, value in given.items()}
    assert sentence in client.post(PAGE, sent).content.decode()


def test_lists_of_guesses_wait_like_guesses(client: Client, document: Document) -> None:
    for _time in range(30):
        assert client.post(PAGE, {"codes": codes.new_id()}).status_code == 200
    assert client.post(PAGE, {"codes": codes.new_id()}).status_code == 429
    assert client.post(PAGE, {"codes": document.public_id}).status_code == 200


def test_the_answer_is_kept_by_nobody(client: Client, document: Document) -> None:
    for answer in (client.get(PAGE), client.post(PAGE, {"codes": document.public_id})):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "same-origin"
    assert document.public_id not in client.get("/en/verify/").content.decode()
    assert PAGE in client.get("/en/verify/").content.decode()
