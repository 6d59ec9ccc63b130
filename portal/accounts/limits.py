"""A cache that outlives its server: limits on attempts go on counting in this process when the shared cache is gone."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, transaction

logger = logging.getLogger(__name__)
MOST_KEYS = 20_000


class EnduringCache(BaseCache):
    """Asks the cache named by LOCATION; where that fails, a cache of this process answers, and logins go on."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._shared = name
        self._own = LocMemCache(f"instead-of-{name}", {"OPTIONS": {"MAX_ENTRIES": MOST_KEYS}})

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._asked(lambda cache: cache.add(key, value, timeout, version)))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._asked(lambda cache: cache.get(key, default, version))

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._asked(lambda cache: cache.set(key, value, timeout, version))

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._asked(lambda cache: cache.touch(key, timeout, version)))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._asked(lambda cache: cache.delete(key, version)))

    def clear(self) -> None:
        self._asked(lambda cache: cache.clear())

    def _asked(self, question: Callable[[BaseCache], Any]) -> Any:
        try:
            # Within the caller's transaction a missing cache table must spoil a savepoint only; outside none is opened.
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                return question(caches[self._shared])
        except Exception:  # noqa: BLE001  any failure of any cache server means the same here
            logger.warning("the shared cache does not answer; this process counts alone")
            return question(self._own)
