"""Signers that hold their key loaded: the stock ones read and check it anew for each document."""

from datetime import datetime
from typing import Any

from asn1crypto import cms, core
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.sign import SimpleSigner
from pyhanko.sign.general import as_signing_certificate, simple_cms_attribute
from pyhanko.sign.timestamps import DummyTimeStamper


class LoadedSigner(SimpleSigner):
    """Seals PDFs with an EC P-256 key."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, **settings_: Any) -> None:
        super().__init__(**settings_)
        self._loaded = key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError("The PDF seal is made with SHA-256.")
        return self._loaded.sign(data, ec.ECDSA(SHA256()))


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
