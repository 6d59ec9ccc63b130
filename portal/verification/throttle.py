"""Misses are counted by address and minute, behind as many proxies as the site has; a hit touches no counter."""

import hashlib
import logging
import time

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

MOST_MISSES = 30
MINUTE = 60
logger = logging.getLogger(__name__)


def seconds_to_wait(request: HttpRequest) -> int:
    """Count a miss; zero, or how long this address must wait. A cache that is down stops nobody."""
    now = int(time.time())
    address = hashlib.sha256(address_of(request).encode()).hexdigest()[:24]
    key = f"verification-miss:{address}:{now // MINUTE}"
    try:
        cache.add(key, 0, timeout=2 * MINUTE)
        misses = cache.incr(key)
    except Exception:  # noqa: BLE001 - whatever a cache raises, verification goes on
        logger.warning("misses are not counted: the cache does not answer")
        return 0
    return MINUTE - now % MINUTE if misses > MOST_MISSES else 0


def address_of(request: HttpRequest) -> str:
    """The visitor's, as the outermost proxy of ours saw it; what others wrote in the header counts for nothing."""
    try:
        return str(get_client_ip(request))
    except ImproperlyConfigured:  # fewer proxies than TAKWIN_PROXIES says: this request came round them
        return str(request.META.get("REMOTE_ADDR", ""))
