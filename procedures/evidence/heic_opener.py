"""Opens one HEIC photograph in a process of its own with little memory and time: IN OUT MOST -> a word on stdout.

Writes it as JPEG, upright, without notes; says "done", "too_many_pixels" (more than MOST) or "damaged". Started by
`heic.py` as a plain script; it imports nothing of ours.
"""

import resource
import sys
from pathlib import Path

import pillow_heif

MEMORY = 1500 * 1024 * 1024
SECONDS = 15


def main(source: Path, target: Path, most: int) -> str:
    try:
        photographs = pillow_heif.open_heif(source, convert_hdr_to_8bit=True)
        if photographs.size[0] * photographs.size[1] > most:
            return "too_many_pixels"
        photographs.to_pillow().convert("RGB").save(target, "JPEG", quality=95)
    except (OSError, ValueError, EOFError, SyntaxError, RuntimeError, IndexError, KeyError):
        return "damaged"
    return "done"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    pillow_heif.options.DECODE_THREADS = 1
    sys.stdout.write(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
