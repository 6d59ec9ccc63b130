"""What a page shows: the catalogue by theme on the home page, and one procedure, whole, on its own page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from cms_content import presenting
from cms_content.catalogue import Service, services, themes_in_use
from cms_content.models import Opening
from cms_content.selectors import service_addresses
from cms_content.wording import pick
from procedures.definition import Procedure
from procedures.registry import UnknownProcedure
from procedures.resolving import resolve

if TYPE_CHECKING:
    from cms_content.models import HomePage, ServicePage

ON_HOME = 8
MOST_ASKED = 4


@dataclass(frozen=True)
class Shown:
    """A procedure as its page prints it; `procedure` is None when the code is not loaded any more."""

    code: str
    procedure: Procedure | None
    is_open: bool
    closed_because: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    delays: tuple[presenting.Fact, ...] = ()
    fee: presenting.Fact | None = None
    receives: tuple[str, ...] = ()
    grounds: tuple[presenting.RuleLine, ...] = ()
    papers: tuple[presenting.PaperLine, ...] = ()
    route: tuple[presenting.RouteLine, ...] = ()
    rules: tuple[presenting.RuleLine, ...] = ()
    laws: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    upload_bytes: int = 0


def show_service(code: str) -> Shown:
    """Everything a page says of a procedure, read from the definition as the editors' words and values have it."""
    try:
        procedure = resolve(code)
    except UnknownProcedure:
        return Shown(code, None, is_open=False)
    opening = Opening.objects.filter(procedure=code).first()
    return Shown(
        code,
        procedure,
        is_open=procedure.open,
        closed_because=pick(opening.says) if opening else "",
        opens_on=opening.opens_on if opening else None,
        closes_on=opening.closes_on if opening else None,
        delays=presenting.deadlines(procedure),
        fee=presenting.fee_in_brief(procedure),
        receives=presenting.what_you_receive(procedure),
        grounds=presenting.grounds(procedure),
        papers=presenting.papers(procedure),
        route=presenting.route(procedure),
        rules=presenting.rules(procedure),
        laws=presenting.laws(procedure),
        assumptions=presenting.assumptions(procedure),
        audiences=presenting.audiences(procedure),
        upload_bytes=settings.TAKWIN_UPLOAD_MAX_BYTES,
    )


def service_context(code: str, page: "ServicePage | None" = None) -> dict[str, Any]:
    """The page of a procedure: its facts, and what an editor wrote around them where there is a page."""
    shown = show_service(code)
    summary = shown.procedure.summary if shown.procedure else ""
    return {
        "service": shown,
        "heading": shown.procedure.title if shown.procedure else (page.title if page else ""),
        "lead": (page and page.lead) or summary,
        "window_title": (page and page.seo_title) or "",
        "description": (page and page.search_description) or "",
        "minutes": page.minutes if page else None,
        "guidance": page.guidance if page else None,
        "updated": page.last_published_at if page else None,
    }


def home_context(page: "HomePage") -> dict[str, Any]:
    """The catalogue, its themes, and the links of each audience panel."""
    every = every_row()
    known = {one.code: one for one in every}
    return {
        "themes": themes_in_use(),
        "services": every[:ON_HOME],
        "audiences": [_audience(block.value, known) for block in page.audiences],
        "common": [one for one in every if one.online][:MOST_ASKED],
    }


def with_addresses(rows: list[Service]) -> list[Service]:
    """Each with the address of its page, or of the notice that it is not online yet."""
    pages = service_addresses()
    return [replace(one, address=pages.get(one.code) or reverse("public:service", args=[one.code])) for one in rows]


def every_row() -> list[Service]:
    """The whole catalogue, each row with its address."""
    return with_addresses(services())


def rows_of(codes: Iterable[str]) -> list[Service]:
    """Rows of the catalogue for these codes, in their order."""
    known = {one.code: one for one in every_row()}
    return [known[code] for code in codes if code in known]


def _audience(value: Any, known: dict[str, Service]) -> dict[str, Any]:
    return {
        "kind": value["kind"],
        "name": value["name"],
        "line": value["line"],
        "services": [known[code] for code in value["services"] if code in known],
    }
