"""What the worker does for versions: a handful of a rehearsal, and once a day a look at what is loaded."""

from procedures.jobs.registry import handles
from procedures.versions.rehearsing import go_on
from procedures.versions.services import note_versions


@handles("versions.rehearse", atomic=True)
def rehearse(rehearsal_id: int) -> None:
    go_on(rehearsal_id)


@handles("versions.note", daily=True)
def note(day: str) -> None:
    note_versions()
