"""Misses are counted by address and minute; a hit touches no counter."""

from django.http import HttpRequest

from portal.throttle import MINUTE, seconds_left, tries

MOST_MISSES = 30


def seconds_to_wait(request: HttpRequest) -> int:
    """Count a miss; zero, or how long this address must wait. A cache that is down stops nobody."""
    misses = tries("verification-miss", request, within=MINUTE)
    return seconds_left(MINUTE) if misses > MOST_MISSES else 0
