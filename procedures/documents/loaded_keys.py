"""Signers that hold their key loaded: the stock ones read and check it anew for each document."""

from datetime import datetime
from typing import Any

from asn1crypto import cms, core
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.sign.general import as_signing_certificate, simple_cms_attribute
from pyhanko.sign.signers import Signer
from pyhanko.sign.timestamps import DummyTimeStamper

from procedures.documents.fingerprints import as_der
from procedures.documents.keys import Sealer

LONGEST = 72  # bytes of a P-256 signature in DER


class LoadedSigner(Signer):
    """Seals PDFs with an EC P-256 key, in a file or in a hardware module alike."""

    def __init__(self, sealer: Sealer, **settings_: Any) -> None:
        super().__init__(**settings_)
        self._sealer = sealer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError("The PDF seal is made with SHA-256.")
        if dry_run:
            return bytes(LONGEST)
        return as_der(self._sealer.sign(data))


class LocalTimeStamper(DummyTimeStamper):
    """Stamps time on this machine, for development: nobody else vouches for its clock."""

    def __init__(self, *arguments: Any, **settings_: Any) -> None:
        super().__init__(*arguments, **settings_)
        self._loaded = load_der_private_key(self.tsa_key.dump(), None)

    def _sign_tst_info(self, tst_info_data: bytes, md_algorithm: str, dt: datetime) -> tuple[bytes, cms.CMSAttributes]:
        if md_algorithm != "sha256" or not isinstance(self._loaded, rsa.RSAPrivateKey):
            raise ValueError("Time is stamped here with RSA and SHA-256.")
        digest = Hash(SHA256())
        digest.update(tst_info_data)
        told = {
            "content_type": "tst_info",
            "signing_time": cms.Time({"utc_time": core.UTCTime(dt)}),
            "signing_certificate": as_signing_certificate(self.tsa_cert),
            "message_digest": digest.finalize(),
        }
        attributes = cms.CMSAttributes([simple_cms_attribute(name, value) for name, value in told.items()])
        return self._loaded.sign(attributes.dump(), PKCS1v15(), SHA256()), attributes
