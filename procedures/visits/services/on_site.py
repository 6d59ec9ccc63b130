"""On site: begin a visit, receive answers and photographs from devices, each exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.errors import NotAllowed, Refused
from procedures.evidence.services import keep_loose_paper, remove_paper
from procedures.visits.access import makes_it, record_to_visit
from procedures.visits.answering import Brought, Clash, clashes, fresh, take
from procedures.visits.models import Photograph, Synchronisation, Visit
from procedures.visits.selectors import latest_edition
from procedures.visits.services.holding import held_visit

PAPER = "visit"  # instead of a paper's code
MOST_PHOTOGRAPHS = 40


@dataclass(frozen=True)
class Received:
    """What became of what a device brought: nothing was kept where there are `clashes`."""

    version: int
    at: Any
    clashes: Sequence[Clash] = ()
    fresh: dict[str, str] = field(default_factory=dict)
    repeated: bool = False


@transaction.atomic
def begin_visit(*, visit: Visit, by: Any) -> Visit:
    """Arrive on site: from now on the visit keeps the edition of its list. Called again, it changes nothing."""
    held = held_visit(visit)
    if not makes_it(by, held):
        raise NotAllowed(_("Only the inspectors of this visit begin it."))
    if held.state != Visit.State.PLANNED:
        return held
    if record_to_visit(held.case) is None:
        raise NotAllowed(_("The case does not wait for a visit now."))
    held.edition = latest_edition(held.checklist)
    held.state, held.begun_at = Visit.State.BEGUN, timezone.now()
    held.version += 1
    held.save(update_fields=["edition", "state", "begun_at", "version"])
    append(action="visit.begin", subject=held, actor=by, data={"case": held.case_id, "edition": held.edition_id})
    return held


@transaction.atomic
def synchronise(*, visit: Visit, by: Any, key: UUID, brought: Brought) -> Received:
    """Receive the answers of a device; the same key twice is received once.

    Where another device gave one of the answers differently since this one last saw the visit, nothing is kept and
    the clashes are given back: the person chooses, and brings the choice in `brought.keep`.
    """
    held = held_visit(visit)
    before = Synchronisation.objects.filter(visit=held, key=key).first()
    if before is not None:
        return Received(held.version, before.at, fresh=fresh(held, brought), repeated=True)
    _refuse_others(held, by)
    if apart := clashes(held, brought):
        return Received(held.version, timezone.now(), clashes=apart)
    now = timezone.now()
    changed = take(held, brought, by=by.pk, at=now)
    held.save(update_fields=["answers", "touched", "version"])
    kept = Synchronisation.objects.create(
        visit=held, key=key, device=brought.device, version=held.version, by=by, at=now
    )
    told = {"case": held.case_id, "answers": changed, "synchronisation": kept.pk}
    append(action="visit.synchronise", subject=held, actor=by, data=told)
    return Received(held.version, now, fresh=fresh(held, brought))


def keep_photograph(*, visit: Visit, by: Any, key: UUID, item: str, file: UploadedFile[Any]) -> Photograph:
    """Receive a photograph: checked, made anew without what the telephone wrote into it, scanned; once for each key.

    Raises PaperRefused with the sentence that mends it, NotAllowed, Refused.
    """
    if known := Photograph.objects.filter(visit=visit, key=key).first():
        return known
    _refuse_others(visit, by)
    upload = keep_loose_paper(paper=PAPER, file=file, by=by)  # slow: before any lock is taken
    try:
        return _kept(visit, by, key, item, upload)
    except BaseException:
        remove_paper(upload=upload)
        raise


@transaction.atomic
def _kept(visit: Visit, by: Any, key: UUID, item: str, upload: Any) -> Photograph:
    held = held_visit(visit)
    if known := Photograph.objects.filter(visit=held, key=key).first():  # its twin was faster
        remove_paper(upload=upload)
        return known
    _refuse_others(held, by)
    if item and (held.edition is None or not held.edition.items.filter(code=item).exists()):
        raise Refused({"item": [_("The list of this visit has no such line.")]})
    if not upload.kind.startswith("image/"):
        raise Refused({"file": [_("This is no photograph. Take a picture with the telephone.")]})
    if held.photographs.count() >= MOST_PHOTOGRAPHS:
        raise Refused({"file": [_("A visit keeps %(most)s photographs at most.") % {"most": MOST_PHOTOGRAPHS}]})
    taken = Photograph.objects.create(visit=held, key=key, item=item, upload=upload, by=by, at=timezone.now())
    told = {"case": held.case_id, "item": item, "photograph": taken.pk}
    append(action="visit.photograph", subject=held, actor=by, data=told)
    return taken


def _refuse_others(visit: Visit, by: Any) -> None:
    if visit.state != Visit.State.BEGUN:
        raise NotAllowed(_("This visit takes no answers now: it has not begun, or its report is written."))
    if not makes_it(by, visit):
        raise NotAllowed(_("Only the inspectors of this visit write in it."))
