"""For whom a table is read, and what the register says of them: asked once a batch, not once a row."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from registers.imports.signs import bare
from registers.structures.models import Structure
from registers.training.models import Session

MOST_ROWS_A_GROUP = 500


class Scene:
    """An organisation sees its own structures and groups; an office (`organisation` None) those of everybody.

    `reaching` are the ids of the structures to which a role is limited; None where it reaches all of them.
    """

    def __init__(self, organisation: Any, *, reaching: frozenset[int] | None = None) -> None:
        self.organisation = organisation
        self.reaching = reaching
        self.today = timezone.localdate()
        self.seen: dict[int, int] = {}  # hashes of the keys of rows read so far, and their line
        self.rows_of_group: dict[int, int] = {}
        self.taken: dict[int, int] = {}  # places of groups: held in the register, and asked for by rows above
        self._structures: dict[str, Structure | None] = {}
        self._groups: dict[int, dict[str, list[Session]]] = {}

    @property
    def is_office(self) -> bool:
        return self.organisation is None

    def own_structures(self) -> list[Structure]:
        """Those of the organisation, for lists; an office has no list of its own."""
        return [] if self.is_office else list(self._open_to())

    def own_groups(self) -> list[Session]:
        """The groups of the organisation that have not ended long ago, for lists."""
        if self.is_office:
            return []
        return list(
            Session.objects.filter(offer__structure__in=self._open_to())
            .select_related("offer__structure")
            .order_by("-since", "label")[:500]
        )

    def structures(self, numbers: Collection[str]) -> dict[str, Structure]:
        """Structures by number, among those that may be written for."""
        unknown = {number for number in numbers if number not in self._structures}
        if unknown:
            self._structures |= dict.fromkeys(unknown)
            self._structures |= {found.number: found for found in self._open_to().filter(number__in=unknown)}
        return {number: known for number in numbers if (known := self._structures[number]) is not None}

    def _open_to(self) -> QuerySet[Structure]:
        every = Structure.objects.all()
        if not self.is_office:
            every = every.filter(organisation=self.organisation)
        return every if self.reaching is None else every.filter(pk__in=self.reaching)

    def only_structure(self) -> Structure | None:
        """The one that is meant where a table names none."""
        own = self.own_structures()
        return own[0] if len(own) == 1 else None

    def groups(self, structures: Collection[int]) -> None:
        """Read the groups of these structures, so that `group` can be asked."""
        new = set(structures) - self._groups.keys()
        self._groups |= {structure: {} for structure in new}
        for session in Session.objects.filter(offer__structure__in=new).select_related("offer"):
            self._groups[session.offer.structure_id].setdefault(bare(session.label), []).append(session)

    def group(self, structure: int, label: str) -> Session | None:
        """The group of that name; the one that began last where a structure named two alike."""
        named = self._groups[structure].get(bare(label))
        return max(named, key=lambda session: session.since) if named else None
