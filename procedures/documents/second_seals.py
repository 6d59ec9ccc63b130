"""The second seal of a document: asked of the plugin that makes one, and frozen before anything is printed."""

import base64
import hashlib
import io
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from procedures.audit import services as audit
from procedures.documents.models import Document
from procedures.documents.reading_back import without_font
from procedures.registry import plugin_manager
from procedures.second_seal import DocumentFacts, SecondSeal

LEAST, MOST = 32, 1200  # pixels a side: one of a single pixel would take the place of our own code
MOST_BYTES, LONGEST_NAME = 200_000, 28


class BadSecondSeal(ValueError):
    """What the plugin gave cannot be printed; the document waits, and the job of its sealing says why."""


def add_second_seal(document: Document) -> None:
    """Ask once, and keep what was given with the frozen content: the same file is made of it at any time.

    Nothing is asked in a practice space, whose papers are worth nothing. Raises BadSecondSeal, and what the plugin
    raises: a document that should bear two seals is not issued with one.
    """
    backend = None if settings.TAKWIN_PRACTICE else plugin_manager().hook.seal_backend()
    if backend is None or "second_seal" in document.content:
        return
    given = backend.mark(_facts(document))
    if given is None:
        return
    kept = frozen(given)
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.state != Document.State.ISSUED and "second_seal" not in held.content:  # else another worker was first
            held.content = {**held.content, "second_seal": kept}
            held.save(update_fields=["content"])
            digest = hashlib.sha256(kept["picture"].encode()).hexdigest()
            audit.append(action="document.marked", subject=held, actor=None, data={"picture_sha256": digest})
    document.refresh_from_db()


def _facts(document: Document) -> DocumentFacts:
    return DocumentFacts(
        public_id=document.public_id,
        number=document.number,
        kind=document.kind_number,
        procedure=document.procedure,
        output=document.output,
        title=document.titles,
        holder_ar=document.holder_ar,
        holder_lat=document.holder_lat,
        issued_on=document.issued_on,
        expires_on=document.expires_on,
        verify=f"{settings.TAKWIN_PUBLIC_URL}/V/{document.public_id}",
    )


def frozen(given: SecondSeal) -> dict[str, Any]:
    """As it is kept and printed. Raises BadSecondSeal."""
    names = {language: given.name.get(language, "").strip() for language in ("ar", "fr")}
    if not all(0 < len(name) <= LONGEST_NAME for name in names.values()):
        raise BadSecondSeal(f"It needs a name in Arabic and in French of at most {LONGEST_NAME} letters.")
    if signs := without_font(json.dumps(names, ensure_ascii=False)):
        raise BadSecondSeal(f"No font of the documents draws {' '.join(signs)}.")
    return {"name": names, "picture": f"data:image/png;base64,{base64.b64encode(_grey(given.picture)).decode()}"}


def _grey(picture: bytes) -> bytes:
    """The picture without what hides in a file: no colour profile, no text, nothing transparent."""
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
            if not all(LEAST <= side <= MOST for side in opened.size):
                raise BadSecondSeal(f"Its picture must have {LEAST} to {MOST} pixels a side.")
            drawn = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise BadSecondSeal("Its picture is no PNG.") from error
    ground = Image.new("RGBA", drawn.size, "white")
    ground.alpha_composite(drawn)
    made = io.BytesIO()
    ground.convert("L").save(made, "PNG", optimize=True)
    if made.tell() > MOST_BYTES:
        raise BadSecondSeal(f"Its picture is larger than {MOST_BYTES} bytes.")
    return made.getvalue()
