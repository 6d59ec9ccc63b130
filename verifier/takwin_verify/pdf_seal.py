"""The seal of the PDF file itself (PAdES): whether a byte changed since, and who sealed it."""

from pathlib import Path

HOLDS, CHANGED, UNKNOWN, NOT_DONE = "pdf holds", "pdf changed", "pdf unknown", ""


def pdf_seal_of(path: Path, roots: list[Path]) -> str:
    """`HOLDS` under one of the root certificates, `UNKNOWN` where none was given or none signed, `CHANGED` otherwise.

    `NOT_DONE` where pyHanko is not installed. Nothing is fetched: what the check needs is in the file.
    """
    try:
        from pyhanko.keys import load_cert_from_pemder
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko_certvalidator import ValidationContext
    except ImportError:
        return NOT_DONE
    trusted = [load_cert_from_pemder(str(root)) for root in roots]
    with path.open("rb") as file:
        try:
            signatures = PdfFileReader(file).embedded_signatures
            if len(signatures) != 1:
                return CHANGED
            context = ValidationContext(trust_roots=trusted, allow_fetching=False)
            said = validate_pdf_signature(signatures[0], context)
        except Exception:  # noqa: BLE001 - a file that cannot be read is not the one that was sealed
            return CHANGED
    level = getattr(said, "modification_level", None)
    intact = said.intact and said.valid and level is not None and level.name == "NONE"
    if not intact:
        return CHANGED
    return HOLDS if said.trusted else UNKNOWN
