"""Work that the calendar promises: count open dates again, in slices that each commit whole."""

from procedures.calendar.models import Version
from procedures.calendar.services import RECOUNT
from procedures.jobs import services as jobs
from procedures.jobs.registry import handles
from procedures.timekeeping.recounting import recount


@handles(RECOUNT, atomic=True)
def count_again(version: int, after: int) -> None:
    """A slice and the promise of the next end together: killed between two, the work goes on where it stood."""
    last = recount(version=version, after=after)
    if last is not None:
        mark = Version.objects.values_list("mark", flat=True).get(number=version)
        jobs.add(kind=RECOUNT, key=f"recount:{mark}:{last}", payload={"version": version, "after": last})
