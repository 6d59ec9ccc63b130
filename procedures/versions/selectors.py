"""Which versions stand open, which wait, and what a rehearsal found."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet

from procedures.registry import procedures
from procedures.versions.models import Rehearsal, Version

_settled: set[tuple[str, str]] = set()  # loaded versions known to be open: a version is never shut again


def is_waiting(code: str) -> bool:
    """Whether the loaded version of a procedure waits to be opened; one query, and none once it stands open."""
    loaded = procedures().get(code)
    if loaded is None or (code, loaded.version) in _settled:
        return False
    known = dict(Version.objects.filter(procedure=code).values_list("version", "opened_at"))
    if any(known.values()) and not known.get(loaded.version):
        return True
    _settled.add((code, loaded.version))
    return False


def loaded_version(code: str) -> Version | None:
    """The row of the version that is loaded now; None where it was not noted yet."""
    loaded = procedures().get(code)
    return Version.objects.filter(procedure=code, version=loaded.version).first() if loaded else None


def standing_version(code: str) -> Version | None:
    """The version opened last: what running cases and the next rehearsal are compared with."""
    return Version.objects.filter(procedure=code).exclude(opened_at=None).order_by("-opened_at", "-pk").first()


def rehearsals_of(code: str) -> QuerySet[Rehearsal]:
    return Rehearsal.objects.filter(version__procedure=code).select_related("version", "asked_by")


def counts(rehearsal: Rehearsal) -> dict[str, int]:
    """How many cases go another way, by kind, and `cases` in all; one that does so in two ways counts in both."""
    found: Counter[str] = Counter()
    rows: Any = rehearsal.cases.values_list("found", flat=True)
    for each in rows:
        found.update(each.keys())
        found["cases"] += 1
    return dict(found)
