"""No dependency without its use; the two lists of packages say the same."""

import re
import subprocess
import tomllib

from tests.house.source import ROOT, files

# Used by configuration or by another package, not by an import of ours.
CONFIGURED = {
    "brotli": "whitenoise compresses with it",
    "psycopg": "the PostgreSQL backend",
    "granian": "the web server",
    "tzdata": "time zones where the system has none",
    "wagtail-localize": "an installed app",
    "whitenoise": "a middleware",
}
IMPORTED_AS = {
    "django": "django", "django-allauth": "allauth", "django-formtools": "formtools", "django-csp": "csp",
    "pillow": "PIL", "pillow-heif": "pillow_heif",
    "python-stdnum": "stdnum", "beautifulsoup4": "bs4", "python-pkcs11": "pkcs11", "python-calamine": "python_calamine",
}  # fmt: skip


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [re.split(r"[<>=\[ ;]", line)[0].lower() for line in project["dependencies"]]


def test_every_dependency_is_used() -> None:
    text = "\n".join(path.read_text() for path in files("**/*.py"))
    unused = [
        name
        for name in declared()
        if name not in CONFIGURED
        and not re.search(rf"^\s*(from|import) {IMPORTED_AS.get(name, name)}\b", text, re.MULTILINE)
    ]
    assert unused == []


def test_the_exported_lists_follow_the_lock() -> None:
    def packages(text: str) -> set[str]:
        return {line.split(";")[0].strip() for line in text.splitlines() if "==" in line}

    uv = ROOT / ".venv" / "bin" / "uv"
    for name, arguments in (("requirements.txt", ["--no-dev"]), ("requirements-test.txt", [])):
        done = subprocess.run(
            [uv, "export", "--locked", "--no-hashes", "--no-annotate", "--no-header", "-q", *arguments],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert packages(done.stdout) == packages((ROOT / name).read_text())
