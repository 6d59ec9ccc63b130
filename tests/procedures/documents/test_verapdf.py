"""veraPDF, where it is installed, takes one sealed file of each member of the family for a PDF/A-3a."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from procedures.documents.rendering import render
from procedures.documents.sealing import sealed_pdf
from tests.procedures.documents import engine_specimens, specimens
from tests.procedures.documents.sheets import PAPER
from tests.procedures.documents.specimens import Specimen

COMMAND, FLAVOUR = "verapdf", "3a"
FAMILY: dict[str, Callable[[], Specimen]] = {
    "diploma": specimens.diploma,
    "certificate": specimens.certificate,
    "attestation": lambda: specimens.attestation(english=True),
    "nominal_list": lambda: specimens.nominal_list(count=60),
    "convocation": specimens.convocation,
    "verification_report": lambda: specimens.verification_report(count=60),
    "duplicate": specimens.duplicate,
    "decision": engine_specimens.decision,
    "receipt": engine_specimens.receipt,
    "refusal": engine_specimens.refusal,
    "minutes": lambda: engine_specimens.minutes(count=2),
}


def judged(folder: Path) -> dict[str, str]:
    """What veraPDF says of each file of a folder, in one run of it: "PASS" or "FAIL", and then why."""
    told = subprocess.run(
        [COMMAND, "--flavour", FLAVOUR, "--format", "text", "--verbose", *sorted(folder.glob("*.pdf"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found: dict[str, str] = {}
    for line in told.stdout.splitlines():
        verdict, _space, rest = line.partition(" ")
        name = next((name for name in FAMILY if f"/{name}.pdf" in rest), "")
        if verdict in ("PASS", "FAIL") and name:
            found[name] = verdict
        elif found:
            found[next(reversed(found))] += f"\n{line}"
    assert found, told.stderr
    return found


@pytest.mark.skipif(not shutil.which(COMMAND), reason="veraPDF is not installed: no file was tried for PDF/A-3a by it")
def test_each_member_of_the_family_is_a_pdf_a_3a(tmp_path: Path) -> None:
    for name, specimen in FAMILY.items():
        (tmp_path / f"{name}.pdf").write_bytes(sealed_pdf(render(specimen().template, specimen().content, PAPER)))
    told = judged(tmp_path)
    assert set(told) == set(FAMILY)
    assert {name: said for name, said in told.items() if said != "PASS"} == {}


def test_the_whole_family_is_tried() -> None:
    folder = Path(specimens.family.__file__).parent / "templates" / "documents"
    sheets = {path.stem for path in folder.glob("*.html")} - {"frame", "certified", "rows"}
    assert set(FAMILY) == sheets | {"duplicate"}


def test_a_file_that_fails_is_told_from_one_that_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in for the command: only how its answer is read."""
    stand_in = tmp_path / COMMAND
    stand_in.write_text("#!/bin/sh\necho PASS /x/diploma.pdf 3a\necho FAIL /x/receipt.pdf 3a\necho '  FAIL 6.2.2-1'\n")
    stand_in.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    told = judged(tmp_path)
    assert told["diploma"] == "PASS"
    assert told["receipt"].startswith("FAIL")
    assert "6.2.2-1" in told["receipt"]
