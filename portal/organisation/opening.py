"""The one door from a request to an organisation: whoever serves there, in a role that allows the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.context import Way
from procedures.policies import signed_in
from registers.organisations.models import Organisation
from registers.organisations.roles import ALL_IMPORTS, Act
from registers.organisations.selectors import Standing, standing_in_id
from registers.structures.models import Structure
from registers.training.models import Session

ON_A_PAGE = 25
PAGES = (
    (Act.SEE_FILE, "desk"),
    (Act.SEE_GROUPS, "groups"),
    (Act.SEE_EXAMS, "exams"),
    (Act.SEE_CERTIFICATES, "certificates"),
    (Act.SEE_CASES, "cases"),
)


class Opened:
    """An organisation as one person stands in it, on one request."""

    def __init__(self, standing: Standing, path: str) -> None:
        self.standing, self.path = standing, path

    @property
    def organisation(self) -> Organisation:
        return self.standing.organisation

    @property
    def may(self) -> dict[str, bool]:
        """What the person may do, by the code of the act: for templates."""
        return {act.value: self.standing.may(act) for act in Act}

    @property
    def roles(self) -> list[str]:
        return [str(role.label) for role in sorted(self.standing.roles)]

    @property
    def for_whom(self) -> list[Any]:
        """Absent colleagues whose work the person does today."""
        return [power.staff for power in self.standing.powers if power.stands_in]

    @property
    def reads_only(self) -> bool:
        return all(power.reads_only for power in self.standing.powers)

    @property
    def ways(self) -> list[Way]:
        """The menu: pages that a role of the person allows."""
        open_to = [(TITLES[name](), self.url(name), name) for act, name in PAGES if self.standing.may(act)]
        if any(self.standing.may(act) for act in ALL_IMPORTS):
            own = {"organisation": self.organisation.public_id}
            open_to.append((_("Imports"), reverse("imports_desk:own_home", kwargs=own), "imports"))
        return [Way(title, url, current=self._is_current(name, url)) for title, url, name in open_to]

    def _is_current(self, name: str, url: str) -> bool:
        """The page of the menu, or one below it; everything lies below the desk."""
        return self.path == url if name == "desk" else self.path.startswith(url)

    def url(self, name: str) -> str:
        return reverse(f"organisation_desk:{name}", kwargs={"organisation": self.organisation.public_id})

    def structures(self, act: Act) -> QuerySet[Structure]:
        """Structures of the organisation to which the act reaches."""
        found = Structure.objects.filter(organisation=self.organisation).select_related("place", "parent")
        limited = self.standing.structures_for(act)
        return found if limited is None else found.filter(pk__in=limited)

    def reaches(self, act: Act, session: Session) -> bool:
        """Whether the person may do this in the structure of a group."""
        return self.standing.may(act, session.offer.structure_id)


def paged(request: HttpRequest, found: QuerySet[Any]) -> Page[Any]:
    """The page of a list that the address asks for; the first where it asks for none, the last where for too many."""
    return Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))


TITLES: dict[str, Callable[[], str]] = {
    "desk": lambda: _("Our desk"),
    "groups": lambda: _("Groups"),
    "exams": lambda: _("Exams"),
    "certificates": lambda: _("Certificates"),
    "cases": lambda: pgettext("organisation", "Cases"),
}


def within(act: Act) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A view of an organisation's room: `opened` instead of its id. For everybody else the page does not exist."""

    def declare(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, organisation: UUID, **kwargs: Any) -> HttpResponseBase:
            return view(request, opened_by(request, organisation, act), **kwargs)

        guarded.act = act  # type: ignore[attr-defined]  # the property test reads it
        return signed_in(guarded)

    return declare


def opened_by(request: HttpRequest, organisation: UUID, act: Act) -> Opened:
    """Raises Http404 for an organisation in which the person may not do this."""
    standing = standing_in_id(request.user, organisation)
    if standing is None or not standing.may(act):
        raise Http404
    return Opened(standing, request.path)


def draw(request: HttpRequest, opened: Opened, template: str, **context: Any) -> HttpResponse:
    """A page of the room, with whose it is and what the person may do there."""
    return render(request, template, around(opened) | context)


def around(opened: Opened) -> dict[str, Any]:
    """What every page of an organisation needs around its own content."""
    return {"opened": opened, "organisation": opened.organisation, "may": opened.may}
