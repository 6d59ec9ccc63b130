"""Run the lanes of the suite one after the other and say how long each took: `lanes.py check sqlite postgresql ...`."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
APART = "not (browser or trust or planted or fresh)"
POSTGRESQL = {"TAKWIN_TEST_DATABASE": "postgresql"}
SCANS = tuple(  # a browser beside a database: each in a process of its own
    f"tests/portal/verification/test_{name}.py" for name in ("scan_in_a_browser", "without_a_network", "scanner")
)
# These start a portal with a database of its own: the lane's database does not reach them.
OWN_DATABASE = ("--ignore=tests/journeys", "--ignore=tests/trust/test_crash_portal.py")

# Where the tests of a mark are: only these files are read, and tests/house/test_lanes.py says that none is elsewhere.
HOMES = {
    "browser": ("tests/browser", *SCANS),
    "trust": ("tests/trust", "tests/journeys/test_journey.py"),
    "planted": ("tests/planted",),
    "fresh": ("tests/fresh",),
}
# Who is done first takes over half of what the other has not begun.
TWO = ("-n", "2", "--dist", "worksteal")


def pytest(*arguments: str, **environment: str) -> tuple[list[str], dict[str, str]]:
    return [str(BIN / "pytest"), "--durations=8", "--durations-min=5", *arguments], environment


def marked(mark: str, *arguments: str, **environment: str) -> tuple[list[str], dict[str, str]]:
    return pytest("-m", mark, *arguments, *HOMES[mark], **environment)


def tool(name: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    return [str(BIN / name), *arguments], {"DJANGO_SETTINGS_MODULE": "config.settings.test"}


LANES = {
    "check": [
        tool("ruff", "check", "-q", "."),
        tool("ruff", "format", "--check", "-q", "."),
        tool("lint-imports"),
        tool("djlint", "--lint", "--quiet", "."),
        tool("python", "manage.py", "check", "--fail-level", "WARNING"),
        tool("python", "manage.py", "makemigrations", "--check", "--dry-run"),
        tool("python", "manage.py", "procedure", "check"),
        tool("mypy", "."),
    ],
    "sqlite": [pytest(*TWO, "-m", APART)],
    "postgresql": [pytest(*TWO, "-m", APART, "--ignore=tests/house", "--ignore=tests/design", **POSTGRESQL)],
    "browser": [pytest("-m", "browser", *TWO, "tests/browser"), *(pytest("-m", "browser", file) for file in SCANS)],
    "trust": [marked("trust", *TWO), marked("trust", *TWO, *OWN_DATABASE, **POSTGRESQL)],
    "planted": [marked("planted", *TWO)],
    "fresh": [marked("fresh", "-s")],
}


def run(lane: str) -> bool:
    """Run every command of a lane, the later ones too when one fails, so that one run tells everything."""
    good = True
    for command, environment in LANES[lane]:
        print(
            f"\n== {lane}: {' '.join(Path(part).name if part.startswith('/') else part for part in command)}",
            flush=True,
        )
        done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False)
        good = good and done.returncode == 0
    return good


def prepare_ahead(lanes: list[str]) -> list[subprocess.Popen[bytes]]:
    """Migrate databases beside the checks, which leave a core idle; a lane that comes early waits for its own."""
    return [
        subprocess.Popen(
            [sys.executable, "-m", "tests.preparing", kind],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # a fault is told by the lane, which tries again
        )
        for kind in ("sqlite", "postgresql")
        if kind in lanes
    ]


def main(lanes: list[str]) -> int:
    results: list[tuple[str, bool, float]] = []
    ahead = prepare_ahead(lanes)
    for lane in lanes:
        began = time.monotonic()
        results.append((lane, run(lane), time.monotonic() - began))
    for process in ahead:
        process.wait()
    print("\nlane         result  seconds")
    for lane, good, seconds in results:
        print(f"{lane:<12} {'passed' if good else 'FAILED':<7} {seconds:7.0f}")
    print(f"{'together':<12} {'':<7} {sum(seconds for *_, seconds in results):7.0f}")
    return 0 if all(good for _, good, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
