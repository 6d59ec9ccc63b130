"""Papers made on the spot: bad ones, each with the reason it is refused for, and good ones as telephones make them."""

import io
import os
import struct
import zipfile
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")  # what a browser claims is never read


def picture(size: tuple[int, int] = (800, 600), mode: str = "RGB", kind: str = "JPEG", **options: object) -> bytes:
    """A sheet of paper with writing on it."""
    image = Image.new("RGB", size, (243, 240, 230))
    draw = ImageDraw.Draw(image)
    for line in range(20, size[1], max(24, size[1] // 40)):
        draw.line((20, line, size[0] - 20, line), fill=(30, 30, 60), width=3)
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def photograph(size: tuple[int, int] = (1600, 1200), *, orientation: int = 1, quality: int = 90) -> bytes:
    """A noisy picture with the place where it was taken, the camera and the time."""
    image = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3)).resize(size)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Camera", "Phone 9", orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 48.0, 23.0), 3: "E", 4: (10.0, 10.0, 54.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def heic(size: tuple[int, int] = (1600, 1200)) -> bytes:
    """A photograph as many telephones take it, with its place."""
    from pillow_heif import from_pillow

    exif = Image.Exif()
    exif[0x0110] = "Phone 9"
    out = io.BytesIO()
    from_pillow(Image.open(io.BytesIO(picture(size)))).save(out, quality=50, exif=exif.tobytes())
    return out.getvalue()


def pdf(pages: int = 1, change: object = None, **save: object) -> bytes:
    """A PDF of blank pages, after `change(document)`."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.docinfo["/Author"] = "A person"
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def flood(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is enormous, and is."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x" * 100)
    return out.getvalue()


def _opens_with(action: dict) -> object:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = document.make_indirect(pikepdf.Dictionary(action))

    return change


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["secret.txt"] = b"carried along"


def _form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=document.make_stream(b"<xdp/>"))


def _button(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].obj.Annots = pikepdf.Array([note])


def _nested_bomb() -> bytes:
    """An object stream that unpacks to far more than a paper needs."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"1 0 ") + b"".join(packer.compress(b" " * 10_000_000) for _part in range(120))
    packed += packer.flush()
    body = (
        b"%PDF-1.5\n2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>stream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )
    start = len(body)
    table = zlib.compress(struct.pack(">BIB", 2, 2, 0) + struct.pack(">BIB", 1, 9, 0))
    body += (
        b"3 0 obj\n<</Type/XRef/Size 3/W[1 4 1]/Index[1 2]/Root 1 0 R/Filter/FlateDecode/Length "
        + str(len(table)).encode()
        + b">>stream\n"
        + table
        + b"\nendstream\nendobj\nstartxref\n"
        + str(start).encode()
        + b"\n%%EOF\n"
    )
    return body


def bad_papers() -> dict[str, tuple[str, bytes, str]]:
    """By a name for the test: file name, content, code of the reason."""
    good, encrypted = pdf(), pikepdf.Encryption(owner="o", user="u")
    return {
        "empty": ("paper.pdf", b"", "empty"),
        "one byte too large": ("paper.jpg", picture() + b"\0" * (15 * 1024 * 1024), "too_large"),
        "a web page named pdf": ("diploma.pdf", b"<!DOCTYPE html><html><body>Diploma</body></html>", "web_page"),
        "a drawing with a script": (
            "scan.png",
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
            "web_page",
        ),
        "a program named pdf": ("diploma.pdf", b"\x7fELF\x02\x01\x01" + b"\0" * 200, "program"),
        "a windows program named jpg": ("photo.jpg", b"MZ\x90\0" + b"\0" * 200, "program"),
        "an archive named pdf": ("papers.pdf", archive("a.pdf"), "archive"),
        "a text document": ("cv.docx", archive("[Content_Types].xml", "word/document.xml"), "office"),
        "half a photograph in HEIC": ("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 200, "damaged"),
        "plain words": ("diploma.pdf", b"This is my diploma.", "unknown"),
        "a password": ("diploma.pdf", pdf(encryption=encrypted), "password"),
        "cut in the middle": ("diploma.pdf", good[: len(good) // 2], "damaged"),
        "only a head": ("diploma.pdf", b"%PDF-1.7\n%%EOF", "damaged"),
        "a script on opening": (
            "diploma.pdf",
            pdf(change=_opens_with({"/S": pikepdf.Name.JavaScript, "/JS": pikepdf.String("app.alert(1)")})),
            "script",
        ),
        "a script behind a link": ("diploma.pdf", pdf(change=_button), "script"),
        "a program started on opening": (
            "diploma.pdf",
            pdf(change=_opens_with({"/S": pikepdf.Name.Launch, "/F": pikepdf.String("cmd.exe")})),
            "launch",
        ),
        "an attached file": ("diploma.pdf", pdf(change=_attached), "attachment"),
        "an interactive form": ("form.pdf", pdf(change=_form), "xfa"),
        "no pages": ("diploma.pdf", pdf(pages=0), "no_pages"),
        "an archive behind a PDF": ("diploma.pdf", good + archive("a.txt"), "mixed"),
        "a web page before a PDF": ("diploma.pdf", b"%PDF-1.7\n<html><script>1</script>\n" + good, "mixed"),
        "a PDF behind words": ("diploma.pdf", b"hello\n" + good, "mixed"),
        "an archive behind a photograph": ("photo.jpg", picture() + archive("a.txt"), "mixed"),
        "half a photograph": ("photo.jpg", picture(size=(1600, 1200))[:9000], "damaged"),
        "a broken PNG": ("scan.png", picture(kind="PNG")[:200], "damaged"),
        "a flood of pixels": ("scan.png", flood(30000, 30000), "too_many_pixels"),
        "a flood just below Pillow's own limit": ("scan.png", flood(12000, 12000), "too_many_pixels"),
        "a bomb in an object stream": ("diploma.pdf", _nested_bomb(), "damaged"),
    }


def good_papers() -> dict[str, tuple[str, bytes]]:
    """Papers as people have them; every one must pass."""
    scan = picture(size=(1654, 2339), mode="L", kind="JPEG")
    return {
        "a photograph of twelve megapixels": ("IMG_20261123_101010.jpg", photograph((4000, 3000), orientation=6)),
        "a photograph with its place": ("WhatsApp Image 2026-11-23 at 10.10.10.jpeg", photograph()),
        "a photograph of forty-eight megapixels": ("48MP.jpg", picture(size=(8000, 6000))),
        "a screenshot with transparency": ("Capture d’écran.png", picture(size=(1080, 2400), mode="RGBA", kind="PNG")),
        "a palette PNG": ("scan.png", picture(size=(1654, 2339), mode="P", kind="PNG")),
        "a black and white PNG": ("scan-noir.png", picture(size=(2480, 3508), mode="1", kind="PNG")),
        "a grey scan": ("مسح ضوئي.jpg", scan),
        "a photograph in HEIC": ("IMG_0001.HEIC", heic()),
        "a CMYK scan": ("CMYK.jpg", picture(mode="CMYK")),
        "a progressive photograph": ("p.jpg", picture(progressive=True)),
        "a PDF of one page": ("diplôme.pdf", pdf()),
        "a PDF of forty pages": ("programme de formation.pdf", pdf(pages=40)),
        "a PDF with object streams": ("o.pdf", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate)),
        "a linearised PDF": ("l.pdf", pdf(linearize=True)),
        "a PDF that opens on a page": ("d.pdf", pdf(change=_opens_on_a_page)),
    }


def _opens_on_a_page(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])
