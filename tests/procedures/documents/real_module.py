"""SoftHSM, which keeps keys in files as a hardware module keeps them inside, with a token of one run."""

import os
import shutil
import subprocess
from pathlib import Path

LIBRARY = next((found for found in map(Path, ("/usr/lib/softhsm/libsofthsm2.so",)) if found.exists()), Path("/nowhere"))
PIN = "491827"


def is_not_to_be_had() -> bool:
    """Whether it is missing where `make setup-tests` cannot install it; on Debian a missing one is a failure."""
    return not LIBRARY.exists() and shutil.which("apt-get") is None


def token_in(folder: Path) -> dict[str, str]:
    """Make a token; the settings that name it. The library reads from the environment where its tokens are."""
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    words = ["--init-token", "--free", "--label", folder.name, "--pin", PIN, "--so-pin", "827364"]
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
    pin = folder / "pin"
    pin.touch(mode=0o600)
    pin.write_text(f"{PIN}\n")
    return {
        "TAKWIN_HSM_MODULE": str(LIBRARY),
        "TAKWIN_HSM_TOKEN": folder.name,
        "TAKWIN_HSM_PIN_FILE": str(pin),
    }
