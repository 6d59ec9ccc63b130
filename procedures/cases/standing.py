"""How one person stands to one case: their own, a colleague's of its organisation, an office's, a party's, or nobody's.

Whoever acts by delegation stands in for another: what keeps either of the two from an act keeps both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone

from procedures.cases.models import Case, CaseLink, ConflictOfInterest, Decision, OfficeHandOver, StageRecord
from procedures.cases.parties import asking_role, is_concerned, missed_opinion
from procedures.cases.selectors import standing_decision
from procedures.cases.states import Who
from procedures.mandates.selectors import acting_for
from procedures.offices.delegating import Capacity, capacities
from procedures.offices.models import Office
from procedures.offices.selectors import directing_role
from procedures.representation import files_for, represented

OWN = Capacity()


def acts_as_applicant(user: Any, case: Case) -> bool:
    """What was filed for an organisation stays with it, also when the one who filed it leaves.

    A proxy acts on what they began under a mandate, for as long as that holds.
    """
    if case.organisation is not None:
        return files_for(user, case.organisation)
    return user.pk == case.applicant_id or is_proxy(user, case)


def is_proxy(user: Any, case: Case) -> bool:
    """Whether this person filed it for its applicant under a mandate that holds today; asked once a reading."""
    known: dict[int, bool] = case.__dict__.setdefault("_proxies", {})
    if user.pk not in known:
        known[user.pk] = acting_for(user, case.draft_id) is not None
    return known[user.pk]


def is_interested(person: Any, case: Case) -> bool:
    """Whether it is this person's own case, or that of an organisation in which they serve: colleagues handle it."""
    if person.pk == case.applicant_id or is_proxy(person, case):
        return True
    return case.organisation is not None and represented(person, case.organisation) is not None


@dataclass
class Standing:
    """A person before a case that stands in a passage; each question is asked of the database once."""

    user: Any
    case: Case
    record: StageRecord | None

    def capacity(self, who: Who) -> Capacity | None:
        """How the person is what a move asks for, or None where they are not."""
        if who is Who.ENGINE:
            return OWN if self.user is None else None
        if self.user is None or not self.user.is_active:
            return None
        return self._ways[who](self)

    def _applicant(self) -> Capacity | None:
        return OWN if acts_as_applicant(self.user, self.case) else None

    def _officer(self) -> Capacity | None:
        return next(iter(self._here), None)

    def _assigner(self) -> Capacity | None:
        """Whoever directs an office spreads its work, without handling it: also that of somebody who is away."""
        if self.record is None or self._here:
            return self._officer()
        return self._as(self.record.office, directing_role(self.record.office))

    def _signer(self) -> Capacity | None:
        """Nobody signs what they prepared, or was prepared in their name, nor twice, nor in a file that they opened."""
        took_part = self._took_part | {self.case.opened_by_id} if self._here else frozenset()
        return next((way for way in self._here if took_part.isdisjoint(self._people(way))), None)

    def _asked(self) -> Capacity | None:
        if self.record is None or not self.record.is_of_concerned:
            return self._officer()
        return OWN if is_concerned(self.user, self.record) else None

    def _asker(self) -> Capacity | None:
        """Once the deadline of the opinion has passed, and not before."""
        record = self.record
        if record is None or record.asking_office is None or not record.due_on or record.due_on >= timezone.localdate():
            return None
        return self._as(record.asking_office, asking_role(record.asking_office))

    def _asked_before(self) -> Capacity | None:
        missed = missed_opinion(self.case)
        if missed is None:
            return None
        if missed.is_of_concerned:
            return OWN if is_concerned(self.user, missed) else None
        return self._as(missed.office, missed.role)

    def _receiver(self) -> Capacity | None:
        asked = OfficeHandOver.objects.filter(case=self.case, answer="").select_related("to_office").last()
        return self._as(asked.to_office, asked.role) if asked else None

    _ways: ClassVar[dict[Who, Callable[["Standing"], Capacity | None]]] = {
        Who.OFFICER: _officer,
        Who.ASSIGNER: _assigner,
        Who.SIGNER: _signer,
        Who.APPLICANT: _applicant,
        Who.ASKED: _asked,
        Who.ASKER: _asker,
        Who.ASKED_BEFORE: _asked_before,
        Who.RECEIVER: _receiver,
    }

    @cached_property
    def _here(self) -> tuple[Capacity, ...]:
        """The ways in which the person handles the case where it stands: in its assignee's name, then in their own."""
        if self.record is None:
            return ()
        ways = self._free(capacities(self.user, self.record.office, self.record.role))
        return tuple(sorted(ways, key=lambda way: way.in_name_of is None or way.in_name_of.pk != self.case.assignee_id))

    def _as(self, office: Office, role: str) -> Capacity | None:
        return next(iter(self._free(capacities(self.user, office, role))), None)

    def _free(self, ways: tuple[Capacity, ...]) -> tuple[Capacity, ...]:
        """Those of them that nothing stands against: neither for the person nor for whom they stand in."""
        return tuple(way for way in ways if not self._kept_away(way)) if ways else ()

    def _kept_away(self, way: Capacity) -> bool:
        people = self._people(way)
        return not people.isdisjoint(self._shut_out) or any(is_interested(each, self.case) for each in self._of(way))

    def _of(self, way: Capacity) -> tuple[Any, ...]:
        return (self.user,) if way.in_name_of is None else (self.user, way.in_name_of)

    def _people(self, way: Capacity) -> frozenset[int]:
        return frozenset(person.pk for person in self._of(way))

    @cached_property
    def _shut_out(self) -> frozenset[int]:
        """Who declared a conflict of interest in this case, who took the decision that it contests, and who took one
        of its own that was annulled on appeal: it took effect, and was sent back nevertheless."""
        declared = ConflictOfInterest.objects.filter(case=self.case).values_list("person", flat=True)
        contested = CaseLink.objects.filter(to=self.case, kind=CaseLink.Kind.APPEAL).values("case")
        annulled = Q(case=self.case, effective_at__isnull=False, sent_back_at__isnull=False)
        taken = Decision.objects.filter(Q(case__in=contested) | annulled)
        deciders = (people_of_decision(each) for each in taken)
        return frozenset(declared).union(*deciders)

    @cached_property
    def _took_part(self) -> frozenset[int]:
        decision = standing_decision(self.case)
        return people_of_decision(decision) if decision is not None else frozenset()


def people_of_decision(decision: Decision) -> frozenset[int]:
    """Everybody who prepared or signed a decision, one row of it too, and in whose name they did."""
    found = {decision.prepared_by_id, decision.in_name_of_id}
    found |= {pk for pair in decision.signatures.values_list("signed_by", "in_name_of") for pk in pair}
    found |= set(decision.rows.values_list("by", flat=True))
    return frozenset(pk for pk in found if pk is not None)
