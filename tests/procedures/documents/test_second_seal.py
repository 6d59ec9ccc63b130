"""A plugin prints another seal beside ours: read from the page, frozen with the document, never in place of ours."""

import contextlib
import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from PIL import Image

from procedures import api as p
from procedures.audit.models import Entry
from procedures.documents import issuing, services
from procedures.documents.addresses import code_text
from procedures.documents.cose import fragment
from procedures.documents.issuing import rendered, seal_document
from procedures.documents.models import Document
from procedures.documents.reading_back import text_of
from procedures.documents.second_seals import BadSecondSeal, add_second_seal, frozen
from procedures.registry import plugin_manager
from tests.procedures.documents import engine_specimens, sheets, specimens
from tests.procedures.documents.factories import issued_decision, prepared_decision
from tests.procedures.documents.test_family_issued import a_loss

NAME = {"ar": "ختم تجريبي مخترع", "fr": "Cachet d’essai, inventé"}
LONGEST = {"ar": "الختم الإلكتروني المرئي الثاني"[:28], "fr": "Cachet électronique visible"}


def symbol(text: str) -> bytes:
    """A Data Matrix, as some national seals are."""
    drawn = zxingcpp.create_barcode(text.ljust(90, "."), zxingcpp.BarcodeFormat.DataMatrix).to_image(scale=6)
    return png(Image.fromarray(drawn))


def png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


class Invented:
    """The plugin of a site, and who makes the seal: the facts it was told, and a symbol that tells some of them."""

    def __init__(self, make: Callable[[p.DocumentFacts], p.SecondSeal | None] | None = None) -> None:
        self.asked: list[p.DocumentFacts] = []
        self.make = make or (lambda facts: p.SecondSeal(picture=symbol(self.text_of(facts)), name=NAME))

    @p.hookimpl
    def seal_backend(self) -> p.SealBackend:
        return self

    def mark(self, facts: p.DocumentFacts) -> p.SecondSeal | None:
        self.asked.append(facts)
        return self.make(facts)

    def text_of(self, facts: p.DocumentFacts) -> str:
        return f"INVENTED {facts.public_id} {facts.holder_lat} {facts.issued_on} {len(self.asked)}"


@contextlib.contextmanager
def brought(plugin: Any) -> Iterator[Any]:
    manager = plugin_manager()
    manager.register(plugin)
    try:
        yield plugin
    finally:
        manager.unregister(plugin)


@pytest.fixture
def invented() -> Iterator[Invented]:
    with brought(Invented()) as plugin:
        yield plugin


def file_of(document: Document) -> bytes:
    return (Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored).read_bytes()


def codes_on(pdf: bytes) -> dict[str, str]:
    """What a camera reads on the last page, by the kind of its symbol."""
    with pypdfium2.PdfDocument(pdf) as opened:
        picture = opened[len(opened) - 1].render(scale=200 / 72).to_pil()
    return {str(each.format).rpartition(".")[2]: each.text.rstrip(".") for each in zxingcpp.read_barcodes(picture)}


def test_by_default_a_document_bears_our_seal_alone() -> None:
    assert plugin_manager().hook.seal_backend() is None
    document = issued_decision()
    assert len(codes_on(file_of(document))) == 1
    assert "second_seal" not in document.content


def test_the_symbol_of_a_plugin_is_read_from_the_page_beside_our_own(invented: Invented) -> None:
    document = issued_decision()

    [ours, theirs] = sorted(codes_on(file_of(document)).values(), key=len, reverse=True)
    assert ours == code_text(document.public_id, fragment(bytes(document.cose)))
    assert theirs == f"INVENTED {document.public_id} {document.holder_lat} {document.issued_on} 1"
    text = " ".join(text_of(file_of(document)).split())
    assert "Cachet d’essai, inventé" in text
    assert all(word in text for word in NAME["ar"].split())
    [facts] = invented.asked
    assert (facts.kind, facts.number, facts.procedure) == (document.kind_number, document.number, document.procedure)
    assert facts.verify.endswith(f"/V/{document.public_id}")


def test_it_is_asked_once_and_the_same_file_is_made_of_it_at_any_time(
    invented: Invented, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = prepared_decision()
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "sealed_pdf", lambda pdf: 1 / 0)  # the job is cut after the picture came
        with pytest.raises(ZeroDivisionError):
            seal_document(document.pk)
    seal_document(document.pk)
    document.refresh_from_db()
    assert len(invented.asked) == 1
    assert hashlib.sha256(rendered(document)).hexdigest() == document.unsealed_sha256
    assert Entry.objects.filter(action="document.marked").count() == 1
    assert set(Entry.objects.get(action="document.marked").data) == {"picture_sha256"}


