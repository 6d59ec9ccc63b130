"""Prepare the demonstration where that is needed, start the web server and the worker, and say how to look around.

With TAKWIN_PRACTICE=1 it is the practice space, in a folder of its own.
"""

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PRACTICE = os.environ.get("TAKWIN_PRACTICE") == "1"
VAR = Path(os.environ.get("TAKWIN_VAR", ROOT / "var" / "practice" if PRACTICE else ROOT / "var"))
PREPARE = "prepare_practice" if PRACTICE else "prepare_demonstration"
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://127.0.0.1:{PORT}"


def main() -> int:
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings.demo", TAKWIN_VAR=str(VAR), PORT=PORT)
    if taken(PORT):
        print(
            f"Port {PORT} is taken. Stop what listens there, or choose another: PORT=8001 after make", file=sys.stderr
        )
        return 1
    prepare()
    children = {name: start(command, name) for command, name in (web(), worker())}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        if not answers(children):
            return 1
        subprocess.run([sys.executable, "manage.py", "demo_guide"], cwd=ROOT, check=True)
        return watch(children)
    except KeyboardInterrupt:
        return 0
    finally:
        stop(children)


def taken(port: str) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            return True
    return False


def prepare() -> None:
    """Migrate and load once for a state of the tree; a second start skips it and touches no data."""
    stamp = VAR / "prepared"
    state = fingerprint()
    if stamp.exists() and stamp.read_text() == state:
        return
    VAR.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "manage.py", PREPARE], cwd=ROOT, check=True)
    stamp.write_text(state)


def fingerprint() -> str:
    digest = hashlib.sha256()
    invented = "portal/demonstration/**/*.py"
    loaded = ("**/migrations/*.py", "**/static/**/*", "**/management/commands/*.py", "**/data/*", invented, "uv.lock")
    for pattern in loaded:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and not {".venv", "var"} & set(path.relative_to(ROOT).parts):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def web() -> tuple[list[str], str]:
    return [
        str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", PORT,
        "--workers", "1", "--blocking-threads", "1", "--log-level", "warning", "config.wsgi:application",
    ], "web"  # fmt: skip


def worker() -> tuple[list[str], str]:
    (VAR / "broker").mkdir(parents=True, exist_ok=True)
    (VAR / "broker-control").mkdir(parents=True, exist_ok=True)
    (VAR / "tmp").mkdir(parents=True, exist_ok=True)  # on the broker's own file system: it moves messages through it
    return [
        str(BIN / "celery"), "-A", "config", "worker", "-B", "-P", "prefork", "-c", "1",
        "-s", str(VAR / "beat"), "--loglevel", "warning", "--without-gossip", "--without-mingle", "--without-heartbeat",
    ], "worker"  # fmt: skip


def start(command: list[str], name: str) -> subprocess.Popen[bytes]:
    (VAR / "log").mkdir(parents=True, exist_ok=True)
    log = (VAR / "log" / f"{name}.log").open("ab")
    environment = os.environ | {"TMPDIR": str(VAR / "tmp")} if name == "worker" else os.environ
    return subprocess.Popen(
        command, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, env=environment
    )


def answers(children: dict[str, subprocess.Popen[bytes]]) -> bool:
    """Wait until the home page is served, at most a minute."""
    for _ in range(120):
        if any(child.poll() is not None for child in children.values()):
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{ADDRESS}/ar/", timeout=20):
            return True
        time.sleep(0.5)
    print(f"The portal did not start. Its own words are in {VAR / 'log'}.", file=sys.stderr)
    return False


def watch(children: dict[str, subprocess.Popen[bytes]]) -> int:
    """Start again whatever ends: what was promised waits in the database."""
    commands = {name: command for command, name in (web(), worker())}
    while True:
        time.sleep(2)
        for name, child in children.items():
            if child.poll() is not None:
                print(f"The {name} process ended and is started again. Its words: {VAR / 'log' / name}.log", flush=True)
                children[name] = start(commands[name], name)


def stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
    for child in children.values():
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
