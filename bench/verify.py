"""How long a seal takes to verify without the portal (B12): `python bench/verify.py`, in Python and in Node."""

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

import playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "verifier"))
VECTORS = ROOT / "verifier" / "vectors.json"
SCRIPT = ROOT / "portal" / "verification" / "static" / "verification" / "seal.js"
MOST_PYTHON_MS, MOST_SCRIPT_MS, MOST_SCRIPT_KB = 0.3, 20, 6
TIMES = 2000


def main() -> int:
    rows = [
        ("Python, CPU of one seal", in_python(), MOST_PYTHON_MS, "ms"),
        ("script, one seal (Node)", in_node(), MOST_SCRIPT_MS, "ms"),
        ("script, compressed", len(gzip.compress(SCRIPT.read_bytes())) / 1000, MOST_SCRIPT_KB, "kB"),
    ]
    for promise, measured, most, unit in rows:
        print(f"B12 {promise:<26} <= {most:>4} {unit}   {measured:>7.3f}  {'held' if measured <= most else 'not held'}")
    return 0 if all(measured <= most for _promise, measured, most, _unit in rows) else 1


def in_python() -> float:
    from takwin_verify import keys_of, opened
    from takwin_verify.reading import code_of

    held = json.loads(VECTORS.read_text())
    keys, code = keys_of(held["jwks"]), code_of(held["cases"][0]["text"])
    opened(code.fragment, code.public_id, keys)
    began = time.process_time()
    for _time in range(TIMES):
        opened(code.fragment, code.public_id, keys)
    return (time.process_time() - began) / TIMES * 1000


def in_node() -> float:
    node = Path(playwright.__file__).parent / "driver" / "node"
    check = ROOT / "tests" / "verifier" / "check_vectors.mjs"
    done = subprocess.run([node, check, SCRIPT, VECTORS], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["milliseconds"])


if __name__ == "__main__":
    sys.exit(main())
