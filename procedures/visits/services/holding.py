"""A visit whose row is locked, as the person who acts saw it."""

from django.utils.translation import gettext as _

from procedures.cases.errors import StaleCase
from procedures.visits.models import Visit

RELATED = ("case__snapshot", "record__office", "lead", "checklist")


def held_visit(visit: Visit, *, version: int | None = None) -> Visit:
    """Lock a visit inside the caller's transaction. Raises StaleCase where somebody changed it since `version`."""
    held = Visit.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=visit.pk)
    if version is not None and held.version != version:
        sentence = _("A colleague changed this visit while you had it open. Look at it again.")
        raise StaleCase(sentence, who="", at=None, action="")
    return held
