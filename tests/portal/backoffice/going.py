"""What the lists of acts on record share: who is at which screen, and papers that are made beforehand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from procedures.cases import services
from procedures.documents.models import Document
from procedures.documents.services import prepare_receipt
from procedures.offices.models import Office
from procedures.offices.services import open_office
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.kernel.factories import House, hand_in

Going = Callable[[House], Any]


ITEMS = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Page 2"}]


WORDS = {"change": "revoke", "reason": "false_paper", "note": "The school denies it. Letter 12."}


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


def beside(name: str, make: Callable[[House, Any], Any] | None = None, **posted: str) -> Going:
    """Send what is written beside a case that has one paper; `make` makes what it is about."""

    def go(house: House) -> Any:
        case = hand_in(house.files(), "transcripts").case
        made = (make(house, case).public_id,) if make else ()
        return at_screen_of(house.desk).post(reverse(f"dossiers:{name}", args=(case.public_id, *made)), posted)

    return go
