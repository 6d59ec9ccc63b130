"""Reads one hostile PDF in a process of its own with little memory and time: IN OUT -> a line of JSON on stdout.

Started by `pdfs.py` as a plain script; it imports nothing of ours, and Django is never loaded here.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import pikepdf

MEMORY = 700 * 1024 * 1024
SECONDS = 12
MOST_OBJECTS = 150_000
MOST_PAGES = 1000
DEEPEST = 60
ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/GoToE": "launch",
    "/GoToR": "launch",
    "/ImportData": "launch",
    "/SubmitForm": "launch",
    "/Rendition": "launch",
}
KEYS = {"/JS": "script", "/JavaScript": "script", "/EmbeddedFiles": "attachment", "/XFA": "xfa", "/EF": "attachment"}
SUBTYPES = {"/FileAttachment": "attachment", "/RichMedia": "attachment", "/Movie": "attachment", "/3D": "attachment"}


class Refused(Exception):
    """The first thing found that a paper has no need of."""


def main(source: Path, target: Path) -> dict[str, Any]:
    try:
        with pikepdf.open(source) as pdf:
            return examined(pdf, source, target)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except pikepdf.PasswordError:
        return {"refused": "password"}
    except MemoryError:
        return {"refused": "too_heavy"}
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, OverflowError):
        return {"refused": "damaged"}


def examined(pdf: pikepdf.Pdf, source: Path, target: Path) -> dict[str, Any]:
    if pdf.is_encrypted:
        raise Refused("password")
    if len(pdf.objects) > MOST_OBJECTS:
        raise Refused("too_heavy")
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "/GoTo")) != "/GoTo":
        raise Refused(ACTIONS.get(str(opening.get("/S")), "launch"))
    signed = False
    for item in pdf.objects:
        signed = _search(item, 0) or signed
    pages = len(pdf.pages)
    if not pages:
        raise Refused("no_pages")
    if pages > MOST_PAGES:
        raise Refused("too_many_pages")
    if signed:
        target.write_bytes(source.read_bytes())  # cleaning would break someone else's signature
    else:
        _without_metadata(pdf)
        pdf.save(target, deterministic_id=True, recompress_flate=False, compress_streams=False)
    return {"pages": pages, "signed": signed}


def _search(item: Any, depth: int) -> bool:
    """Look through one object and what lies directly in it; true where it is a digital signature."""
    if depth > DEEPEST:
        raise Refused("too_heavy")
    if isinstance(item, pikepdf.Array):
        found = [_search(part, depth + 1) for part in item if _is_direct(part)]
        return any(found)
    if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    names = {key: item.get(key) for key in item.keys()}  # noqa: SIM118 - a pikepdf dictionary iterates over pairs
    for key, reason in KEYS.items():
        if key in names:
            raise Refused(reason)
    action = ACTIONS.get(str(names.get("/S"))) if isinstance(names.get("/S"), pikepdf.Name) else None
    shape = SUBTYPES.get(str(names.get("/Subtype"))) if isinstance(names.get("/Subtype"), pikepdf.Name) else None
    if action or shape or str(names.get("/Type")) == "/EmbeddedFile":
        raise Refused(action or shape or "attachment")
    inner = [_search(value, depth + 1) for value in names.values() if _is_direct(value)]
    return ("/ByteRange" in names and "/Contents" in names) or any(inner)


def _is_direct(value: Any) -> bool:
    return isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect


def _without_metadata(pdf: pikepdf.Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
        for key in ("/Metadata", "/PieceInfo", "/LastModified"):
            if key in holder:
                del holder[key]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
