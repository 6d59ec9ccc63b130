"""T6 for jobs: a real worker killed at random moments, the broker wiped; nothing is lost, every effect happens once."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.databases import SQLiteTemplate

pytestmark = [pytest.mark.trust, pytest.mark.long]
SCRIPT = ROOT / "tests" / "trust" / "crash_worker.py"
HANG = 400.0


class Site:
    """A site of its own: a SQLite file, a broker folder, one Celery worker with one prefork process and beat."""

    def __init__(self, var: Path) -> None:
        self.var, self.worker = var, None
        template = SQLiteTemplate(ROOT, "crash")
        template.prepare()
        shutil.copyfile(template.original, var / "db.sqlite3")

    def environment(self) -> dict[str, str]:
        settings = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.test")
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        return os.environ | {
            "TAKWIN_VAR": str(self.var),
            "TAKWIN_DATABASE_URL": "",
            "TAKWIN_JOB_LEASE_SECONDS": "3",
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": path,
            "PYTHONWARNINGS": "ignore",
        }

    def promise(self, count: int) -> None:
        subprocess.run([sys.executable, SCRIPT, "promise", str(count)], cwd=ROOT, env=self.environment(), check=True)

    def start(self) -> None:
        with (self.var / "worker.log").open("a") as log:
            self.worker = subprocess.Popen(
                [sys.executable, SCRIPT, "work"],
                cwd=ROOT,
                env=self.environment() | {"C_FORCE_ROOT": "1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        if self.worker and self.worker.poll() is None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()

    def kill_child(self) -> None:
        """Only the process that does the job; its parent lives on."""
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            os.kill(int((self.var / "doing").read_text()), signal.SIGKILL)

    def wipe_broker(self) -> None:
        for message in (self.var / "broker").iterdir():
            message.unlink(missing_ok=True)

    def ask(self, query: str) -> list[tuple]:
        with sqlite3.connect(self.var / "db.sqlite3", timeout=20) as connection:
            return connection.execute(query).fetchall()

    def left(self) -> int:
        return self.ask("SELECT count(*) FROM jobs_job WHERE kind LIKE 'trial.%' AND state <> 'done'")[0][0]

    def wait_until_busy(self) -> None:
        until = time.monotonic() + HANG
        while self.left() and time.monotonic() < until:
            if self.ask("SELECT 1 FROM jobs_job WHERE state = 'running' AND lease_until > datetime('now') LIMIT 1"):
                return
            time.sleep(0.05)


def test_killing_the_worker_and_wiping_the_broker_loses_nothing_and_repeats_no_effect(tmp_path, full):
    jobs, kills, wipes = (40, 20, 3) if full else (10, 3, 1)
    seed = random.SystemRandom().randrange(10**6)
    draw, began = random.Random(seed), time.monotonic()
    print(f"seed {seed}")
    wiped = set(draw.sample(range(kills), wipes))
    site = Site(tmp_path)
    site.promise(jobs)
    try:
        site.start()
        for number in range(kills):
            site.wait_until_busy()
            time.sleep(draw.uniform(0, 1.2))
            if number % 4 == 3:
                site.kill_child()
            else:
                site.kill()
                if number in wiped:
                    site.wipe_broker()
                site.start()
        until = time.monotonic() + HANG
        while site.left() and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        site.kill()
    effects = site.ask("SELECT subject_id, count(*) FROM audit_entry WHERE action = 'trial.effect' GROUP BY subject_id")
    tries = site.ask("SELECT max(tries), sum(tries) FROM jobs_job WHERE kind LIKE 'trial.%'")[0]
    log = (tmp_path / "worker.log").read_text()[-3000:]
    assert site.left() == 0, f"seed {seed}: {site.left()} jobs were lost\n{log}"
    assert sorted(effects) == sorted((str(number), 1) for number in range(jobs)), f"seed {seed}"
    seconds = time.monotonic() - began
    print(f"{jobs} jobs, {kills} kills, {wipes} wipes: {seconds:.0f} s, most tries {tries[0]}, in all {tries[1]}")
