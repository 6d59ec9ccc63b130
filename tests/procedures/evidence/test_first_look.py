"""A first look at papers: what is good passes in silence, what is bad is told, and nothing is ever stopped by it."""

import io
import os
from datetime import date
from random import Random
from typing import Any

import pikepdf
import pytest
from django.utils import translation

from procedures.evidence.contents import check_content
from procedures.evidence.findings import SAID, look_at, said
from procedures.evidence.models import Upload
from procedures.evidence.services import receive_paper
from tests.procedures.evidence import phone_photos
from tests.procedures.evidence.corpus import pdf, upload
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import Visitor, a_person

TODAY = date(2026, 11, 18)
AMINA = (("التونسي", "أمينة"), ("Tounsi", "Amina"))
OTHERS = (("Gharbi", "Slim"), ("Mahjoub", "Rania"), ("Ferchichi", "Walid"), ("Zouari", "Ines"))
LAST_DAYS = ("Date d'expiration : {day}", "Valable jusqu'au {day}", "Expiry date {day}", "Valid until: {day}")
KINDS = ("blurred", "dark", "cut", "turned", "expired", "other_name")


def seed() -> str:
    """A new one each run; TAKWIN_SEED repeats one."""
    return os.environ.get("TAKWIN_SEED") or os.urandom(4).hex()


def written(lines: list[str]) -> bytes:
    """A PDF with a text layer."""

    def change(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        shown = "".join(f"({line}) Tj 0 -24 Td ".replace("'", "\\'") for line in lines)
        page.Contents = document.make_stream(f"BT /F1 12 Tf 72 760 Td {shown} ET".encode("cp1252"))

    return pdf(change=change)


def attestation(chance: Random, name: tuple[str, str], *extra: str) -> bytes:
    start = chance.choice(("Attestation de formation professionnelle", "Relevé de notes de la session principale"))
    return written(
        [start, "Délivrée à Tunis à la personne nommée ci-dessous", f"Nom : {name[0]}  Prénom : {name[1]}", *extra]
    )


def bad(kind: str, chance: Random) -> bytes:
    if kind == "expired":
        day = f"{chance.randrange(1, 28):02d}/{chance.randrange(1, 13):02d}/{chance.randrange(2012, 2026)}"
        return attestation(chance, AMINA[1], chance.choice(LAST_DAYS).format(day=day))
    if kind == "other_name":
        return attestation(chance, chance.choice(OTHERS))
    return phone_photos.BAD[kind](chance)


def found(content: bytes, names: Any = AMINA) -> list[str]:
    return [finding["code"] for finding in look_at(check_content(content), names=names, on=TODAY)]


def test_good_photographs_of_papers_give_no_warning(full: bool) -> None:
    origin = seed()
    wrong = {}
    for number in range(20 if full else 4):
        codes = found(phone_photos.good(Random(f"{origin} good {number}")))
        if codes:
            wrong[number] = codes
    assert wrong == {}, f"TAKWIN_SEED={origin}"


def test_bad_papers_give_the_warning_that_mends_them(full: bool) -> None:
    origin = seed()
    missed = {}
    for number in range(30 if full else 6):
        kind = KINDS[number % len(KINDS)]
        codes = found(bad(kind, Random(f"{origin} {kind} {number}")))
        if kind not in codes:
            missed[f"{kind} {number}"] = codes
    print(f"TAKWIN_SEED={origin}: {len(missed)} missed")
    assert len(missed) <= 2, (origin, missed)


def test_a_good_pdf_with_the_right_name_and_a_day_to_come_gives_no_warning() -> None:
    assert found(attestation(Random(1), AMINA[1], "Date d'expiration : 12/03/2031")) == []


@pytest.mark.parametrize(
    "name", [("TOUNSI", "AMINA"), ("Tounssi", "Amina"), ("Ben Tounsi", "Amina Sarra"), ("Tounsi", "Aminà")]
)
def test_a_name_written_a_little_otherwise_is_still_the_name(name: tuple[str, str]) -> None:
    assert found(attestation(Random(1), name)) == []


def test_a_paper_that_need_bear_no_name_is_not_asked_for_one() -> None:
    assert found(attestation(Random(1), OTHERS[0]), names=()) == []


def test_a_blank_page_is_named_by_its_number() -> None:
    findings = look_at(check_content(pdf(2)), on=TODAY)
    assert findings == [{"code": "blank", "page": 1}, {"code": "blank", "page": 2}]


def test_a_scanned_page_is_looked_at_as_a_picture() -> None:
    from PIL import Image

    sheets = [Image.open(io.BytesIO(phone_photos.BAD[kind](Random(3)))) for kind in ("dark", "blurred")]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    findings = look_at(check_content(out.getvalue()), on=TODAY)
    assert [(each["code"], each["page"]) for each in findings] == [("dark", 1), ("blurred", 2)]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_each_warning_says_what_it_is_and_how_it_is_mended(language: str) -> None:
    findings = [{"code": code, "page": 2, "day": "2024-03-01"} for code in SAID]
    english = list(said(findings))
    with translation.override(language):
        for plain, finding in zip(english, said(findings), strict=True):
            assert plain.title != finding.title, finding
            assert plain.mend != finding.mend, finding
            assert ("2024" in finding.title) == (finding.code == "expired")


@pytest.mark.django_db
def test_a_warning_is_kept_with_the_paper_and_shown_to_its_owner_and_stops_nothing() -> None:
    House()
    visitor = Visitor(a_person())
    visitor.fill()
    dark = upload("IMG_1.jpg", phone_photos.dark(Random(5)))
    answer = visitor.hand_in(**{"paper-certificate": dark})
    assert answer["Location"].endswith("/check/")
    kept = Upload.objects.get(draft=visitor.draft, paper="certificate")
    assert kept.checks == [{"code": "dark"}]
    for step in ("papers", "check"):
        assert "The picture is too dark" in visitor.open(step).content.decode(), step
    assert visitor.file().status_code == 302


@pytest.mark.django_db
def test_the_name_in_the_answers_is_looked_for_on_the_papers_that_must_bear_it() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    foreign = attestation(Random(1), OTHERS[0])
    visitor.hand_in(**{"paper-certificate": upload("a.pdf", foreign), "paper-programme": upload("b.pdf", foreign)})
    told = {each.paper: each.checks for each in Upload.objects.filter(draft=visitor.draft)}
    assert told["certificate"] == [{"code": "other_name"}]
    assert told["programme"] == []


@pytest.mark.django_db
def test_a_first_look_that_cannot_be_had_refuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procedures.evidence.pages.SECONDS", 0)
    visitor = Visitor(a_person())
    visitor.start()
    kept = receive_paper(draft=visitor.stored(), paper="identity", file=upload("a.pdf", pdf()), by=visitor.person)
    assert kept.checks == []
