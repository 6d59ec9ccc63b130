"""Who and what an invented case is about: names that say that they are invented, and papers that say it too."""

import secrets
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.journey.papers import scan
from procedures.definition import Procedure, Regional, Sample
from procedures.documents.models import Document
from procedures.offices.models import Office
from procedures.offices.selectors import people_in
from procedures.rules import Situation
from procedures.testing import sample_answers
from registers.structures.selectors import live, search

FIRST = (
    ("آمنة", "Amna"), ("ياسين", "Yassine"), ("هاجر", "Hajer"), ("معز", "Moez"), ("سلوى", "Saloua"), ("نضال", "Nidhal"),
    ("ريم", "Rim"), ("قيس", "Kais"), ("إيناس", "Ines"), ("مهدي", "Mehdi"), ("رحمة", "Rahma"), ("أنيس", "Anis"),
)  # fmt: skip
LAST = (("التدريبي", "Tadribi"), ("بن تدريب", "Ben Tadrib"), ("المختلق", "El Mokhtalak"), ("النموذجي", "Namoudhaji"))


def situation_for(
    procedure: Procedure, office: Office, sample: Sample | None = None, *, named: bool = False
) -> Situation:
    """A filing of this procedure made of its sample, that comes before this office where its route allows it."""
    day = timezone.localdate()
    place = office.place or _a_place()
    changes = _places(procedure, place) | _about(procedure, place)
    if named:
        for block, fields in _names(procedure).items():
            changes[block] = fields | changes.get(block, {})
    answers = sample_answers(procedure, sample=sample, on=day, **changes)  # type: ignore[arg-type]  # by block
    return Situation(procedure, answers, on=day)


def samples_that_pass(procedure: Procedure) -> tuple[Sample | None, ...]:
    """The samples that break no rule, as different as the plugin made them; the plain one where there is none."""
    return tuple(sample for sample in procedure.samples if not sample.breaks) or (None,)


def papers_for(situation: Situation) -> dict[tuple[str, str], SimpleUploadedFile]:
    """One scan for each paper asked, by its code and row."""
    return {
        (paper.code, row): SimpleUploadedFile(
            f"{paper.code}.pdf", scan(f"PRACTICE {paper.code}", 1, seed), "application/pdf"
        )
        for seed, (paper, row) in enumerate(situation.asked_papers())
    }


def _places(procedure: Procedure, place: str) -> dict[str, dict[str, Any]]:
    """The answers by which a directorate is found, so that it is the wanted one."""
    parties = [*procedure.authorities, *(stage.at for stage in procedure.route if stage.at)]
    changes: dict[str, dict[str, Any]] = {}
    for party in parties:
        if isinstance(party, Regional) and isinstance(party.of, str) and "." in party.of:
            block, name = party.of.split(".", 1)
            changes.setdefault(block, {})[name] = place
    return changes


def _about(procedure: Procedure, place: str) -> dict[str, dict[str, Any]]:
    """A file is about a structure of the place, or a document that was issued, drawn from the invented registers."""
    if not procedure.is_opened_by_authority or not isinstance(procedure.about, str):
        return {}
    block, _dot, name = procedure.about.partition(".")
    day, found = timezone.localdate(), None
    if name == "structure":
        there = search(place=place, on=day).filter(pk__in=live(day).values("pk"), invented=True)
        found = there.order_by("?").values_list("number", flat=True).first()
    elif name == "document":
        issued = Document.objects.filter(state=Document.State.ISSUED).exclude(claims={})
        found = issued.order_by("?").values_list("public_id", flat=True).first()
    return {block: {name: found}} if found else {}


def _names(procedure: Procedure) -> dict[str, dict[str, Any]]:
    """Invented names wherever the procedure asks for names in both scripts."""
    found: dict[str, dict[str, Any]] = {}
    for code, placed in procedure.blocks.items():
        questions = placed.block.asks.questions()
        if not {"first_name_ar", "last_name_ar"} <= questions.keys() or placed.stage:
            continue
        first, last = secrets.choice(FIRST), secrets.choice(LAST)
        names = dict(zip(("first_name_ar", "first_name_lat"), first, strict=True))
        names |= dict(zip(("last_name_ar", "last_name_lat"), last, strict=True))
        names |= {"id_number": f"{secrets.randbelow(10**8):08d}"} if "id_number" in questions else {}
        found[code] = {name: value for name, value in names.items() if name in questions}
    return found


def _a_place() -> str:
    """A governorate whose directorate has people, for a case that comes to a central service later."""
    offices = Office.objects.filter(kind=Office.Kind.REGIONAL, is_open=True, memberships__isnull=False).distinct()
    return next((office.place for office in offices if people_in(office).exists()), "")
