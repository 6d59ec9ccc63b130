"""The inbox over a million cases (B5): `nice -n -20 python bench/inbox.py`, on the database of TAKWIN_DATABASE_URL.

The database is one that `manage.py bench_data` filled and `manage.py rebuild_inboxes` wrote the lists of; both are
kept for the next time. Each role opens its inbox, filters, searches and turns pages through the whole portal (session,
menus, template). Warm: each page five times after one that is not counted. Cold: the server of the database is
restarted and the machine's own cache emptied (where this process may) before each page, three times each.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
MOST_SECONDS, MOST_QUERIES, TIMES, COLD = 0.150, 12, 5, 3
SESSION_AND_USER = ("django_session", "accounts_user")
ROLES = ("desk_officer", "central_officer", "minister_delegate", "auditor")
PAGES = (
    "", "state=open", "state=instruction", "due=late", "due=near&assignee=none", "assignee=me", "state=issued",
    "state=any", "q=محمد", "q=محمد+بن", "q=محمد+علي", "q=EQV-{year}-0001",
    "state=any&procedure=foreign_certificate_equivalence", "state=refused&since={year}-01-01", "unread=1",
    "state=any&office=rd-11",
)  # fmt: skip


def main() -> int:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    print(f"{_rows('cases_case', connection)} cases, {connection.vendor}; load {os.getloadavg()[0]:.1f}\n")
    print(f"{'role':<20} {'queries':>8} {'p50':>8} {'p95':>8} {'cold p95':>9}  slowest page")
    held = [measure(role) for role in ROLES]
    return 0 if all(held) else 1


def measure(role: str) -> bool:
    client, year = screen_of(person(role)), time.strftime("%Y")
    warm: list[tuple[float, str]] = []
    most = 0
    for page in [f"/ar/office/?{each.format(year=year)}" for each in PAGES]:
        most = max(most, queries(client, page))
        warm += [(once(client, page), page) for _time in range(TIMES)]
    cold = [cold_once(client, f"/ar/office/?{each.format(year=year)}") for each in PAGES * COLD] if can_chill() else []
    warm.sort()
    p95 = warm[int(len(warm) * 0.95)][0]
    chilled = sorted(each for each in cold)[int(len(cold) * 0.95)] if cold else None
    shown = f"{chilled * 1000:.0f}" if chilled else "-"
    print(
        f"{role:<20} {most:>8} {warm[len(warm) // 2][0] * 1000:>8.0f} {p95 * 1000:>8.0f} {shown:>9}  "
        f"{warm[-1][0] * 1000:.0f} ms {warm[-1][1]}",
        flush=True,
    )
    return p95 <= MOST_SECONDS and most <= MOST_QUERIES and (chilled or 0) <= MOST_SECONDS


def person(role: str) -> Any:
    from datetime import date

    from django.contrib.auth import get_user_model

    from procedures.offices.models import Membership, Office, Role

    known = {"desk_officer": "desk_officer-rd-11", "central_officer": "central_officer-equivalence"}
    known["minister_delegate"] = "minister_delegate-equivalence"
    people = get_user_model().objects
    if role in known:
        return people.get(email__startswith=f"{known[role]}@")
    auditor, new = people.get_or_create(email="auditor@bench.takwin.example", defaults={"name": "Auditor"})
    if new:
        office = Office.objects.get(code="equivalence")
        Membership.objects.create(person=auditor, office=office, role=Role.AUDITOR, since=date(2020, 1, 1))
    return auditor


def screen_of(user: Any) -> Any:
    from django.test import Client

    from tests.portal.accounts.factories import with_second_factor

    return with_second_factor(Client(), user)


def once(client: Any, page: str) -> float:
    began = time.perf_counter()
    answer = client.get(page)
    took = time.perf_counter() - began
    assert answer.status_code == 200, (page, answer.status_code)
    return took


def queries(client: Any, page: str) -> int:
    """Questions to the database beside those about the session and the user."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)
    with CaptureQueriesContext(connection) as told:
        client.get(page)
    if os.environ.get("SHOW"):
        for each in told:
            print(each["time"], each["sql"][:3000])
    ours = [each["sql"] for each in told if not any(f'FROM "{name}"' in each["sql"] for name in SESSION_AND_USER)]
    return len(ours)


def can_chill() -> bool:
    """TAKWIN_BENCH_RESTART names a command that restarts the database server."""
    return bool(os.environ.get("TAKWIN_BENCH_RESTART")) and os.access("/proc/sys/vm/drop_caches", os.W_OK)


def cold_once(client: Any, page: str) -> float:
    from django.db import connection

    connection.close()
    subprocess.run(os.environ["TAKWIN_BENCH_RESTART"], shell=True, check=True, capture_output=True)
    subprocess.run(["sync"], check=True)
    Path("/proc/sys/vm/drop_caches").write_text("1")
    connection.ensure_connection()  # a server that is up has its connections
    return once(client, page)


def _rows(table: str, connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
