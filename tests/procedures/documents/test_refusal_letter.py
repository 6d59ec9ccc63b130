"""The letter of refusal: each reason with its article, what mends it, and how and until when it is contested."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from procedures import api as p
from procedures.documents import services
from procedures.documents.issuing import rendered
from procedures.documents.models import Document
from procedures.documents.reading_back import text_of
from procedures.registry import procedure
from tests.procedures.documents.factories import CODE, decided, filed_case
from tests.procedures.documents.sheets import letters_of
from tests.procedures.installed import installed

ALL = ["body_not_recognised", "no_matching_level", "certificate_not_genuine"]
MOTIVATION = "لم يصل ردّ الجهة المصدرة رغم مراسلتها مرّتين، والبرنامج المقدّم لا يبيّن ساعات التطبيق."
LEAST = 8.0  # points
FRENCH = {"within": "60 jours", "notified": "notification", "assumption": "hypothèse"}


def letter(*reasons: str, motivation: str = "", explanations: Any = (), serial: int = 1) -> Document:
    case = filed_case(serial=serial)
    case.explanations = list(explanations)
    case.save()
    decision = decided(case, kind="refuse", reasons=list(reasons), motivation=motivation)
    return services.prepare_documents(case=case, decision=decision)[0]


def pages(document: Document) -> int:
    pdf = pypdfium2.PdfDocument(rendered(document))
    try:
        return len(pdf)
    finally:
        pdf.close()


def sizes(document: Document) -> Iterator[float]:
    """The size of each letter, in points."""
    return (letter.size for letter in letters_of(rendered(document)))


@pytest.mark.parametrize(("reasons", "motivation"), [(ALL[:1], ""), (ALL[:2], ""), (ALL, ""), (ALL, MOTIVATION)])
def test_it_stays_on_one_page_and_nothing_is_smaller_than_eight_points(reasons: list[str], motivation: str) -> None:
    document = letter(*reasons, motivation=motivation)
    assert pages(document) == 1
    assert min(sizes(document)) >= LEAST - 0.05


def test_many_reasons_and_a_long_motivation_go_on_over_pages_and_lose_nothing() -> None:
    failed = [
        {
            "rule": f"rule_{number}",
            "outcome": "failed",
            "says": dict.fromkeys(("ar", "fr", "en"), f"Motif {number} " * 9),
        }
        for number in range(12)
    ]
    document = letter(*(each["rule"] for each in failed), motivation="Parole " * 250 + "fin", explanations=failed)
    text = text_of(rendered(document))
    assert pages(document) > 1
    assert all(f"Motif {number} " in text for number in range(12))
    assert text.count("Parole") == 250
    assert "Contester cette décision" in text


def test_each_reason_has_its_text_its_basis_and_what_mends_it_in_both_languages() -> None:
    content = letter(*ALL).content
    for reason, defined in zip(content["reasons"], procedure(CODE).reasons, strict=True):
        for language in ("ar", "fr"):
            assert reason["text"][language]
            assert reason["mend"][language]
        assert ("assumption" in reason["basis"]["en"]) == (defined.basis is None)
    assert "2009-2139" in content["reasons"][1]["basis"]["fr"]


def test_it_says_within_which_time_from_what_day_and_that_this_is_an_assumption() -> None:
    text = " ".join(text_of(rendered(letter(ALL[0]))).split()).replace("\u00a0", " ")
    assert all(word in text for word in FRENCH.values())
    assert "60 يوم" in letter(ALL[0], serial=2).content["ways"][0]["ar"]


def test_a_text_that_was_read_stands_where_the_assumption_stood() -> None:
    basis = p.Basis("Loi inventée pour un essai", article="article 7")
    made = replace(procedure(CODE), appeal=p.Appeal(within=p.WorkingDays(10), basis=basis))
    with installed(made):
        document = letter(ALL[0])
        text = " ".join(text_of(rendered(document)).split()).replace("\u00a0", " ")
    assert "10 jours" in text
    assert "Loi inventée pour un essai, article 7" in text
    assert "Texte par défaut" not in text


def test_an_appeal_that_is_refused_says_that_the_portal_knows_no_further_one() -> None:
    with installed(replace(procedure(CODE), appeal=None)):
        ways = letter(ALL[0]).content["ways"]
    assert "No appeal" in ways[0]["en"]


def test_the_words_of_the_decider_read_in_their_own_direction() -> None:
    assert letter(ALL[0], motivation=MOTIVATION).content["motivation_dir"] == "rtl"
    assert letter(ALL[0], motivation="(1) Dossier incomplet.", serial=2).content["motivation_dir"] == "ltr"
