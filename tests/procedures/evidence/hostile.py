"""Sixty hostile papers and more: what each tries, and for which reasons it may be refused ("clean": kept without)."""

import io
import os
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image, PngImagePlugin

from tests.procedures.evidence.corpus import archive, bad_papers, flood, heic, pdf, photograph, picture
from tests.procedures.evidence.real_clamd import EICAR

Name = pikepdf.Name
Hostile = dict[str, tuple[str, bytes, set[str]]]  # by what it tries: file name, content, reasons


def hostile_papers() -> Hostile:
    known = {tries: (name, content, {reason}) for tries, (name, content, reason) in bad_papers().items()}
    found = known | viruses() | disguised() | documents() | pictures() | odd_names()
    assert len(found) >= 60, len(found)
    return found


def viruses() -> Hostile:
    """The test virus, where a scanner must find it; where the kind of file is refused anyway, that comes first."""
    noted = PngImagePlugin.PngInfo()
    noted.add_text("Comment", EICAR.decode())
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(out, "PNG", pnginfo=noted)
    return {
        "the test virus": ("eicar.com", EICAR, {"unknown"}),
        "the test virus named pdf": ("diploma.pdf", EICAR, {"unknown"}),
        "the test virus in an archive": ("papers.zip", archive("a") + EICAR, {"archive"}),
        "the test virus behind a photograph": ("photo.jpg", picture() + EICAR, {"infected"}),
        "the test virus in a note of a PNG": ("scan.png", out.getvalue(), {"infected"}),
        "the test virus on a page": ("a.pdf", pdf(change=_on_a_page(EICAR)), {"infected"}),
        "the test virus attached": ("b.pdf", pdf(change=_attached), {"attachment"}),
    }


def disguised() -> Hostile:
    """Files of other kinds under the names of papers."""
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
    rest = b"\0" * 300
    return {
        "a picture of another kind": ("a.jpg", _saved("GIF"), {"unknown"}),
        "a bitmap": ("a.png", _saved("BMP"), {"unknown"}),
        "a fax": ("a.pdf", _saved("TIFF"), {"unknown"}),
        "a picture of the web": ("a.jpg", _saved("WEBP"), {"unknown"}),
        "a GIF that is a script": ("a.jpg", b"GIF89a/*" + rest + b"*/=1;alert(1)", {"unknown"}),
        "entities in entities": ("plan.svg", laughs, {"web_page"}),
        "a shell script": ("diploma.pdf", b"#!/bin/sh\nrm -rf /\n", {"program"}),
        "a class of Java": ("a.pdf", b"\xca\xfe\xba\xbe" + rest, {"program"}),
        "a program for a Mac": ("a.pdf", b"\xcf\xfa\xed\xfe" + rest, {"program"}),
        "a shortcut": ("a.pdf", b"L\0\0\0\x01\x14\x02\0" + rest, {"unknown"}),
        "a formatted text": ("a.pdf", b"{\\rtf1 hello}", {"unknown"}),
        "an old text document with macros": ("a.pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rest, {"office"}),
        "a text document with macros": ("a.docm", archive("[Content_Types].xml", "word/vbaProject.bin"), {"office"}),
        "a spreadsheet": ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), {"office"}),
        "a bomb of zeros in an archive": ("a.zip", _bomb(), {"archive"}),
        "an archive of another kind": ("a.pdf", b"7z\xbc\xaf\x27\x1c" + rest, {"archive"}),
        "a packed archive": ("a.pdf", b"Rar!\x1a\x07" + rest, {"archive"}),
        "packed by gzip": ("a.pdf", b"\x1f\x8b\x08" + rest, {"archive"}),
        "a film": ("IMG_1.HEIC", b"\0\0\0\x18ftypisom" + rest, {"unknown"}),
        "random bytes": ("a.pdf", b"\x01" + os.urandom(5000), {"unknown"}),
        "random bytes behind the head of a PDF": ("a.pdf", b"%PDF-1.7\n" + os.urandom(5000) + b"\n%%EOF", {"damaged"}),
        "a photograph with a program in it": ("a.jpg", picture() + b"<?php system($_GET[0]); ?>", {"mixed"}),
        "a PNG that is a PDF too": ("a.png", picture(kind="PNG") + pdf(), {"mixed"}),
        "an archive behind a HEIC": ("a.heic", heic((400, 300)) + archive("a.txt"), {"mixed"}),
    }


