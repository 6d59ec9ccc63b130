"""The whole thread, played by the command through HTTP alone, in three languages, twice in a row."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.journey.servers import Portal, own_portal
from tests.house.source import ROOT
from tests.portals import prepared

pytestmark = [pytest.mark.trust, pytest.mark.long]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with own_portal(tmp_path_factory.mktemp("portal"), like=prepared(ROOT)) as running:
        yield running


def journey(portal: Portal, out: Path, language: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "manage.py", "journey", "--out", out, "--language", language, "--url", portal.url],
        cwd=ROOT,
        env=portal.environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((out / "journey.json").read_text())


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_thread_holds_twice_and_strangers_believe_its_paper(
    portal: Portal, tmp_path: Path, language: str, full: bool
) -> None:
    times = ("1", "2") if full or language == "ar" else ("1",)
    told = [journey(portal, tmp_path / time, language) for time in times]
    assert [step["step"] for step in told[0]["steps"]] == [step["step"] for step in told[-1]["steps"]]
    for out in (tmp_path / time for time in times):
        verified = subprocess.run(
            [sys.executable, ROOT / "tests/journeys/verify_paper.py", out / "decision.pdf", out / "jwks.json"],
            capture_output=True,
            text=True,
        )
        assert verified.returncode == 0, verified.stderr
        claims = json.loads(verified.stdout)
        assert claims["kind"] == 26
        assert (out / "verify_url.txt").read_text().strip().upper().startswith(claims["address"].upper())
        sealed = subprocess.run(["pdfsig", out / "decision.pdf"], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in sealed
        assert "Total document signed" in sealed
        assert (
            subprocess.run(["qpdf", "--check", out / "decision.pdf"], capture_output=True, check=False).returncode == 0
        )


def test_a_promise_that_is_not_kept_ends_the_journey_with_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "journey", "--out", tmp_path, "--url", "http://127.0.0.1:9"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "TAKWIN_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
