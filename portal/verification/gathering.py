"""Verifications counted in this process and written together a few seconds later, so that none waits for a disk.

A process that is killed loses those it has not written; one that is stopped writes them first.
"""

import atexit
import logging
from collections import Counter
from datetime import date
from multiprocessing.util import Finalize
from threading import Lock, Timer

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone

logger = logging.getLogger(__name__)
MOST = 100_000  # documents and days that wait while the database cannot be written
ADDED = """
INSERT INTO verification_verified (document_id, day, times)
SELECT id, %s, %s FROM documents_document WHERE id = %s
ON CONFLICT (document_id, day) DO UPDATE SET times = verification_verified.times + excluded.times
"""

_lock = Lock()
_waiting: Counter[tuple[int, date]] = Counter()
_timer: Timer | None = None


def gather(document_id: int) -> None:
    """One more for today, written within `TAKWIN_COUNT_SECONDS`."""
    key = (document_id, timezone.localdate())
    with _lock:
        if len(_waiting) >= MOST and key not in _waiting:
            logger.warning("a verification was not counted: too many wait for the database")
            return
        _waiting[key] += 1
        _wake()


def write_gathered() -> None:
    """Add what waits to the counts of the register; what cannot be written waits for the next time."""
    if not (counts := _taken()):
        return
    try:
        _write(counts)
    except Error:
        logger.warning("verifications are not counted yet: the database cannot be written")
        with _lock:
            _waiting.update(counts)
            _wake()


def _taken() -> dict[tuple[int, date], int]:
    global _timer  # one clock a process
    with _lock:
        counts, _timer = dict(_waiting), None
        _waiting.clear()
    return counts


def _write(counts: dict[tuple[int, date], int]) -> None:
    """In the order of the documents, so that two processes that write never wait for each other."""
    rows = [(day, times, document_id) for (document_id, day), times in sorted(counts.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(ADDED, rows)


def _wake() -> None:
    """Within the lock: somebody will write, though nobody asks for a page any more."""
    global _timer
    if _timer is None:
        _timer = Timer(settings.TAKWIN_COUNT_SECONDS, _write_apart)
        _timer.daemon = True
        _timer.start()


def _write_apart() -> None:
    """In a thread of its own, which has a connection of its own."""
    try:
        write_gathered()
    finally:
        connection.close()


def _write_at_the_end() -> None:
    if counts := _taken():
        try:
            _write(counts)
        except Error:
            logger.warning("%s verifications were not counted: the database cannot be written", sum(counts.values()))


atexit.register(_write_at_the_end)
Finalize(None, _write_at_the_end, exitpriority=1)  # workers of a server are often made by multiprocessing: no atexit
