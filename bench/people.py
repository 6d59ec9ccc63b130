"""Measure the register of people: 100,000 entered and enrolled by 500, likenesses sought, keys changed.

`python bench/people.py [COUNT]` makes a database of its own and removes it; with TAKWIN_DATABASE_URL on PostgreSQL
(an empty database). Everybody is invented. Seconds of the clock, and of this process alone.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 500


def everybody(count: int) -> Iterator["object"]:
    from registers.people.given_names import common_names
    from registers.people.services import GivenIdentifier, GivenPerson

    chance, names = random.Random(3), common_names()
    numbers = chance.sample(range(10**8), count)
    for number in numbers:
        sex = chance.choice("fm")
        first, last = chance.choice(names.first[sex]), chance.choice(names.last)
        born = date(1985, 1, 1) + timedelta(days=chance.randrange(9000))
        card = (GivenIdentifier("cin", f"{number:08d}"),)
        yield GivenPerson(*(first[0], last[0], first[1], last[1]), born, sex=sex, identifiers=card, invented=True)


def groups(count: int) -> list["object"]:
    """Groups of 50 people that lie around today, of one invented structure."""
    from tests.registers.training.factories import a_session, an_offer

    offer = an_offer()
    return [a_session(offer=offer, label=f"G{number}", places=50) for number in range(count // 50 + 1)]


def now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def timed(what: str, began: tuple[float, float], count: int) -> None:
    took, worked = (after - before for after, before in zip(now(), began, strict=True))
    print(f"{what:<50} {took:7.1f} s ({worked:.1f} s) {count / took:9.0f} a second", flush=True)


def main(count: int) -> None:
    from django.db import transaction

    from registers.history.causes import Cause
    from registers.people.rotation import rotate
    from registers.people.services import enter_people, propose_duplicates
    from registers.training.services import Entry, enrol_people

    rows, sessions = list(everybody(count)), groups(count)
    for again in ("entered and enrolled", "found again"):
        began = now()
        for start in range(0, count, AT_ONCE):
            with transaction.atomic():
                cause = Cause(batch=1)
                entered = enter_people(cause, rows=rows[start : start + AT_ONCE])
                entries = [Entry(sessions[(start + at) // 50], one.person) for at, one in enumerate(entered)]
                enrol_people(cause, entries=entries)
        timed(f"{count} people {again}", began, count)
    began = now()
    found = propose_duplicates()
    timed(f"compared with everybody; {found} likenesses", began, count)
    began = now()
    rotate()
    timed("identifiers under new keys", began, count)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="takwin-bench-") as var:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "TAKWIN_VAR": var}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
