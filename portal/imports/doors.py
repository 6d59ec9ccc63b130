"""By which door somebody imports: that of an organisation they serve in, or that of an office of the administration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from portal.organisation.opening import Opened, around
from procedures.offices.models import Office, Role
from procedures.offices.selectors import offices_of
from procedures.policies import View, signed_in, staff
from registers.imports.kinds.all import KINDS
from registers.imports.kinds.base import Kind
from registers.imports.models import ImportBatch
from registers.imports.scenes import Scene
from registers.imports.selectors import imports_of
from registers.organisations.selectors import Standing, standing_in_id

OFFICERS = (Role.ADMINISTRATOR, Role.CENTRAL_OFFICER)
DoorView = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """`standing` is the organisation's, `offices` those of an officer: exactly one of both is there."""

    user: Any
    standing: Standing | None = None
    offices: Sequence[Office] = ()

    @property
    def organisation(self) -> Any:
        return self.standing.organisation if self.standing else None

    @property
    def is_office(self) -> bool:
        return self.standing is None

    @property
    def office(self) -> Office | None:
        return self.offices[0] if self.is_office else None

    @property
    def name(self) -> str:
        return str(self.organisation or self.office)

    @property
    def base(self) -> str:
        return "base_office.html" if self.is_office else "organisation/base.html"

    @property
    def is_invented(self) -> bool:
        return self.standing is not None and self.standing.organisation.invented

    def room(self, path: str) -> dict[str, Any]:
        """What pages of imports show of the organisation around them: its menu, and what the person may do there."""
        return around(Opened(self.standing, path)) if self.standing else {}

    @property
    def kinds(self) -> list[Kind]:
        """What this person may import here."""
        return [kind for kind in KINDS.values() if self._opens(kind)]

    def kind(self, code: str) -> Kind:
        """Raises Http404 for a kind that is not open to this person."""
        found = KINDS.get(code)
        if found is None or not self._opens(found):
            raise Http404
        return found

    def scene(self, kind: Kind) -> Scene:
        if self.standing is None:
            return Scene(None)
        return Scene(self.organisation, reaching=self.standing.structures_for(kind.act))

    def batches(self) -> Any:
        """Imports that may be seen by this door, of the kinds that are open."""
        seen = imports_of(organisation=self.organisation, offices=self.offices)
        return seen.filter(kind__in=[kind.code for kind in self.kinds])

    def batch(self, public_id: UUID) -> ImportBatch:
        """Raises Http404 for an import of somebody else."""
        found: ImportBatch | None = self.batches().filter(public_id=public_id).first()
        if found is None:
            raise Http404
        return found

    def url(self, name: str, **arguments: Any) -> str:
        if self.is_office:
            return reverse(f"imports_desk:office_{name}", kwargs=arguments)
        return reverse(f"imports_desk:own_{name}", kwargs={"organisation": self.organisation.public_id, **arguments})

    def _opens(self, kind: Kind) -> bool:
        return self.standing is None or bool(kind.act and self.standing.may(kind.act))


def by_organisation(view: DoorView) -> View:
    """For whoever may import something in the organisation that the address names; for others there is no page."""

    @wraps(view)
    def opened(request: HttpRequest, organisation: UUID, **arguments: Any) -> HttpResponseBase:
        door = Door(request.user, standing=standing_in_id(request.user, organisation))
        if door.standing is None or not door.kinds:
            raise Http404
        return view(request, door, **arguments)

    return signed_in(opened)


def by_office(view: DoorView) -> View:
    """For officers of the central services and administrators of the portal."""

    @wraps(view)
    def opened(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        served = {office.pk: office for role in OFFICERS for office in offices_of(request.user, role)}
        if not served:
            raise Http404
        return view(request, Door(request.user, offices=list(served.values())), **arguments)

    return staff(*OFFICERS)(opened)
