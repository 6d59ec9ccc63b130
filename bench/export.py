"""Take 100,000 rows of the inbox away (B11): `python bench/export.py`, on the database of TAKWIN_DATABASE_URL.

The database is one that `manage.py bench_data` filled. Each format is written in a process of its own, row by row as
the portal does, to nowhere; what is measured is the most memory that the process ever held.
"""

import os
import resource
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
ROWS, MOST = 100_000, 200  # MB
MB = 1024


def main(kinds: list[str]) -> int:
    if kinds:
        return taken(kinds[0])
    done = [subprocess.run([sys.executable, __file__, kind], check=False).returncode for kind in ("csv", "xlsx")]
    return max(done)


def taken(kind: str) -> int:
    import django

    django.setup()
    sys.path.insert(0, str(Path(__file__).parent))
    from inbox import person

    from portal.inboxes.exporting import columns, rows
    from procedures.inboxes.asked import ANY, Asked
    from procedures.inboxes.circles import seats_of
    from procedures.inboxes.selectors import walk
    from procedures.spreadsheets import csv_lines, xlsx_file

    seats, wanted = seats_of(person("auditor")), list(columns())
    table, began = rows(islice(walk(seats, Asked(state=ANY)), ROWS), wanted), time.monotonic()
    size = sum(len(line) for line in csv_lines(table)) if kind == "csv" else xlsx_file(table).seek(0, os.SEEK_END)
    took, most = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    verdict = "held" if most <= MOST else "NOT HELD"
    print(
        f"B11  {kind:<5}{ROWS:>8} rows {size / MB / MB:6.1f} MB in {took:5.1f} s, "
        f"{most:5.0f} MB at the most, Django and all (of {MOST}, {verdict})"
    )
    return int(most > MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
