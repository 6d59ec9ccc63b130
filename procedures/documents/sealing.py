"""The PAdES seal over the finished PDF: certified, no change allowed, with everything a later check needs inside."""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from asn1crypto import crl, keys, pem, x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from procedures.documents.key_safety import unfit
from procedures.documents.keys import NoKey
from procedures.documents.loaded_keys import LoadedSigner, LocalTimeStamper
from procedures.documents.rendering.finishing import FIELD

SIGNATURE = re.compile(rb"/Contents <([0-9a-fA-F]{4000,})>")
_room: WeakKeyDictionary[LoadedSigner, int] = (
    WeakKeyDictionary()
)  # signing once to learn the size is a third of the work


@dataclass(frozen=True)
class Chain:
    """The certificate that seals PDFs, what vouches for it, and who stamps the time."""

    signer: LoadedSigner
    roots: tuple[x509.Certificate, ...]
    revocations: tuple[crl.CertificateList, ...]
    time_stamper: Any


def sealed_pdf(pdf: bytes) -> bytes:
    """The same document with its seal, in one revision that covers the whole file."""
    chain = current_chain()
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=validation_context(chain),
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        dss_settings=DSSContentSettings(placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE, include_vri=False),
    )
    signer = PdfSigner(metadata, chain.signer, timestamper=chain.time_stamper, stamp_style=_clear_stamp())
    output = io.BytesIO()
    room = _room.pop(chain.signer, None)  # put back only when it was enough
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=room, output=output)
    _room[chain.signer] = len(SIGNATURE.search(output.getvalue())[1])  # type: ignore[index]  # the file was just signed
    return output.getvalue()


def validation_context(chain: Chain) -> ValidationContext:
    """Only what lies in the key folder is trusted or asked: no address is ever fetched."""
    return ValidationContext(
        trust_roots=chain.roots, crls=chain.revocations, allow_fetching=False, revocation_mode="hard-fail"
    )


def current_chain() -> Chain:
    folder = Path(settings.TAKWIN_KEYS)
    if wrong := unfit(folder):
        raise NoKey(wrong[0])
    try:
        return _chain(folder, (folder / "pdf.pem").stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise NoKey("There is no pdf key. Run manage.py make_keys.") from error


@lru_cache(maxsize=4)
def _chain(folder: Path, _changed: int) -> Chain:
    root, certificate = _certificate(folder / "pdf-root.crt"), _certificate(folder / "pdf.crt")
    key = load_pem_private_key((folder / "pdf.pem").read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise NoKey("pdf.pem is not an EC P-256 key.")
    store = SimpleCertificateStore()
    store.register(root)
    signer = LoadedSigner(key, signing_cert=certificate, signing_key=_private(folder / "pdf.pem"), cert_registry=store)
    roots = (root, *(_certificate(path) for path in folder.glob("tsa-root.crt")))
    revocations = tuple(crl.CertificateList.load(_der(path)) for path in sorted(folder.glob("*.crl")))
    return Chain(signer, roots, revocations, _time_stamper(folder, root))


def _time_stamper(folder: Path, root: x509.Certificate) -> Any:
    """A trusted service where a site names one, else the development one."""
    if settings.TAKWIN_TIME_STAMP_URL:
        return HTTPTimeStamper(settings.TAKWIN_TIME_STAMP_URL)
    store = SimpleCertificateStore()
    store.register(root)
    return LocalTimeStamper(_certificate(folder / "tsa.crt"), _private(folder / "tsa.pem"), certs_to_embed=store)


def _clear_stamp() -> StaticStampStyle:
    """Nothing drawn: the door is on the page already, and text added here would need a font of its own."""
    return StaticStampStyle(border_width=0, background=RawContent(b"", box=BoxConstraints(100, 100)))


def _der(path: Path) -> bytes:
    raw = path.read_bytes()
    return pem.unarmor(raw)[2] if pem.detect(raw) else raw


def _certificate(path: Path) -> x509.Certificate:
    return x509.Certificate.load(_der(path))


def _private(path: Path) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(_der(path))
