"""The two commands of the README on a Debian that has git, make and python3 and nothing else."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.fresh
# kept between runs: the bare system is made once
FOLDER = Path(os.environ.get("TAKWIN_FRESH", "/var/tmp/takwin-fresh"))


@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
def test_make_demo_and_make_test_pass_from_nothing(suite: str) -> None:
    assert os.geteuid() == 0, "chroot needs root"
    assert shutil.which("debootstrap"), "apt-get install debootstrap"
    FOLDER.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["sh", Path(__file__).with_name("fresh.sh"), suite, str(FOLDER)], check=False)
    assert done.returncode == 0
