"""The virus scanner: clamd over its socket, where TAKWIN_CLAMD names one ("host:port" or "unix:/path")."""

import contextlib
import socket
import struct

from django.conf import settings

CHUNK = 64 * 1024
SECONDS = 10


class ScannerDown(Exception):
    """The scanner gave no answer: nobody may open the file until it does."""


class ScanTooLarge(Exception):
    """The scanner takes no file of this size."""


def is_wanted() -> bool:
    return bool(getattr(settings, "TAKWIN_CLAMD", ""))


def finds_a_virus(content: bytes) -> bool:
    """Ask clamd; raise ScannerDown where it cannot answer, ScanTooLarge where it will not."""
    try:
        with _connected() as connection:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has read all
                _send(connection, content)
            answer = _answer(connection)
    except OSError as fault:
        raise ScannerDown from fault
    if answer.endswith("FOUND"):
        return True
    if "size limit exceeded" in answer:
        raise ScanTooLarge
    if answer.endswith("OK"):
        return False
    raise ScannerDown(answer[:80])


def _connected() -> socket.socket:
    address = str(getattr(settings, "TAKWIN_CLAMD", ""))
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(address.removeprefix("unix:"))
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _send(connection: socket.socket, content: bytes) -> None:
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), CHUNK):
        part = content[start : start + CHUNK]
        connection.sendall(struct.pack(">I", len(part)) + part)
    connection.sendall(struct.pack(">I", 0))


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0"):
        part = connection.recv(4096)
        if not part:
            break
        received += part
    return received.rstrip(b"\0").decode("ascii", "replace").strip()
