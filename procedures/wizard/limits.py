"""How many drafts a person may have open, and how many an address may start without an account."""

import time

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from procedures.wizard.selectors import open_drafts, started_by

MOST_OPEN = 20  # of one account, or of one session without
MOST_STARTS = 60  # of one address and hour, without an account: a room of people behind one address fits in
MOST_LINKS = 30  # asked for by one address and hour
HOUR = 3600


def has_too_many(request: HttpRequest) -> bool:
    """Whether one more draft would be more than a person needs; a cache that is down stops nobody."""
    started = started_by(request.user) if request.user.is_authenticated else open_drafts(request)
    if started.count() >= MOST_OPEN:
        return True
    return not request.user.is_authenticated and _times(request, "draft-starts") > MOST_STARTS


def asks_too_often(request: HttpRequest) -> bool:
    """Whether an address asks for more secret links than the people behind it need."""
    return _times(request, "draft-links") > MOST_LINKS


def _times(request: HttpRequest, act: str) -> int:
    key = f"{act}:{_address(request)}:{int(time.time()) // HOUR}"
    cache.add(key, 0, timeout=HOUR)
    try:
        return int(cache.incr(key))
    except ValueError:  # thrown out between the two
        return 0


def _address(request: HttpRequest) -> str:
    try:
        return str(get_client_ip(request))
    except ImproperlyConfigured:  # fewer proxies than the site says: this request came round them
        return str(request.META.get("REMOTE_ADDR", ""))
