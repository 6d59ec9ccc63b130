"""Change the keys of people's identifiers: a new pair, every row sealed and indexed anew, then the old pair forgotten.

Rows say which pair they were made with, so whatever is killed in the middle goes on where it stopped. Until the last
row is done both pairs open and find. A number entered by a process that read the file a moment before is found by the
next run, for which the old pair is kept for an hour after it was superseded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.people.models import Identifier
from registers.people.vault import NoKey, Vault, changing, new_pair, read_pairs, superseded, vault, write_pairs

AT_ONCE = 500
KEPT = timedelta(hours=1)


class StillNeeded(Exception):
    """Rows are sealed with the old pair, or it was superseded within the hour: run `rotate_keys` again later."""


def rotate(*, told: Callable[[int], None] = lambda done: None) -> int:
    """Begin a rotation, or go on with the one that stopped; how many rows were made anew. `told` hears of each 500."""
    if not waiting():
        _begin()
    done = 0
    while moved := _renew():
        done += moved
        told(done)
    return done


def waiting() -> int:
    """Rows that are still under an old pair."""
    return Identifier.objects.exclude(key_id=vault().current.id).count()


def forget() -> list[str]:
    """Take out of the file the pairs that no row needs; their ids. Raises StillNeeded.

    Backups made before hold rows under them: keep the pair as long as those.
    """
    path = Path(settings.TAKWIN_PEOPLE_KEYS)
    with changing(path):
        current, *old = read_pairs(path)
        if not old:
            return []
        fresh = [pair for pair in old if pair.superseded_at is None or timezone.now() - pair.superseded_at < KEPT]
        if fresh or Identifier.objects.exclude(key_id=current.id).exists():
            raise StillNeeded(StillNeeded.__doc__)
        write_pairs(path, [current])
    ids = [pair.id for pair in old]
    append(action="people.forget_keys", subject=("people.keys", current.id), data={"forgotten": ids})
    return ids


def _begin() -> None:
    path = Path(settings.TAKWIN_PEOPLE_KEYS)
    with changing(path):
        current, *old = read_pairs(path)
        pair = new_pair()
        write_pairs(path, [pair, superseded(current), *old])
    append(action="people.rotate_keys", subject=("people.keys", pair.id), data={"before": current.id})


@transaction.atomic
def _renew() -> int:
    keys = vault()
    rows = list(Identifier.objects.select_for_update().exclude(key_id=keys.current.id).order_by("pk")[:AT_ONCE])
    for row in rows:
        _seal_anew(row, keys)
    Identifier.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["value", "index", "key_id"]
    )
    return len(rows)


def _seal_anew(row: Identifier, keys: Vault) -> None:
    number = keys.open(row.kind, row.country, row.value, row.key_id)
    sealed = keys.seal(row.kind, row.country, number)
    row.value, row.index, row.key_id = sealed.value, sealed.index, sealed.key_id


__all__ = ["NoKey", "StillNeeded", "forget", "rotate", "waiting"]
