"""An authority that answers requests for certificates, as a site has one: its root never comes near the portal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

A_DAY = timedelta(days=1)


class Authority:
    def __init__(self, name: str = "Invented authority") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.root = self._certificate(self.name, self.key.public_key(), of_an_authority=True)

    def certify(self, request: Path) -> bytes:
        """Its answer to a request, in PEM; a request that its own key did not sign is refused."""
        asked = x509.load_pem_x509_csr(request.read_bytes())
        assert asked.is_signature_valid
        return self._certificate(asked.subject, asked.public_key()).public_bytes(Encoding.PEM)

    def answer(self, request: Path) -> None:
        """What the portal's operator puts beside the request."""
        folder = request.parent
        (folder / "pdf.crt").write_bytes(self.certify(request))
        (folder / "pdf-root.crt").write_bytes(self.root.public_bytes(Encoding.PEM))
        (folder / "pdf-root.crl").write_bytes(self._revocations().public_bytes(Encoding.PEM))

    def _certificate(self, subject: x509.Name, public: object, *, of_an_authority: bool = False) -> x509.Certificate:
        now = datetime.now(UTC)
        others = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement"), False)
        others |= dict.fromkeys(("encipher_only", "decipher_only"), False)
        usage = x509.KeyUsage(
            digital_signature=not of_an_authority, content_commitment=not of_an_authority,
            key_cert_sign=of_an_authority, crl_sign=of_an_authority, **others,
        )  # fmt: skip
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject).issuer_name(self.name).public_key(public)  # type: ignore[arg-type]  # a public key of P-256
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - A_DAY).not_valid_after(now + 730 * A_DAY)
            .add_extension(x509.BasicConstraints(ca=of_an_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)  # type: ignore[arg-type]  # a public key of P-256
            .add_extension(issuer, critical=False)
            .add_extension(usage, critical=True)
            .sign(self.key, SHA256())
        )  # fmt: skip

    def _revocations(self) -> x509.CertificateRevocationList:
        now = datetime.now(UTC)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.name)
        builder = builder.last_update(now - A_DAY).next_update(now + 730 * A_DAY)
        builder = builder.add_extension(issuer, critical=False).add_extension(x509.CRLNumber(1), critical=False)
        return builder.sign(self.key, SHA256())
