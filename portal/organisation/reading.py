"""What an organisation's desk shows of groups, exams, certificates and figures; each list is one or two queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registers.certificates.models import Certificate
from registers.history.selectors import in_force
from registers.imports.counting import counts_of
from registers.imports.kinds.all import KINDS
from registers.imports.models import ImportBatch
from registers.organisations.models import Organisation
from registers.programmes.models import Homologation
from registers.structures.models import Authorisation, Status, StructureStatus
from registers.training.models import Enrolment, Exam, Result, Session

YEAR = timedelta(days=365)
LOOKS = {Status.ACTIVE: "ok", Status.DECLARED: "", Status.SUSPENDED: "warn", Status.CLOSED: "bad-t"}


@dataclass(frozen=True)
class Group:
    """A session with how many follow it, and what its homologation is worth to those who end it."""

    session: Session
    enrolled: int
    worth: str
    look: str

    @property
    def share(self) -> int:
        """Hundredths of the places that are taken, for the bar."""
        return min(100, round(100 * self.enrolled / self.session.places)) if self.session.places else 0


@dataclass(frozen=True)
class Figures:
    enrolled: int
    capacity: int
    passed: int
    examined: int

    @property
    def pass_rate(self) -> int | None:
        return round(100 * self.passed / self.examined) if self.examined else None


@dataclass(frozen=True)
class Site:
    """A structure with its status of today."""

    structure: Any
    status: str
    label: str
    look: str


def sites(structures: Iterable[Any], on: date) -> list[Site]:
    """Structures with their status on a day, those that closed last."""
    rows = list(structures)
    statuses = dict(in_force(StructureStatus, on).filter(subject__in=rows).values_list("subject", "status"))
    found = [_site(structure, statuses.get(structure.pk, "")) for structure in rows]
    return sorted(found, key=lambda each: (each.status == Status.CLOSED, each.structure.number))


def _site(structure: Any, status: str) -> Site:
    known = Status(status) if status else None
    return Site(structure, status, str(known.label) if known else _("Not known"), LOOKS[known] if known else "off")


def sessions(structures: Collection[Any]) -> QuerySet[Session]:
    """Groups with how many follow each today (`enrolled`)."""
    declared = Session.objects.filter(offer__structure__in=structures, state=Session.State.DECLARED)
    return declared.select_related("offer__programme__speciality", "offer__structure")


def running_groups(structures: Collection[Any], on: date) -> list[Group]:
    """Groups that run or are to begin, the one that ends first at the top. Two queries."""
    return groups(sessions(structures).filter(until__gt=on).order_by("until", "pk"), on)


def groups(found: QuerySet[Session], on: date) -> list[Group]:
    """With how many follow each on a day, or did until its end, and until when each is homologated. Two queries."""
    ended = Q(enrolments__left_on__gte=F("until"))  # whoever stayed to the end counts in a group that has ended
    follows = _follows(on, "enrolments__") | ended & ~Q(enrolments__outcome=Enrolment.Outcome.MISTAKE)
    rows: list[Any] = list(found.annotate(enrolled=Count("enrolments", filter=follows)))
    held = in_force(Homologation, on).filter(subject__in={row.offer_id for row in rows})
    until = dict(held.values_list("subject", "until"))
    return [Group(row, row.enrolled, *_worth(row, until)) for row in rows]


def _worth(session: Session, until: dict[int, date | None]) -> tuple[str, str]:
    if not session.homologated:
        return pgettext("group", "Not homologated"), "off"
    end = until.get(session.offer_id)
    if end is not None and end < session.until:
        return _("Homologation ends before it"), "warn"
    return pgettext("group", "Homologated"), "ok"


def _follows(on: date, prefix: str) -> Q:
    """Enrolled and neither gone nor entered by mistake."""
    stays = Q(**{f"{prefix}left_on__isnull": True}) | Q(**{f"{prefix}left_on__gt": on})
    return stays & ~Q(**{f"{prefix}outcome": Enrolment.Outcome.MISTAKE})


def coming_exams(structures: Collection[Any], on: date) -> QuerySet[Exam]:
    """Exams from a day on, with `candidates` and how many sit in the `seats` of the jury."""
    return _exams(structures, on).filter(held_on__gte=on).order_by("held_on", "pk")


def past_exams(structures: Collection[Any], on: date) -> QuerySet[Exam]:
    """Exams of the year before a day, the latest first, with `results` and those who `passed`."""
    believed = Q(results__superseded_at__isnull=True)
    held = _exams(structures, on).filter(held_on__lt=on, held_on__gte=on - YEAR)
    return held.annotate(
        examined=Count("results", filter=believed, distinct=True),
        passed=Count("results", filter=believed & Q(results__passed=True), distinct=True),
    ).order_by("-held_on", "pk")


@dataclass(frozen=True)
class Batch:
    """An import that waits for a decision, or is being entered."""

    row: ImportBatch
    title: str
    counts: dict[str, int]

    @property
    def share(self) -> int | None:
        """Hundredths that are entered; None before the decision."""
        if self.row.state != ImportBatch.State.ENTERING or not self.counts["rows"]:
            return None
        return round(100 * self.counts["entered"] / self.counts["rows"])


def open_import(organisation: Organisation, acts: Collection[str]) -> Batch | None:
    """The latest import of the kinds that these acts allow that is not finished. Two queries at most."""
    kinds = {kind.code: str(kind.title) for kind in KINDS.values() if kind.act in acts}
    waiting = (ImportBatch.State.READY, ImportBatch.State.ENTERING)
    found = ImportBatch.objects.filter(organisation=organisation, state__in=waiting, kind__in=kinds).first()
    return Batch(found, kinds[found.kind], counts_of(found)) if found else None


def _exams(structures: Collection[Any], on: date) -> QuerySet[Exam]:
    return (
        Exam.objects.filter(session__offer__structure__in=structures)
        .select_related("session__offer__programme__speciality", "session__offer__structure")
        .annotate(
            candidates=Count("session__enrolments", filter=_follows(on, "session__enrolments__"), distinct=True),
            seats=Count("jury", distinct=True),
        )
    )


def certificates(structures: Collection[Any]) -> QuerySet[Certificate]:
    """Certificates that the structures issued, the latest first."""
    found = Certificate.objects.filter(structure__in=structures)
    return found.select_related("programme", "structure", "person", "session").order_by("-issued_on", "-pk")


def figures(structures: Collection[Any], on: date) -> Figures:
    """Trainees of today, places of the receipts, and results of the last twelve months. Three queries."""
    running = Q(session__offer__structure__in=structures, session__since__lte=on, session__until__gt=on)
    enrolled = Enrolment.objects.filter(running, _follows(on, ""), session__state=Session.State.DECLARED).count()
    capacity = in_force(Authorisation, on).filter(subject__in=structures).aggregate(together=Sum("capacity"))
    marked = Result.objects.filter(
        exam__session__offer__structure__in=structures,
        exam__held_on__gte=on - YEAR,
        exam__held_on__lte=on,
        superseded_at__isnull=True,
    ).aggregate(examined=Count("pk"), passed=Count("pk", filter=Q(passed=True)))
    return Figures(enrolled, capacity["together"] or 0, marked["passed"], marked["examined"])
