"""The rooms of the administration, where a person stands among them, and what waits for a decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.accounts.factor_resets import open_resets
from procedures.offices.models import Role
from procedures.offices.selectors import roles_of
from procedures.policies import staff
from procedures.versions.models import Version
from registers.people.models import DuplicateProposal

reads = staff(Role.ADMINISTRATOR, Role.AUDITOR)
changes = staff(Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Room:
    """`about` says in a sentence what is done there; `waiting` counts what needs somebody."""

    title: str
    url: str
    about: str = ""
    icon: str = "file"
    current: bool = False
    waiting: int = 0


def rooms(request: HttpRequest) -> list[Room]:
    return list(_rooms(request))


def may_change(person: Any) -> bool:
    """Whether a person changes what stands here; an auditor reads."""
    return Role.ADMINISTRATOR in roles_of(person)


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of these rooms, with the way to the others."""
    around = {"rooms": rooms(request), "may_change": may_change(request.user), "here": request.path}
    return render(request, template, around | context, status=status)


def _rooms(request: HttpRequest) -> Iterator[Room]:
    resets = open_resets().exclude(asked_by=request.user.pk).count()
    doubles = DuplicateProposal.objects.filter(state=DuplicateProposal.State.OPEN).count()
    shut = Version.objects.filter(opened_at=None).count()
    for title, name, about, icon, waiting in (
        (_("People"), "people", _("Find, invite and close accounts; second factors and sessions."), "person", resets),
        (_("Offices"), "offices", _("Open and close offices, and say who serves there and when."), "pin", 0),
        (_("Review of rights"), "review", _("Who holds which role since when, confirmed each quarter."), "check", 0),
        (_("Commissions"), "commissions", _("Their rules, and who sits in them from when until when."), "person", 0),
        (_("Specialities"), "specialities", _("The nomenclature: add, change, retire, load a table."), "file", 0),
        (_("Moratoria"), "moratoria", _("What a circular halts in a speciality, where and until when."), "pause", 0),
        (pgettext("geography", "Places"), "places", _("Governorates and their delegations."), "flag", 0),
        (_("Versions"), "versions", _("What a new version of a procedure changes, tried on past cases."), "file", shut),
        (_("Working calendar"), "holidays", _("Days on which delays stand still, weekends, warnings."), "clock", 0),
        (_("Rule parameters"), "values", _("Delays, fees and figures, from a day on, with their text."), "check", 0),
        (_("Reasons"), "reasons", _("How a refusal is worded, and what would mend it."), "file", 0),
        (_("Numbering"), "numbering", _("The last number given in each series and year."), "file", 0),
        (_("Duplicates"), "duplicates", _("Entries of the register that may be one person."), "eye", doubles),
    ):
        url = reverse(f"administration:{name}")
        yield Room(title, url, about, icon, current=request.path.startswith(url), waiting=waiting)
    try:
        lists = reverse("checklists:checklists")
    except NoReverseMatch:  # a site may leave the rooms of visits out
        pass
    else:
        about = _("What inspectors look at on site, in editions.")
        yield Room(_("Lists of visits"), lists, about, "check", current=request.path.startswith(lists))
    if not may_change(request.user):
        return
    try:
        imports = reverse("imports_desk:office_home")
    except NoReverseMatch:  # a site may leave the room of imports out
        return
    yield Room(_("Imports"), imports, _("Lists brought in from files: structures, people, results."), "upload")
