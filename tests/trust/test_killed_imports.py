"""A table of trainees whose worker is killed three times enters exactly what a reading of the file by hand gives."""

import csv
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from tests.conftest import ROOT
from tests.databases import Template

pytestmark = [pytest.mark.trust, pytest.mark.long]
SITE = ROOT / "tests" / "trust" / "import_site.py"
HANG = 900.0


class Site:
    """A site with a worker that is killed with SIGKILL, on the database that the suite runs on."""

    def __init__(self, var: Path, url: str) -> None:
        self.var, self.url, self.worker = var, url, None

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "TAKWIN_VAR": str(self.var),
            "TAKWIN_DATABASE_URL": self.url,
            "TAKWIN_JOB_LEASE_SECONDS": "2",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
        }

    def run(self, *words: object) -> str:
        done = subprocess.run(
            [sys.executable, SITE, *map(str, words)], cwd=ROOT, env=self.environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start(self) -> None:
        with (self.var / "worker.log").open("a") as log:
            kinds = ["--kinds", "imports.stage", "imports.enter"]
            command = [sys.executable, ROOT / "manage.py", "work", *kinds]
            self.worker = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        if self.worker and self.worker.poll() is None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()

    def ask(self, query: str) -> int:
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(query).fetchone()[0] or 0
        with sqlite3.connect(self.var / "db.sqlite3", timeout=20) as connection:
            return connection.execute(query).fetchone()[0] or 0

    def wait_for(self, query: str, least: int) -> None:
        until = time.monotonic() + HANG
        while self.ask(query) < least:
            assert time.monotonic() < until, (query, (self.var / "worker.log").read_text()[-3000:])
            time.sleep(0.05)


STAGED = "SELECT count(*) FROM imports_importrow"
ENTERED = "SELECT count(*) FROM imports_importrow WHERE state = 'entered'"
READY = "SELECT count(*) FROM imports_importbatch WHERE state = 'ready'"
ENDED = "SELECT count(*) FROM imports_importbatch WHERE state = 'entered'"


@pytest.fixture
def site(tmp_path: Path, template: Template) -> Iterator[Site]:
    with template.lent(tmp_path) as url:
        yield Site(tmp_path, url)


def test_a_table_whose_worker_is_killed_three_times_enters_what_the_file_says(
    tmp_path: Path, full: bool, site: Site
) -> None:
    rows = 100_000 if full else 10_000
    seed = random.SystemRandom().randrange(10**6)
    draw, began = random.Random(seed), time.monotonic()
    table = tmp_path / "table.csv"
    try:
        site.run("prepare", table, rows)
        site.start()
        site.wait_for(STAGED, 1 if not full else draw.randrange(1, rows // 2))
        site.kill()
        site.start()
        site.wait_for(READY, 1)
        site.run("decide")
        for share in (draw.uniform(0.02, 0.35), draw.uniform(0.4, 0.8)):
            site.wait_for(ENTERED, int(rows * share))
            site.kill()
            site.start()
        site.wait_for(ENDED, 1)
    finally:
        site.kill()
    told = json.loads(site.run("tell"))
    expected, faulty = read_by_hand(table)
    assert 0.04 * rows < len(faulty) < 0.06 * rows
    entered = [tuple(each) for each in told["enrolled"]]
    assert len(entered) == len(set(entered)), f"seed {seed}: entered twice"
    assert set(entered) == expected, f"seed {seed}: {len(set(entered) ^ expected)} rows differ"
    assert told["people"] == len(expected)
    assert told["faulty"] == faulty
    assert told["counts"]["entered"] == len(expected)
    assert told["ends"] == 1
    assert max(tries for _kind, _state, tries in told["tries"]) > 1, "nothing was killed at work"
    print(f"{rows} rows, 3 kills, {len(expected)} entered, {len(faulty)} faults, tries {told['tries']}: "
          f"{time.monotonic() - began:.0f} s, seed {seed}")  # fmt: skip


def read_by_hand(path: Path) -> tuple[set[tuple[str, ...]], list[int]]:
    """What the file says, read with csv and rules written anew here: the sound rows, and the lines of the others."""
    sound, faulty = set(), []
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.reader(file, delimiter=";")
        next(table)
        for line, row in enumerate(table, start=2):
            told = by_hand(row)
            if told is None:
                faulty.append(line)
            else:
                sound.add(told)
    return sound, faulty


def by_hand(row: list[str]) -> tuple[str, ...] | None:
    structure, group, _kind, card, first_ar, _last_ar, _first_lat, last_lat, born, _place, sex, country, entry = row
    if re.fullmatch("[0-9]{7}", card):
        card = "0" + card
    birth, entered = day(born), day(entry)
    good = (
        re.fullmatch("[0-9]{8}", card)
        and re.fullmatch("G-[0-9]{4}", group)
        and re.fullmatch("[\u0600-\u06ff]+", first_ar)
        and re.fullmatch("[A-Za-z]+", last_lat)
        and sex in ("ذكر", "أنثى")
        and country == ""
        and birth is not None
        and entered is not None
        and date(2025, 9, 15) <= entered < date(2027, 7, 1)
        and birth <= date(2010, 9, 15)
    )
    return (structure, group, card, first_ar, last_lat, birth.isoformat(), entered.isoformat()) if good else None


def day(written: str) -> date | None:
    try:
        return date(int(written[6:]), int(written[3:5]), int(written[:2]))
    except ValueError:
        return None
