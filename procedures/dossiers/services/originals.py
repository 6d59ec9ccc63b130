"""The paper original of what was handed in: who saw it, and a further act where that does not hold."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.dossiers.models import Original, OriginalTakenBack
from procedures.dossiers.selectors import files_of_paper, is_of_these
from procedures.dossiers.services.noting import LONGEST_REASON, held_case, office_of, worded
from procedures.refusal import Refusal


@transaction.atomic
def see_original(*, case: Any, by: Any, paper: str, row: str = "", remark: str = "") -> Original:
    """Note that one held the original of a paper beside what was handed in. Several officers may, each once."""
    held = held_case(case, by)
    files = files_of_paper(held, paper, row)
    if not files:
        raise Refusal(_("This case has no such paper."))
    mine = Original.objects.filter(case=held, paper=paper, row=row, by=by, taken_back=None)
    if any(is_of_these(seen, files) for seen in mine):
        raise Refusal(_("You noted already that you saw this original."))
    seen = Original.objects.create(
        case=held,
        paper=paper,
        row=row,
        files=sorted(str(upload.pk) for upload in files),
        remark=worded(remark, "remark", LONGEST_REASON) if remark.strip() else "",
        by=by,
        office=office_of(by, held),
        at=timezone.now(),
    )
    told = {"original": seen.pk, "paper": paper, "row": row, "files": seen.files}
    append(action="original.seen", subject=held, actor=by, data=told)
    return seen


@transaction.atomic
def take_back_original(*, original: Original, by: Any, reason: str) -> OriginalTakenBack:
    """Say that an original was not seen, or not this one: what was noted stays, with the reason beside it."""
    held = held_case(original.case, by)
    if OriginalTakenBack.objects.filter(original=original).exists():
        raise Refusal(_("This was taken back already."))
    taken = OriginalTakenBack.objects.create(
        original=original, reason=worded(reason, "reason", LONGEST_REASON), by=by, at=timezone.now()
    )
    append(action="original.taken_back", subject=held, actor=by, data={"original": original.pk})
    return taken
