"""How long a table of 100,000 trainees takes (B9): `python bench/imports.py [rows]`, on SQLite or TAKWIN_DATABASE_URL.

An XLSX with 5 % faults of twelve kinds and zeros dropped by a spreadsheet, in a scratch database; 2 cores. Read and
checked: rows read, judged and compared with the register. Staged: what writing down adds to it. Entered: people with
sealed identifiers, enrolments, audit and the state of each row, 500 in a transaction.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FIGURES = (("read and checked", 10.0), ("staged", 10.0), ("entered", 60.0))
MOST_MEGABYTES = 300


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory(prefix="takwin-bench-") as folder:
        environment = os.environ | {
            "TAKWIN_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONWARNINGS": "ignore",
        }
        for step in ("prepare", "measure"):  # a process of its own measures: making the table takes memory too
            done = subprocess.run([sys.executable, __file__, step, str(rows)], env=environment, cwd=ROOT, check=False)
            if done.returncode:
                return done.returncode
    return 0


def prepare(rows: int) -> int:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.files import File
    from django.core.management import call_command

    from bench.trainees import open_groups, table, write_xlsx
    from procedures.offices.models import Office
    from registers.imports.services import receive_table
    from registers.people.vault import make_pairs

    call_command("migrate", verbosity=0)
    make_pairs(Path(settings.TAKWIN_PEOPLE_KEYS))
    path = Path(os.environ["TAKWIN_VAR"]) / "trainees.xlsx"
    write_xlsx(path, table(rows, open_groups(rows))[0])
    names = dict.fromkeys(("name_ar", "name_fr", "name_en"), "Bench")
    office = Office.objects.create(code="bench", kind="central", **names)
    by = get_user_model().objects.create(email="bench@takwin.example")
    with path.open("rb") as content:
        file = File(content, name=path.name)
        began = time.perf_counter()
        receive_table(kind="trainees", file=file, by=by, office=office)
    print(
        f"{rows} rows, {path.stat().st_size / 1e6:.1f} MB; received and guarded in {time.perf_counter() - began:.1f} s"
    )
    return 0


def measure(rows: int) -> int:
    from registers.imports.checking import open_rows, slices
    from registers.imports.entering import enter
    from registers.imports.kinds.all import KINDS
    from registers.imports.models import ImportBatch
    from registers.imports.opening import scene_of
    from registers.imports.services import decide_import
    from registers.imports.shelf import open_table
    from registers.imports.staging import stage

    batch = ImportBatch.objects.get()
    kind = KINDS["trainees"]

    def check() -> None:
        with open_table(batch) as file:
            for _part in slices(open_rows(file, batch.format, kind), kind, scene_of(batch)):
                pass

    with watched() as memory:
        checked = timed(check)
        both = timed(lambda: stage(batch_id=batch.pk))
        staged = both[0] - checked[0], both[1] - checked[1]
        batch.refresh_from_db()
        decide_import(batch=batch, mode="valid", by=batch.by)
        entered = timed(lambda: enter(batch_id=batch.pk))
    batch.refresh_from_db()
    print({name: batch.counts[name] for name in ("rows", "entered", "already", "faulty", "refused")}, "\n")
    return told(rows, (checked, staged, entered), memory)


def told(rows: int, spent: tuple[tuple[float, float], ...], memory: dict[str, float]) -> int:
    """Judged by the clock, which is fair on an idle machine only: the processor's time stands beside it."""
    share = rows / 100_000
    lines = [
        (f"B9 {name}", f"<= {most * share:.1f} s", f"{wall:.1f} s", f"(CPU {cpu:.1f} s)", wall <= most * share)
        for (name, most), (wall, cpu) in zip(FIGURES, spent, strict=True)
    ]
    beside = f"(and {memory['RssFile']:.0f} MB of mapped files)"
    held = memory["RssAnon"] <= MOST_MEGABYTES
    lines.append(("B9 memory of the worker", f"<= {MOST_MEGABYTES} MB", f"{memory['RssAnon']:.0f} MB", beside, held))
    print("{:<26} {:>10} {:>9}  {}".format("promise", "figure", "measured", "held"))
    for promise, figure, measured, beside, kept in lines:
        print(f"{promise:<26} {figure:>10} {measured:>9}  {'held' if kept else 'not held'} {beside}")
    return 0 if all(line[4] for line in lines) else 1


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


@contextmanager
def watched() -> Iterator[dict[str, float]]:
    """The most memory in megabytes while the block runs: the process's own, and pages of files mapped into it.

    The latter are those of the SQLite file, which the system takes back when it needs them.
    """
    most, over = {"RssAnon": 0.0, "RssFile": 0.0}, threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            for line in Path("/proc/self/status").read_text().splitlines():
                name, _colon, value = line.partition(":")
                if name in most:
                    most[name] = max(most[name], int(value.split()[0]) / 1000)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    yield most
    over.set()
    watcher.join()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        import django

        django.setup()
        sys.exit({"prepare": prepare, "measure": measure}[sys.argv[1]](int(sys.argv[2])))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
