"""A mail server in a process: `mail_server.py PORT FILE half|none`; writes what it takes to FILE, parted by NUL."""

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.controller import UnthreadedController

PORT, FILE, REFUSES = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]


class Box:
    seen = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        Box.seen += 1
        if REFUSES == "half" and Box.seen % 2:
            return "451 try again later"
        with FILE.open("a") as kept:
            kept.write(envelope.content.decode("utf-8", "replace").replace("\r\n", "\n") + "\0")
        return "250 taken"


if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    UnthreadedController(Box(), hostname="127.0.0.1", port=PORT, loop=loop).begin()
    loop.run_forever()
