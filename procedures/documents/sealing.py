"""The PAdES seal over the finished PDF: certified, no change allowed, with everything a later check needs inside."""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from asn1crypto import crl, keys, pem, x509
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

from procedures.documents.fingerprints import NoKey, spki_of
from procedures.documents.key_safety import unfit
from procedures.documents.keys import sealer_in
from procedures.documents.loaded_keys import LoadedSigner, LocalTimeStamper
from procedures.documents.models import SealKey
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
    """Raises NoKey where the key or its certificates are missing, or do not belong together."""
    folder = Path(settings.TAKWIN_KEYS)
    if wrong := unfit(folder):
        raise NoKey(wrong[0])
    try:
        return _chain(folder, _as_it_stands(folder))
    except FileNotFoundError as error:
        raise NoKey("There is no pdf key. Run manage.py make_keys.") from error


def _as_it_stands(folder: Path) -> tuple[tuple[str, int], ...]:
    """Every file of the chain and when it was changed: a new certificate or list counts from the next seal on."""
    parts = [path for path in folder.glob("*.*") if path.name.startswith(("pdf", "tsa")) or path.suffix == ".crl"]
    return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in parts))


@lru_cache(maxsize=4)
def _chain(folder: Path, _stands: tuple[tuple[str, int], ...]) -> Chain:
    (root, *_), (certificate, *above) = _certificates(folder / "pdf-root.crt"), _certificates(folder / "pdf.crt")
    sealer = sealer_in(folder, SealKey.Purpose.PDF)
    if sealer.algorithm != "ES256":
        raise NoKey("The pdf key is not an EC P-256 key.")
    if certificate.public_key.dump() != spki_of(sealer.public_key):
        raise NoKey("pdf.crt is not the certificate of the pdf key.")  # also while one takes the other's place
    store = SimpleCertificateStore()
    store.register_multiple([root, *above])
    signer = LoadedSigner(sealer, signing_cert=certificate, cert_registry=store)
    earlier = [*sorted(folder.glob("pdf-root-*.crt")), *folder.glob("tsa-root.crt")]
    roots = (root, *(each for path in earlier for each in _certificates(path)))
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


def _certificates(path: Path) -> list[x509.Certificate]:
    """Those of a file, in its order: one in DER, or any number in PEM."""
    raw = path.read_bytes()
    if not pem.detect(raw):
        return [x509.Certificate.load(raw)]
    return [x509.Certificate.load(der) for _type, _headers, der in pem.unarmor(raw, multiple=True)]


def _certificate(path: Path) -> x509.Certificate:
    return x509.Certificate.load(_der(path))


def _private(path: Path) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(_der(path))
