"""Misses are counted by address and minute, reports by address and hour; a hit touches no counter."""

from django.http import HttpRequest

from portal.throttle import HOUR, MINUTE, seconds_left, tries

MOST_MISSES, MOST_REPORTS = 30, 10


def seconds_to_wait(request: HttpRequest) -> int:
    """Count a miss; zero, or how long this address must wait. A cache that is down stops nobody."""
    misses = tries("verification-miss", request, within=MINUTE)
    return seconds_left(MINUTE) if misses > MOST_MISSES else 0


def reported_too_many(request: HttpRequest) -> bool:
    """Count one report of this address; whether it is one too many. A cache that is down stops nobody."""
    return tries("mismatch-report", request, within=HOUR) > MOST_REPORTS
