"""Keys made here: once, at set-up, kept in files that only their owner reads, never replaced."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from procedures.documents.keys import FileSealer, NoKey, key_id, refuse_another_kind
from procedures.documents.models import SealKey
from procedures.practice.kinds import CERTIFICATE, is_practice_kid

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
YEAR = timedelta(days=365)
CHAIN = ("pdf.pem", "pdf.crt", "pdf-root.crt", "pdf-root.crl", "tsa.pem", "tsa.crt")


def make_keys(folder: Path, *, now: datetime | None = None) -> list[str]:
    """Make what is missing and say which files are new; a second call changes nothing."""
    now = now or datetime.now(UTC).replace(microsecond=0)
    made = make_files(folder, now, chain=settings.TAKWIN_DEVELOPMENT_SEAL)
    for purpose in SealKey.Purpose:
        if (folder / f"{purpose}.pem").exists():
            _register(purpose, folder / f"{purpose}.pem", now)
    return made


def make_files(folder: Path, now: datetime, *, chain: bool = True) -> list[str]:
    """The files alone; without the chain, which a real site has from its authority."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made: list[str] = []
    for purpose in (SealKey.Purpose.QR, SealKey.Purpose.STATUS):
        path = folder / f"{purpose}.pem"
        if not path.exists():
            _write(path, _private_pem(new_key()))
            made.append(path.name)
    if chain and not all((folder / name).exists() for name in CHAIN):
        _make_chain(folder, now)
        made += CHAIN
    return made


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key of this installation's kind: for practice it is looked for, some 65,000 tries and two or three seconds."""
    while True:
        key = ec.generate_private_key(ec.SECP256R1())
        if is_practice_kid(key_id(key.public_key())) == settings.TAKWIN_PRACTICE:
            return key


def _register(purpose: str, path: Path, now: datetime) -> None:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise NoKey(f"{path.name} is not an EC P-256 key.")
    public = key.public_key()
    if purpose != SealKey.Purpose.PDF:  # an authority's key is told by its certificate
        refuse_another_kind(path.name, practice=is_practice_kid(key_id(public)))
    SealKey.objects.get_or_create(
        kid=key_id(public).hex(),
        purpose=purpose,
        defaults={
            "algorithm": FileSealer(key).algorithm,
            "public_pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
            "not_before": now - timedelta(days=1),
            "not_after": now + (YEAR if purpose == SealKey.Purpose.QR else 5 * YEAR),
        },
    )


def _make_chain(folder: Path, now: datetime) -> None:
    """A root, the key that seals PDFs and one that stamps time; the root's private half is not kept."""
    root_key, pdf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    tsa_key = _stamping_key()
    kind = CERTIFICATE if settings.TAKWIN_PRACTICE else "Takwin development"
    root_name = _name(f"{kind} root")
    root = _certificate(root_name, root_key, root_name, root_key, now, authority=True)
    pdf = _certificate(_name(f"{kind} seal"), pdf_key, root_name, root_key, now)
    tsa = _certificate(_name(f"{kind} time"), tsa_key, root_name, root_key, now, time_stamping=True)
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root_name)
        .last_update(now - timedelta(days=1))
        .next_update(now + 5 * YEAR)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(root_key, SHA256())
    )
    _write(folder / "pdf-root.crt", root.public_bytes(Encoding.PEM))
    _write(folder / "pdf-root.crl", crl.public_bytes(Encoding.PEM))
    _write(folder / "tsa.pem", _private_pem(tsa_key))
    _write(folder / "tsa.crt", tsa.public_bytes(Encoding.PEM))
    _write(folder / "pdf.crt", pdf.public_bytes(Encoding.PEM))
    _write(folder / "pdf.pem", _private_pem(pdf_key))


def _stamping_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 3072)  # the local time-stamper knows RSA only


def _certificate(
    subject: x509.Name,
    key: PrivateKey,
    issuer: x509.Name,
    issuer_key: PrivateKey,
    now: datetime,
    *,
    authority: bool = False,
    time_stamping: bool = False,
) -> x509.Certificate:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + 5 * YEAR)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority and not time_stamping,
                key_cert_sign=authority,
                crl_sign=authority,
                **usage,
            ),
            critical=True,
        )
    )
    if time_stamping:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(issuer_key, SHA256())


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _private_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by its owner only."""
    part = path.with_suffix(path.suffix + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
