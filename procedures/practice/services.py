"""Make a database that of a practice space, once and for good."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from procedures.cases.models import Case
from procedures.practice.models import PracticeMark


class Genuine(Exception):
    """This database holds what is not practice, and never becomes a practice space."""


@transaction.atomic
def mark_database() -> bool:
    """Write the mark where it is missing; False where it is there. Raises Genuine where cases or accounts are."""
    if not settings.TAKWIN_PRACTICE:
        raise Genuine("Only an installation with TAKWIN_PRACTICE=1 makes a practice space.")
    if PracticeMark.objects.exists():
        return False
    if Case.objects.exists() or get_user_model().objects.exists():
        raise Genuine(
            "This database holds cases or accounts that are not practice. Nothing was changed. "
            "Give the practice space an empty database of its own: TAKWIN_DATABASE_URL and TAKWIN_VAR."
        )
    mark = PracticeMark.objects.create(made_at=timezone.now())
    append(action="practice.marked", subject=mark, actor=None, data={})
    return True
