"""A clamd of a few lines on a free port: takes INSTREAM, gives the answer it was made with."""

import socket
import struct
import threading
from types import TracebackType


class FakeClamd:
    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.received = b""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(10)
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._serving = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "FakeClamd":
        self._serving.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._listening.close()
        self._serving.join(timeout=5)

    def _serve(self) -> None:
        try:
            connection, _address = self._listening.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", stream.read(4))[0]:
                self.received += stream.read(size)
            connection.sendall(self.answer)
