"""How many doubts one address may report in an hour: a household or a classroom fits in, a machine does not."""

from django.http import HttpRequest

from portal.throttle import HOUR, tries

MOST = 10


def reported_too_many(request: HttpRequest) -> bool:
    """Count one report of this address; whether it is one too many. A cache that is down stops nobody."""
    return tries("doubts", request, within=HOUR) > MOST
