"""How an output would print with other words, before they are in force: invented answers, a mark across each page."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from procedures.cases.models import Case, Decision
from procedures.definition import Duplicate, Group, Output, Procedure, worded
from procedures.documents.case_reading import Reading
from procedures.documents.names import Names
from procedures.documents.outputs import content_of_output
from procedures.documents.rendering import Print, render
from procedures.documents.wording import LANGUAGES, words
from procedures.offices.models import Office
from procedures.resolving import resolve

NO_CODE = "0" * 16
ROW = "preview"
MARK = _("Preview, worth nothing")


def has_preview(procedure: Procedure, output: str) -> bool:
    """Whether an output prints words of its own; a duplicate prints those of the document it repeats."""
    return any(each.code == output and not isinstance(each.frame, Duplicate) for each in procedure.outputs)


def preview_wording(*, procedure: str, output: str, texts: Mapping[str, str]) -> bytes:
    """A PDF of an output with this body by language; nothing is stored, and its code opens nothing.

    Every answer is printed as the name of its question, in square brackets.
    """
    known = resolve(procedure)
    asked = next(each for each in known.outputs if each.code == output)
    asked = replace(asked, body=worded(dict(texts), asked.body))
    today = timezone.localdate()
    content = _content(known, asked)
    paper = Print(
        public_id=NO_CODE,
        issued_on=today,
        code_text="PREVIEW - NOT A DOCUMENT",
        credential={"preview": True},
        field_title=gettext("Electronic seal of the authority"),
    )
    with override("ar"):
        return render(asked.frame.code, content, paper)


def _content(procedure: Procedure, output: Output) -> dict[str, Any]:
    """As a case would give it: one that was never stored, decided by nobody."""
    now = timezone.now()
    office = Office(name_ar="[…]", name_fr="[…]", name_en="[…]")
    case = Case(pk=0, number=f"{procedure.prefix}-0000", draft_id=uuid.uuid4(), filed_at=now, office=office)
    decision = Decision(pk=0, case=case, kind=output.on[0], prepared_at=now, answers={})
    reading = Reading(
        case, procedure, _rows(procedure), {language: _texts(procedure, language) for language in LANGUAGES}
    )
    title = words(_("Name of the holder"))
    names = Names(f"[{title['ar']}]", f"[{title['fr']}]")
    content = content_of_output(reading, decision, output, names, None, public_id=NO_CODE, number=case.number)
    return content | {"across": words(MARK)}


def _texts(procedure: Procedure, language: str) -> dict[str, tuple[str, str]]:
    told = {}
    with override(language):
        for placed in procedure.places():
            code = placed.block.code
            where = f"{code}[{ROW}]" if isinstance(placed.block, Group) else code
            for name, question in placed.block.asks.questions().items():
                told[f"{where}.{name}"] = (str(question.label), f"[{question.label}]")
    return told


def _rows(procedure: Procedure) -> dict[str, Any]:
    return {placed.block.code: [{"_row": ROW}] for placed in procedure.places() if isinstance(placed.block, Group)}