def documents() -> Hostile:
    """PDFs that do more than show pages."""
    submit = {"/S": Name.SubmitForm, "/F": pikepdf.String("https://example.org")}
    actions: dict[str, tuple[dict[str, Any], str]] = {
        "a form sent elsewhere": (submit, "launch"),
        "data fetched from elsewhere": ({"/S": Name.ImportData, "/F": pikepdf.String("x.fdf")}, "launch"),
        "another file opened": (
            {"/S": Name.GoToR, "/F": pikepdf.String("//host/share"), "/D": [0, Name.Fit]},
            "launch",
        ),
        "a file inside opened": ({"/S": Name.GoToE, "/D": [0, Name.Fit]}, "launch"),
        "a film played": ({"/S": Name.Rendition}, "launch"),
        "a program behind a link": ({"/S": Name.Launch, "/F": pikepdf.String("cmd.exe")}, "launch"),
    }
    found: Hostile = {tries: ("a.pdf", pdf(change=_linked(action)), {why}) for tries, (action, why) in actions.items()}
    for shape in ("RichMedia", "Movie", "3D", "FileAttachment"):
        found[f"a note of the kind {shape}"] = ("a.pdf", pdf(change=_noted(shape)), {"attachment"})
    hidden = pdf(change=_linked({"/S": Name.JavaScript, "/JS": pikepdf.String("app.alert(1)")}))
    return found | {
        "a script under a written-out name": ("a.pdf", hidden.replace(b"/JavaScript", b"/J#61vaScript"), {"script"}),
        "a script among the names": ("a.pdf", pdf(change=_named_script), {"script"}),
        "a script when a page is opened": ("a.pdf", pdf(change=_page_script), {"script"}),
        "a script in packed objects": (
            "a.pdf",
            pdf(change=_named_script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
            {"script"},
        ),
        "protected against its owner only": (
            "a.pdf",
            pdf(encryption=pikepdf.Encryption(owner="o", user="")),
            {"password"},
        ),
        "a thousand pages and one": ("a.pdf", pdf(1001), {"too_many_pages"}),
        "arrays in arrays": ("a.pdf", pdf(change=_deep), {"too_heavy", "damaged"}),
        "pages in a ring": ("a.pdf", pdf(change=_ring), {"damaged", "no_pages", "clean"}),
        "a page that unpacks for ever": ("a.pdf", pdf(change=_on_a_page(b" " * 200_000_000, packed=True)), {"clean"}),
        "a page of a mile": ("a.pdf", pdf(change=_a_mile), {"clean"}),
        "the name of who wrote it": ("a.pdf", pdf(), {"clean"}),
    }


def pictures() -> Hostile:
    lying = bytearray(picture())
    at = lying.index(b"\xff\xc0") + 5
    lying[at : at + 4] = struct.pack(">HH", 65500, 65500)
    frames = io.BytesIO()
    Image.new("L", (700, 700), 255).save(frames, "PNG", save_all=True, append_images=[Image.new("L", (700, 700))] * 50)
    return {
        "a photograph that lies about its size": ("a.jpg", bytes(lying), {"too_many_pixels"}),
        "a flood of pixels on one line": ("a.png", flood(400_000_000, 1), {"too_many_pixels", "damaged"}),
        "a note that unpacks for ever": ("a.png", _noted_png(), {"damaged", "clean"}),
        "a moving picture": ("a.png", frames.getvalue(), {"clean"}),
        "the place where it was taken": ("a.jpg", photograph(), {"clean"}),
        "words behind the picture": ("a.jpg", picture() + b"secret words" * 100, {"clean"}),
        "half a PNG": ("a.png", picture(kind="PNG")[:-40], {"damaged"}),
        "a colour profile of nonsense": ("a.jpg", picture(icc_profile=os.urandom(3000)), {"clean"}),
    }


def odd_names() -> Hostile:
    good = picture()
    names = {
        "a name that climbs": "../../../etc/cron.d/x.jpg",
        "a name with a null": "a.php\0.jpg",
        "a name that reads backwards": "photo\u202egpj.exe",
        "a name of five thousand signs": "x" * 5000 + ".jpg",
        "two endings": "diploma.jpg.exe",
        "a name with a tag": "<img src=x onerror=alert(1)>.jpg",
        "a name of another system": "C:\\Windows\\system32\\con.jpg",
        "a name with new lines": "a\r\nContent-Type: text/html\r\n\r\n.jpg",
    }
    return {tries: (name, good, {"clean"}) for tries, name in names.items()}


def _saved(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, kind)
    return out.getvalue()


def _bomb() -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a", b"\0" * 50_000_000)
    return out.getvalue()


def _noted_png() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    plain = picture(kind="PNG")
    return plain[:33] + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b" " * 200_000_000, 9)) + plain[33:]


def _on_a_page(content: bytes, *, packed: bool = False) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(zlib.compress(content, 9) if packed else content)
        if packed:
            stream.Filter = Name.FlateDecode
        document.pages[0].obj.Contents = stream

    return change


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["eicar.com"] = EICAR


def _linked(action: dict[str, Any]) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=pikepdf.Dictionary(action))
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(note)])

    return change


def _noted(shape: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Type=Name.Annot, Subtype=Name(f"/{shape}"), Rect=[0, 0, 9, 9])
        document.pages[0].obj.Annots = pikepdf.Array([note])

    return change


def _named_script(document: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    tree = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), document.make_indirect(script)]))
    document.Root.Names = pikepdf.Dictionary(JavaScript=tree)


def _page_script(document: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=script)


def _deep(document: pikepdf.Pdf) -> None:
    inner = pikepdf.Array()
    for _level in range(90):
        inner = pikepdf.Array([inner])
    document.Root.Deep = inner


def _ring(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Kids = pikepdf.Array([document.Root.Pages])


def _a_mile(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 4_000_000, 4_000_000])
