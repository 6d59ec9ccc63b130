"""Make a database that of a practice space, once and for good."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from procedures.cases.models import Case
from procedures.practice.models import PracticeMark
from procedures.practice.starting import is_marked, tables_of_the_database


class Genuine(Exception):
    """This database holds what is not practice, and never becomes a practice space."""


def refuse_genuine() -> None:
    """Asked before anything is written, whatever is migrated. Raises Genuine where cases or accounts are unmarked."""
    tables = tables_of_the_database()
    held = [model for model in (Case, get_user_model()) if model._meta.db_table in tables]
    if is_marked() or not any(model._default_manager.exists() for model in held):
        return
    raise Genuine(
        "This database holds cases or accounts that are not practice. Nothing was changed. "
        "Give the practice space an empty database of its own: TAKWIN_DATABASE_URL and TAKWIN_VAR."
    )


@transaction.atomic
def mark_database() -> bool:
    """Write the mark where it is missing; False where it is there. Raises Genuine where cases or accounts are."""
    if not settings.TAKWIN_PRACTICE:
        raise Genuine("Only an installation with TAKWIN_PRACTICE=1 makes a practice space.")
    if is_marked():
        return False
    refuse_genuine()
    mark = PracticeMark.objects.create(made_at=timezone.now())
    append(action="practice.marked", subject=mark, actor=None, data={})
    return True
