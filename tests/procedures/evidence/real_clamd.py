"""A real clamd with one signature of ours (the harmless EICAR test file), on a socket of its own; no network."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLAMD = shutil.which("clamd") or "/usr/sbin/clamd"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def is_not_to_be_had() -> bool:
    """Whether it is missing where `make setup-tests` cannot install it; on Debian a missing one is a failure."""
    return not Path(CLAMD).exists() and shutil.which("apt-get") is None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Its address, as TAKWIN_CLAMD takes it."""
    signatures, socket = folder / "signatures", folder / "clamd.socket"
    signatures.mkdir()
    (signatures / "eicar.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {signatures}\nTemporaryDirectory {folder}\nForeground yes\n"
        "StreamMaxLength 25M\nOfficialDatabaseOnly no\n"
    )
    with (folder / "clamd.log").open("wb") as log:
        process = subprocess.Popen([CLAMD, "-c", settings], stdout=log, stderr=log)
        try:
            for _waiting in range(600):
                if socket.exists() or process.poll() is not None:
                    break
                time.sleep(0.1)
            assert socket.exists(), (folder / "clamd.log").read_text()[-2000:]
            yield f"unix:{socket}"
        finally:
            process.terminate()
            process.wait(20)
