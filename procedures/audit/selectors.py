"""What the chain says about one object."""

from collections.abc import Collection

from django.db.models import Model, QuerySet

from procedures.audit.models import Entry
from procedures.audit.services import name_of


def entries_about(subject: tuple[str, str] | Model) -> QuerySet[Entry]:
    """Everything that was done to an object or read of it, oldest first."""
    kind, identity = name_of(subject)
    return Entry.objects.filter(subject_type=kind, subject_id=identity).order_by("seq")


def last_about_each(subjects: Collection[Model], *, action: str) -> dict[int, Entry]:
    """The last entry of this action about each of several objects of one kind, by the object's key; in one query."""
    if not subjects:
        return {}
    kind = name_of(next(iter(subjects)))[0]
    about = Entry.objects.filter(subject_type=kind, subject_id__in=[str(each.pk) for each in subjects], action=action)
    return {int(entry.subject_id): entry for entry in about.order_by("seq")}