def test_a_plugin_leaves_documents_out(tmp_path: Path) -> None:
    with brought(Invented(lambda facts: None)) as plugin:
        document = issued_decision()
    assert len(plugin.asked) == 1
    assert "second_seal" not in document.content
    assert len(codes_on(file_of(document))) == 1


def test_what_should_bear_two_seals_is_not_issued_with_one() -> None:
    def silent(facts: p.DocumentFacts) -> p.SecondSeal:
        raise TimeoutError

    document = prepared_decision()
    with brought(Invented(silent)), pytest.raises(TimeoutError):
        seal_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.stored) == (Document.State.PREPARING, "")


@pytest.mark.parametrize(
    ("seal", "sentence"),
    [
        (p.SecondSeal(picture=b"GIF89a", name=NAME), "no PNG"),
        (p.SecondSeal(picture=png(Image.new("L", (1, 1))), name=NAME), "pixels a side"),
        (p.SecondSeal(picture=png(Image.new("L", (3000, 40))), name=NAME), "pixels a side"),
        (p.SecondSeal(picture=symbol("x"), name={"ar": "ختم"}), "in Arabic and in French"),
        (p.SecondSeal(picture=symbol("x"), name={"ar": "ختم", "fr": "x" * 29}), "at most 28"),
        (p.SecondSeal(picture=symbol("x"), name={"ar": "ختم", "fr": "Печать"}), "No font"),
    ],
)
def test_what_cannot_be_printed_is_refused_before_it_is_frozen(seal: p.SecondSeal, sentence: str) -> None:
    document = prepared_decision()
    with brought(Invented(lambda facts: seal)), pytest.raises(BadSecondSeal, match=sentence):
        seal_document(document.pk)
    document.refresh_from_db()
    assert "second_seal" not in document.content
    assert document.state == Document.State.PREPARING


def test_no_paper_of_practice_is_marked(invented: Invented, settings: Any) -> None:
    document = prepared_decision()
    settings.TAKWIN_PRACTICE = True
    add_second_seal(document)
    assert (invented.asked, "second_seal" in document.content) == ([], False)


def test_a_duplicate_bears_a_seal_of_its_own_and_not_that_of_the_first(invented: Invented) -> None:
    first = issued_decision()
    again = a_loss(first)
    assert "second_seal" not in again.content
    seal_document(again.pk)
    again.refresh_from_db()
    told = codes_on(file_of(again)).values()
    assert any(again.public_id in text and text.startswith("INVENTED") for text in told)
    assert not any(first.public_id in text for text in told)
    assert services.status_of(first) == "replaced"


def test_a_transparent_picture_is_printed_on_white_and_the_file_stays_archivable(tmp_path: Path) -> None:
    drawn = Image.open(io.BytesIO(symbol("clear"))).convert("RGBA")
    drawn.putalpha(drawn.convert("L").point(lambda ink: 255 - ink))  # what is white is not there
    with brought(Invented(lambda facts: p.SecondSeal(picture=png(drawn), name=NAME))):
        document = issued_decision()
    assert "clear" in codes_on(file_of(document)).values()
    with pikepdf.open(io.BytesIO(file_of(document))) as pdf:
        pictures = [
            item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
    assert pictures
    assert not any("/SMask" in item for item in pictures)


MARKED = {
    "diploma": lambda: specimens.diploma(english=True),
    "attestation": lambda: specimens.attestation(english=True),
    "nominal_list": lambda: specimens.nominal_list(count=3),
    "verification_report": lambda: specimens.verification_report(count=3),
    "convocation": lambda: specimens.convocation(english=True),
    "decision": engine_specimens.decision,
    "refusal": engine_specimens.refusal,
    "receipt": engine_specimens.receipt,
}


@pytest.mark.parametrize("name", MARKED)
def test_no_sheet_is_too_narrow_for_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    specimen = MARKED[name]()
    plain = sheets.printed(specimen, monkeypatch)
    seal = p.SecondSeal(picture=symbol("INVENTED"), name=LONGEST)
    marked = specimens.Specimen(template=specimen.template, content=specimen.content | {"second_seal": frozen(seal)})
    sheet = sheets.printed(marked, monkeypatch)
    assert sheet.spills == ()
    assert sheets.collisions(sheet.letters) == []
    assert min(letter.size for letter in sheet.letters) >= 7.99
    assert sheet.pages == plain.pages
    assert set(codes_on(sheet.pdf).values()) == {sheets.CODE_TEXT, "INVENTED"}
