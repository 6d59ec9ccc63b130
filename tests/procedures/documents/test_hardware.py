"""A hardware module makes and holds the keys: they cannot leave it, and what goes wrong is said in a sentence."""

import os
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from pkcs11 import Attribute, ObjectClass
from pkcs11.exceptions import SessionHandleInvalid

from procedures.documents import cose, hardware
from procedures.documents.key_making import make_keys
from procedures.documents.key_safety import faults_of_module
from procedures.documents.keys import NoKey, sealer_for
from tests.procedures.documents import real_module
from tests.procedures.documents.test_key_rotation import rotated
from tests.procedures.documents.test_seal import CLAIMS, ID

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(real_module.is_not_to_be_had(), reason="SoftHSM is not installed, and this is not Debian"),
]


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return real_module.token_in(tmp_path_factory.mktemp("of-a-room"))


@pytest.fixture
def folder(settings: Any, tmp_path: Path, token: dict[str, str]) -> Path:
    for name, value in token.items():
        setattr(settings, name, value)
    settings.TAKWIN_KEYS, settings.TAKWIN_DEVELOPMENT_SEAL = tmp_path / "keys", False
    make_keys(tmp_path / "keys")
    return tmp_path / "keys"


def opens(sealer: Any) -> bool:
    return cose.opened(cose.sealed(CLAIMS, ID, sealer), ID, {sealer.kid: sealer.public_key}).claims == CLAIMS


def test_the_folder_names_keys_that_cannot_leave_the_module(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["qr.label", "status.label"]
    label = (folder / "qr.label").read_text()
    private = hardware._session().get_key(object_class=ObjectClass.PRIVATE_KEY, label=label)
    assert (private[Attribute.SENSITIVE], private[Attribute.EXTRACTABLE]) == (True, False)
    with pytest.raises(pkcs11.exceptions.AttributeSensitive):
        private[Attribute.VALUE]


def test_no_signature_comes_twice_and_each_opens(folder: Path) -> None:
    sealer = sealer_for("qr")
    assert sealer.sign(b"the same") != sealer.sign(b"the same")
    assert opens(sealer)


def test_a_site_of_files_moves_into_the_module_by_a_rotation(folder: Path, settings: Any, tmp_path: Path) -> None:
    settings.TAKWIN_KEYS, module = tmp_path / "other", settings.TAKWIN_HSM_MODULE
    settings.TAKWIN_HSM_MODULE = ""
    make_keys(settings.TAKWIN_KEYS)
    settings.TAKWIN_HSM_MODULE = module
    rotated("qr", "--at-once")
    assert (settings.TAKWIN_KEYS / "qr.label").exists()
    assert not (settings.TAKWIN_KEYS / "qr.pem").exists()
    assert opens(sealer_for("qr"))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library's own farewell to it
def test_a_session_that_broke_off_is_opened_again(folder: Path) -> None:
    sealer = sealer_for("qr")
    hardware._session().close()
    assert opens(sealer)


def test_a_module_that_stays_away_is_said_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealer = sealer_for("qr")

    def away(**_: Any) -> None:
        raise SessionHandleInvalid

    monkeypatch.setattr(hardware, "_session", away)
    with pytest.raises(NoKey, match="did not answer: SessionHandleInvalid"):
        sealer.sign(b"anything")


def test_a_process_that_was_forked_seals_as_well(folder: Path) -> None:
    sealer = sealer_for("qr")
    assert opens(sealer)
    child = os.fork()
    if not child:
        os._exit(0 if opens(sealer) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert opens(sealer)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TAKWIN_HSM_TOKEN", "another", "did not answer: NoSuchToken"),
        ("TAKWIN_HSM_MODULE", "/nowhere.so", "cannot be loaded"),
        ("TAKWIN_HSM_PIN_FILE", "/nowhere", "cannot be read"),
    ],
)
def test_a_setting_that_is_wrong_is_named(folder: Path, settings: Any, name: str, value: str, sentence: str) -> None:
    hardware._open.clear()
    setattr(settings, name, value)
    with pytest.raises(NoKey, match=sentence):
        hardware.made_in_module("never")
    hardware._open.clear()


def test_a_label_that_names_no_key_is_said_so(folder: Path) -> None:
    (folder / "qr.label").write_text("nothing of the kind")
    with pytest.raises(NoKey, match="not exactly one key nothing of the kind"):
        sealer_for("qr")


def test_the_check_names_what_is_wrong_before_anything_is_sealed(folder: Path, settings: Any) -> None:
    pin_file = Path(settings.TAKWIN_HSM_PIN_FILE)
    assert faults_of_module() == []
    pin_file.chmod(0o644)
    assert ["others can read" in each for each in faults_of_module()] == [True]
    pin_file.chmod(0o600)
    settings.TAKWIN_HSM_TOKEN, settings.TAKWIN_HSM_PIN_FILE, settings.TAKWIN_HSM_MODULE = "", "", "/nowhere.so"
    assert [each.partition(":")[0].partition(" ")[0] for each in faults_of_module()] == [
        "TAKWIN_HSM_MODULE", "TAKWIN_HSM_TOKEN", "TAKWIN_HSM_PIN_FILE",
    ]  # fmt: skip


def test_practice_never_asks_a_module(folder: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    words = "from django.conf import settings as s; print(repr(s.TAKWIN_HSM_MODULE))"
    told = subprocess.run(
        [sys.executable, "-c", words],
        env=os.environ | {"TAKWIN_PRACTICE": "1", "TAKWIN_HSM_MODULE": "/some.so", "TAKWIN_VAR": str(tmp_path),
                          "DJANGO_SETTINGS_MODULE": "config.settings.base"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told == "''\n"


def test_a_wrong_pin_is_tried_once_however_many_ask_for_a_page(
    folder: Path, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, tried = tmp_path / "pin", []
    wrong.write_text("000000")
    right, settings.TAKWIN_HSM_PIN_FILE = settings.TAKWIN_HSM_PIN_FILE, str(wrong)
    asked = hardware._pin
    monkeypatch.setattr(hardware, "_pin", lambda: (tried.append(asked()), tried[-1])[1])
    hardware._open.clear()
    logins = []
    for _time in range(3):
        with pytest.raises(NoKey, match="refused the PIN"):
            sealer_for("qr").sign(b"anything")
        logins.append(len(tried))
    assert logins[0] == logins[2] > 0
    wrong.write_text(Path(right).read_text())
    os.utime(wrong, (1, 1))  # the file was written anew
    assert opens(sealer_for("qr"))
