"""Keys in a hardware module (PKCS#11): made there, used there, and never seen by the portal."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.conf import settings
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import MultipleObjectsReturned, NoSuchKey, PinExpired, PinIncorrect, PinLocked, PKCS11Error
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

from procedures.documents.fingerprints import NoKey, key_id

T = TypeVar("T")
WRONG_PIN = (PinIncorrect, PinLocked, PinExpired)
_turn = RLock()  # a token takes one login a process: its session is shared, one signature after the other
_open: dict[str, Any] = {}
_refused: dict[str, float] = {}  # PIN files that the token refused, and when they were written: some lock after three


@dataclass(frozen=True)
class ModuleSealer:
    """A P-256 key that is known by its label in the token. The module draws a nonce: no signature comes twice."""

    label: str
    public_key: ec.EllipticCurvePublicKey
    algorithm: str = "ES256"

    @property
    def kid(self) -> bytes:
        return key_id(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """r and s, 32 bytes each. The digest is made here, for not every module hashes."""
        digest = hashlib.sha256(message).digest()
        return bytes(_asked(lambda token: _private(token, self.label).sign(digest, mechanism=Mechanism.ECDSA)))


def sealer_in_module(label: str) -> ModuleSealer:
    """The sealer of the key of this label. Raises NoKey."""
    return _sealer(label, settings.TAKWIN_HSM_MODULE, settings.TAKWIN_HSM_TOKEN)


def made_in_module(label: str) -> ModuleSealer:
    """Make a key that cannot leave the module, unless one of this label is there. Raises NoKey."""
    with _turn:
        if not _asked(lambda token: [*token.get_objects({Attribute.LABEL: label})]):
            _asked(lambda token: _make(token, label))
    return sealer_in_module(label)


@lru_cache(maxsize=16)
def _sealer(label: str, _module: str, _token: str) -> ModuleSealer:
    spki = _asked(lambda token: encode_ec_public_key(_found(token, label, ObjectClass.PUBLIC_KEY)))
    public = load_der_public_key(spki)
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise NoKey(f"The key {label} of the module is not an EC P-256 key.")
    return ModuleSealer(label, public)


def _make(token: Any, label: str) -> None:
    curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
    locked = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
    parameters = token.create_domain_parameters(KeyType.EC, curve, local=True)
    parameters.generate_keypair(store=True, label=label, id=label.encode(), private_template=locked)


def _private(token: Any, label: str) -> Any:
    return _found(token, label, ObjectClass.PRIVATE_KEY)


def _found(token: Any, label: str, kind: ObjectClass) -> Any:
    try:
        return token.get_key(object_class=kind, label=label)
    except (NoSuchKey, MultipleObjectsReturned) as wrong:
        raise NoKey(f"The module holds not exactly one key {label} ({kind.name.lower()}).") from wrong


def _asked(question: Callable[[Any], T]) -> T:
    """The module's answer; a session that broke off, as when a module on the network restarts, is opened once more."""
    with _turn:
        try:
            return question(_session())
        except WRONG_PIN as wrong:
            raise _refuse_pin(wrong) from wrong
        except PKCS11Error:
            _open.clear()
        try:
            return question(_session(anew=True))
        except WRONG_PIN as wrong:
            raise _refuse_pin(wrong) from wrong
        except PKCS11Error as wrong:
            raise NoKey(f"The hardware module did not answer: {type(wrong).__name__}.") from wrong


def _session(*, anew: bool = False) -> Any:
    """This process's session: one that was opened before a fork belongs to the other process."""
    place = f"{os.getpid()} {settings.TAKWIN_HSM_MODULE} {settings.TAKWIN_HSM_TOKEN}"
    if place not in _open:
        was_open = anew or bool(_open)
        _open.clear()
        try:
            module = pkcs11.lib(settings.TAKWIN_HSM_MODULE)
        except (OSError, RuntimeError) as wrong:
            raise NoKey(f"TAKWIN_HSM_MODULE: {settings.TAKWIN_HSM_MODULE} cannot be loaded.") from wrong
        if was_open:
            module.reinitialize()
        token = module.get_token(token_label=settings.TAKWIN_HSM_TOKEN)
        _open[place] = token.open(rw=True, user_pin=_pin())
    return _open[place]


def _pin() -> str:
    path = Path(settings.TAKWIN_HSM_PIN_FILE)
    try:
        pin, written = path.read_text().strip(), path.stat().st_mtime
    except OSError as wrong:
        raise NoKey(f"TAKWIN_HSM_PIN_FILE: {path} cannot be read.") from wrong
    if _refused.get(str(path)) == written:
        raise NoKey(f"TAKWIN_HSM_PIN_FILE: the token refused the PIN in {path}. Write the right one there.")
    return pin


def _refuse_pin(wrong: PKCS11Error) -> NoKey:
    """A wrong PIN is tried once: whoever asks for a page would else lock the token, try after try."""
    _open.clear()
    path = Path(settings.TAKWIN_HSM_PIN_FILE)
    _refused[str(path)] = path.stat().st_mtime
    return NoKey(f"TAKWIN_HSM_PIN_FILE: the token refused the PIN in {path} ({type(wrong).__name__}).")
