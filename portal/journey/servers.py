"""A web server and a worker of one's own, on a free port, over a scratch database and storage."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.journey.telling import NotAsPromised

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


class Portal:
    """The demonstration over `scratch`: prepared once, then its two processes started, killed and started again."""

    def __init__(self, scratch: Path, port: int | None = None, *, more: Mapping[str, str] | None = None) -> None:
        self.scratch = scratch
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        for folder in ("broker", "broker-control", "tmp", "log"):
            (scratch / folder).mkdir(parents=True, exist_ok=True)
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
            "TAKWIN_VAR": str(scratch),
            "TAKWIN_PUBLIC_URL": self.url,
            "TAKWIN_DATABASE_URL": os.environ.get("TAKWIN_JOURNEY_DATABASE_URL", ""),
            "PORT": str(self.port),
            "TAKWIN_TESSERACT": os.environ.get("TAKWIN_TESSERACT", ""),  # slow, and nothing here waits for it
            **(more or {}),
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def prepare(self) -> None:
        """Database, keys, pages and accounts; needs about half a minute. With TAKWIN_PRACTICE=1 it is a practice space.

        Raises: NotAsPromised with the last words of the command."""
        practice = self.environment.get("TAKWIN_PRACTICE") == "1"
        command = ("prepare_practice",) if practice else ("prepare_demonstration", "--small")
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NotAsPromised(f"The demonstration could not be prepared: {done.stderr.strip()[-800:]}")

    def start_web(self) -> None:
        command = [
            str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "1", "--blocking-threads", "2", "--log-level", "warning", "config.wsgi:application",
        ]  # fmt: skip
        self._start("web", command)
        self._wait_for_web()

    def start_worker(self) -> None:
        command = [
            str(BIN / "celery"), "-A", "config", "worker", "-B", "-P", "prefork", "-c", "1",
            "-s", str(self.scratch / "beat"), "--loglevel", "warning",
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        ]  # fmt: skip
        self._start("worker", command)

    def kill(self, name: str) -> None:
        """SIGKILL to the process and all its children, as bad luck does it."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for name in list(self.processes):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.processes[name].wait(5)
            self.kill(name)

    def manage(self, *arguments: str) -> str:
        """Run a command of the portal over the scratch database and give what it prints."""
        return manage(*arguments, environment=self.environment)

    def _start(self, name: str, command: list[str]) -> None:
        with (self.scratch / "log" / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment | {"TMPDIR": str(self.scratch / "tmp")},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait_for_web(self) -> None:
        for _ in range(240):
            if self.processes["web"].poll() is not None:
                break
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=5):  # noqa: S310 - our own address
                return
            time.sleep(0.25)
        words = (self.scratch / "log" / "web.log").read_text()[-800:]
        raise NotAsPromised(f"The web server did not start: {words}")


@contextlib.contextmanager
def own_portal(scratch: Path, *, like: Path | None = None, **more: str) -> Iterator[Portal]:
    """A prepared and running portal over `scratch`, ended with the block; `more` are variables of its environment.

    `like` is the folder of a portal that was prepared before: it is copied, so that little is left to prepare."""
    if like:
        shutil.copytree(like, scratch, dirs_exist_ok=True)
    portal = Portal(scratch, more=more)
    try:
        portal.prepare()
        portal.start_web()
        portal.start_worker()
        yield portal
    finally:
        portal.stop()


def manage(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotAsPromised(f"manage.py {arguments[0]} failed: {done.stderr.strip()[-500:]}")
    return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def passphrase() -> str:
    """A password nobody has seen before."""
    return secrets.token_urlsafe(18)
