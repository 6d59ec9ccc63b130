"""Keys made here: once, at set-up, kept in files that only their owner reads, never replaced."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from procedures.documents.fingerprints import is_named, key_id
from procedures.documents.key_register import YEAR, register
from procedures.documents.keys import sealer_in
from procedures.documents.models import SealKey
from procedures.practice.kinds import CERTIFICATE, is_practice_kid

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey
CHAIN = ("pdf.pem", "pdf.crt", "pdf-root.crt", "pdf-root.crl", "tsa.pem", "tsa.crt")


def make_keys(folder: Path, *, now: datetime | None = None) -> list[str]:
    """Make what is missing, publish it, and say which files are new; a second call changes nothing."""
    now = now or datetime.now(UTC).replace(microsecond=0)
    made = make_files(folder, now, chain=settings.TAKWIN_DEVELOPMENT_SEAL)
    for purpose in SealKey.Purpose:
        if is_there(folder, purpose):
            register(purpose, sealer_in(folder, purpose), folder, now=now)
    return made


def make_files(folder: Path, now: datetime, *, chain: bool = True) -> list[str]:
    """The files alone; without the chain, which a real site has from its authority."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = [
        make_key(folder, purpose, now)
        for purpose in (SealKey.Purpose.QR, SealKey.Purpose.STATUS)
        if not is_there(folder, purpose)
    ]
    if chain and not is_there(folder, SealKey.Purpose.PDF):
        made += make_chain(folder, now)
    return made


def is_there(folder: Path, purpose: str) -> bool:
    if purpose == SealKey.Purpose.PDF and settings.TAKWIN_DEVELOPMENT_SEAL and not (folder / "pdf.label").exists():
        return all((folder / name).exists() for name in CHAIN)
    return is_named(folder, purpose)


def make_key(folder: Path, purpose: str, now: datetime, *, algorithm: str = "ES256") -> str:
    """Make a key, in the hardware module where the site has one; the name of the file that holds or names it."""
    if algorithm == "ES256" and settings.TAKWIN_HSM_MODULE:
        from procedures.documents import hardware  # a site of files loads no such library

        label = f"takwin-{purpose}-{now:%Y%m%d}-{token_hex(4)}"  # two of one second would be one key
        while is_practice_kid(hardware.made_in_module(label).kid):
            label += "-more"  # one in 65,536: no genuine key may look like one of practice
        path = folder / f"{purpose}.label"
        write_whole(path, label.encode())
    else:
        path = folder / f"{purpose}.pem"
        write_whole(path, _private_pem(new_key(algorithm)))
    return path.name


def new_key(algorithm: str = "ES256") -> ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey:
    """A key of this installation's kind: for practice it is looked for, some 65,000 tries and two or three seconds."""
    while True:
        key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey = (
            ec.generate_private_key(ec.SECP256R1()) if algorithm == "ES256" else ed25519.Ed25519PrivateKey.generate()
        )
        if is_practice_kid(key_id(key.public_key())) == settings.TAKWIN_PRACTICE:
            return key


def make_chain(folder: Path, now: datetime) -> tuple[str, ...]:
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
    write_whole(folder / "pdf-root.crt", root.public_bytes(Encoding.PEM))
    write_whole(folder / "pdf-root.crl", crl.public_bytes(Encoding.PEM))
    write_whole(folder / "tsa.pem", _private_pem(tsa_key))
    write_whole(folder / "tsa.crt", tsa.public_bytes(Encoding.PEM))
    write_whole(folder / "pdf.crt", pdf.public_bytes(Encoding.PEM))
    write_whole(folder / "pdf.pem", _private_pem(pdf_key))
    return CHAIN


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


def write_whole(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by its owner only."""
    part = path.with_suffix(path.suffix + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
