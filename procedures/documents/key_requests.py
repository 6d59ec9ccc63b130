"""What an authority certifies a key from: a signed request (PKCS #10), whoever holds the key."""

from asn1crypto import algos, csr, keys, pem, x509
from django.conf import settings

from procedures.documents.fingerprints import as_der, spki_of
from procedures.documents.keys import Sealer


def request_for(sealer: Sealer, purpose: str) -> bytes:
    """In PEM. Its subject is a proposal: the authority writes the name that it vouches for."""
    name = f"{settings.TAKWIN_PUBLIC_URL.removeprefix('https://')} {purpose} {sealer.kid.hex()}"
    asked = csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": x509.Name.build({"common_name": name[:64]}),
            "subject_pk_info": keys.PublicKeyInfo.load(spki_of(sealer.public_key)),
            "attributes": [],
        }
    )
    signature, algorithm = sealer.sign(asked.dump()), "ed25519"
    if sealer.algorithm == "ES256":
        algorithm = "sha256_ecdsa"
        signature = as_der(signature)
    signed = csr.CertificationRequest(
        {
            "certification_request_info": asked,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": algorithm}),
            "signature": signature,
        }
    )
    return bytes(pem.armor("CERTIFICATE REQUEST", signed.dump()))
