"""What the chain says about one object."""

from django.db.models import Model, QuerySet

from procedures.audit.models import Entry
from procedures.audit.services import name_of


def entries_about(subject: tuple[str, str] | Model) -> QuerySet[Entry]:
    """Everything that was done to an object or read of it, oldest first."""
    kind, identity = name_of(subject)
    return Entry.objects.filter(subject_type=kind, subject_id=identity).order_by("seq")
