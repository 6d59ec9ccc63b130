"""Note the versions that a site meets, rehearse one on past cases, and open it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.models import Case
from procedures.cases.states import NOT_SUBMITTED
from procedures.definition import Procedure
from procedures.jobs import services as jobs
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal
from procedures.registry import procedures
from procedures.released import content_of
from procedures.resolving import resolve
from procedures.versions.models import Rehearsal, Version

MOST_CASES = 10_000


@transaction.atomic
def note_versions() -> list[Version]:
    """Write down every loaded version that is new here. The first of a procedure opens by itself: it replaces nothing.

    A version whose content changed under the same number keeps its row, with the newer content: `procedure check`
    refuses such a change once the version is released.
    """
    noted: list[Version] = []
    for code, procedure in procedures().items():
        content = content_of(procedure)
        held = Version.objects.select_for_update().filter(procedure=code)
        there = held.filter(version=procedure.version).first()
        if there is None:
            noted.append(_note(procedure, content, first=not held.exists()))
        elif there.content != content:
            there.content = content
            there.save(update_fields=["content"])
    return noted


def _note(procedure: Procedure, content: dict[str, Any], *, first: bool) -> Version:
    now = timezone.now()
    version = Version.objects.create(
        procedure=procedure.code,
        version=procedure.version,
        content=content,
        noted_at=now,
        opened_at=now if first else None,
    )
    if not first:
        append(action="version.note", subject=version, data={"procedure": procedure.code, "version": procedure.version})
    return version


@transaction.atomic
def ask_rehearsal(*, version: Version, by: Any, cases: int, on: date | None = None) -> Rehearsal:
    """Have the latest `cases` filings of the procedure judged by a version, with the values in force `on` a day.

    `version` must be the one that is loaded, for functions are not kept. Raises Refusal (not an administrator, another
    version is loaded, no or too many cases).
    """
    demand_administrator(by)
    day = on or timezone.localdate()
    loaded = procedures().get(version.procedure)
    if loaded is None or loaded.version != version.version:
        raise Refusal(_("Only the version that is installed can be rehearsed."))
    if not 1 <= cases <= MOST_CASES:
        raise Refusal(_("Rehearse between 1 and %(most)s cases.") % {"most": MOST_CASES}, "cases")
    procedure = resolve(version.procedure, on=day)
    rehearsal = Rehearsal.objects.create(
        version=version,
        content=content_of(procedure),
        day=day,
        asked_by=by,
        asked_at=timezone.now(),
        wanted=cases,
        total=min(cases, past_cases(version.procedure).count()),
    )
    append(action="version.rehearse", subject=version, actor=by, data={"cases": cases, "day": day.isoformat()})
    jobs.add(kind="versions.rehearse", key=f"rehearse:{rehearsal.pk}:0", payload={"rehearsal_id": rehearsal.pk})
    return rehearsal


@transaction.atomic
def open_version(*, version: Version, rehearsal: Rehearsal, by: Any, note: str) -> Version:
    """Open a version to filings, after its difference was read and it was rehearsed.

    Raises Refusal (not an administrator, nothing weighed, open already, or the rehearsal is not finished or was of
    another content).
    """
    demand_administrator(by)
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.opened_at:
        raise Refusal(_("This version is open already."))
    if not note.strip():
        raise Refusal(_("Say in a sentence what you weighed: it stays with the version."), "note")
    if rehearsal.version_id != held.pk or rehearsal.finished_at is None:
        raise Refusal(_("Rehearse this version on past cases first, and wait until the rehearsal is finished."))
    if rehearsal.content != content_of(resolve(held.procedure, on=rehearsal.day)):
        raise Refusal(_("The procedure has changed since this rehearsal. Rehearse it again, then open it."))
    held.opened_at, held.opened_by, held.note = timezone.now(), by, note.strip()
    held.save(update_fields=["opened_at", "opened_by", "note"])
    data = {"procedure": held.procedure, "version": held.version, "rehearsal": str(rehearsal.public_id)}
    append(action="version.open", subject=held, actor=by, data=data)
    return held


def past_cases(code: str) -> Any:
    """The filings on which a version is tried, the latest first: those that ever counted."""
    return Case.objects.filter(procedure=code).exclude(state__in=NOT_SUBMITTED).order_by("-pk")
