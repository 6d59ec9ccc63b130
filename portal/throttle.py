"""Tries are counted by what is tried, address and stretch of time, behind as many proxies as the site has."""

import hashlib
import logging
import time

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

MINUTE, HOUR = 60, 3600
logger = logging.getLogger(__name__)


def tries(what: str, request: HttpRequest, *, within: int) -> int:
    """Count one more try of this address, and say how many it made in the present stretch of `within` seconds.

    Zero where the cache does not answer: a counter that is down stops nobody.
    """
    address = hashlib.sha256(address_of(request).encode()).hexdigest()[:24]
    key = f"{what}:{address}:{int(time.time()) // within}"
    try:
        cache.add(key, 0, timeout=2 * within)
        return int(cache.incr(key))
    except Exception:  # noqa: BLE001 - whatever a cache raises, the page goes on
        logger.warning("tries are not counted: the cache does not answer")
        return 0


def seconds_left(within: int) -> int:
    """Until the present stretch is over."""
    return within - int(time.time()) % within


def address_of(request: HttpRequest) -> str:
    """The visitor's, as the outermost proxy of ours saw it; what others wrote in the header counts for nothing."""
    try:
        return str(get_client_ip(request))
    except ImproperlyConfigured:  # fewer proxies than TAKWIN_PROXIES says: this request came round them
        return str(request.META.get("REMOTE_ADDR", ""))
