"""How many doubts one address may report in an hour: a household or a classroom fits in, a machine does not."""

import hashlib
import logging
import time

from django.core.cache import cache
from django.http import HttpRequest

from portal.verification.throttle import address_of

MOST = 10
HOUR = 3600
logger = logging.getLogger(__name__)


def reported_too_many(request: HttpRequest) -> bool:
    """Count one report of this address; whether it is one too many. A cache that is down stops nobody."""
    address = hashlib.sha256(address_of(request).encode()).hexdigest()[:24]
    key = f"doubts:{address}:{int(time.time()) // HOUR}"
    try:
        cache.add(key, 0, timeout=HOUR)
        return int(cache.incr(key)) > MOST
    except Exception:  # noqa: BLE001 - whatever a cache raises, a doubt can be reported
        logger.warning("reports are not counted: the cache does not answer")
        return False
