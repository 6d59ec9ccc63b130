"""Misses are counted by address and minute; a hit touches no counter."""

import hashlib
import logging
import time

from django.core.cache import cache
from django.http import HttpRequest

MOST_MISSES = 30
MINUTE = 60
logger = logging.getLogger(__name__)


def seconds_to_wait(request: HttpRequest) -> int:
    """Count a miss; zero, or how long this address must wait. A cache that is down stops nobody."""
    now = int(time.time())
    address = hashlib.sha256(str(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()[:24]
    key = f"verification-miss:{address}:{now // MINUTE}"
    try:
        cache.add(key, 0, timeout=2 * MINUTE)
        misses = cache.incr(key)
    except Exception:  # noqa: BLE001 - whatever a cache raises, verification goes on
        logger.warning("misses are not counted: the cache does not answer")
        return 0
    return MINUTE - now % MINUTE if misses > MOST_MISSES else 0
