"""What lies beside a case on its page: the cases and procedures that it leads to, and the rows decided one by one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.backoffice.opened import OpenedCase
from portal.backoffice.stage_forms import VERDICTS
from procedures.cases.models import Case, CaseLink
from procedures.cases.selectors import links_of, visible_to
from procedures.cases.services import may_open as may_open_file
from procedures.definition import Procedure
from procedures.registry import procedures


@dataclass(frozen=True)
class Linked:
    kind: str
    title: str
    number: str
    address: str  # empty where this officer may not open it, or nobody has filed it
    opens: str = ""  # where this officer opens the file that it leads to


@dataclass(frozen=True)
class RowDecided:
    name: str
    verdict: str
    refused: bool
    reason: str
    who: Any


def linked_to(case: Case, reader: Any) -> list[Linked]:
    links = links_of(case)
    others = [other.pk for link in links if (other := _other(link, case)) is not None]
    open_to_reader = set(visible_to(reader).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return [_linked(link, case, reader, open_to_reader) for link in links]


def decided_rows(opened: OpenedCase) -> list[RowDecided]:
    rows = list(opened.case.row_decisions.exclude(decision__sent_back_at__isnull=False).select_related("by"))
    if not rows:
        return []
    names = {
        (each.code, each.row): next((item.text for item in each.items if item.text), str(each.number))
        for each in opened.sections
    }
    return [
        RowDecided(
            name=names.get((row.group, row.row), row.row),
            verdict=str(VERDICTS.get(row.kind, row.kind)),
            refused=row.kind == "refuse",
            reason=opened.reasons.get(row.reason, row.reason),
            who=row.by or _("the portal"),
        )
        for row in rows
    ]


def _other(link: CaseLink, case: Case) -> Case | None:
    return link.to if link.case_id == case.pk else link.case


def _opens(case: Case, reader: Any, wanted: Procedure) -> str:
    """The page that opens a file of this procedure about what the present case is about."""
    about = procedures()[case.procedure].about if case.procedure in procedures() else ""
    if not may_open_file(reader, wanted) or not isinstance(about, str):
        return ""
    block, _dot, name = about.rstrip("?").partition(".")
    value = str((case.answers.get(block) or {}).get(name) or "")
    return f"{reverse('files:open', args=(wanted.code,))}?{urlencode({'about': value})}"


def _linked(link: CaseLink, case: Case, reader: Any, open_to_reader: set[int]) -> Linked:
    other = _other(link, case)
    code = other.procedure if other is not None else link.procedure
    known = procedures().get(code)
    may_open = other is not None and other.pk in open_to_reader
    return Linked(
        kind=str(CaseLink.Kind(link.kind).label),
        title=str(known.title) if known else code,
        number=other.number if other is not None else "",
        address=reverse("backoffice:case", args=(other.public_id,)) if may_open and other is not None else "",
        opens=_opens(case, reader, known) if other is None and known is not None else "",
    )
