"""A demonstration prepared once for a state of the source, copied by every portal that a test starts."""

import fcntl
import hashlib
import shutil
from pathlib import Path

from portal.journey.servers import Portal
from tests.databases import SQLiteTemplate

ROOMS = ("cms_content", "config", "design", "notifications", "plugins", "portal", "procedures", "registers")


def prepared(root: Path) -> Path:
    """The folder of a demonstration that is ready to run; one worker makes it, the others wait."""
    shelf = root / "var" / "test"
    shelf.mkdir(parents=True, exist_ok=True)
    made = shelf / f"portal_{_state_of_the_source(root)}"
    with (shelf / "portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for stale in shelf.glob("portal_*"):
                shutil.rmtree(stale)
            _prepare(root, shelf / "portal_unfinished").rename(made)
    return made


def _prepare(root: Path, folder: Path) -> Path:
    database = SQLiteTemplate(root, "portal")
    database.prepare()
    folder.mkdir()
    shutil.copyfile(database.original, folder / "db.sqlite3")
    portal = Portal(folder)
    portal.environment["TAKWIN_DATABASE_URL"] = ""
    portal.prepare()
    return folder


def _state_of_the_source(root: Path) -> str:
    digest = hashlib.sha256()
    for name in (*ROOMS, "uv.lock"):
        inside = sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / name]
        for path in inside:
            if path.is_file() and path.suffix not in {".pyc", ".mo"}:
                digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
