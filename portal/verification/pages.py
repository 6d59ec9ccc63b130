"""The page that says what a document is worth: poured where it may be, rendered for one reader where it must."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from design.templatetags.design import date
from portal.verification import moulds
from portal.verification.answers import Answer
from portal.verification.forms import Search
from portal.verification.headers import kept_by_nobody
from portal.verification.words import words_for_script
from procedures.documents import codes
from procedures.documents.addresses import public_host

PAGE = "verification/result.html"


def page_of(
    request: HttpRequest, public_id: str, answer: Answer, *, digest: str = "", scanned: bool, status: int = 200
) -> HttpResponse:
    """`digest` is that of the seal in the register; `scanned`: the page's script checks the one of the paper."""
    words = [public_id, codes.grouped(public_id), digest, _moment(timezone.now()), *moulds.words_of(answer)]

    def rendered(given: moulds.Words) -> str:
        return render_to_string(PAGE, _context(answer, given, scanned=scanned), request)

    if answer.state != "unknown" and moulds.may_be_filled(request):
        # the menu of a page under a language says in which room it is, and every such page is in the same
        body = moulds.filled((scanned, *moulds.shape_of(answer)), words, rendered)
    else:
        body = rendered(words).encode()
    return kept_by_nobody(HttpResponse(body, status=status))


def tongues(
    public_id: str = "", *, secret: str = "", page: str = "search", name: str = "", args: Sequence[str] = ()
) -> list[tuple[str, str, bool]]:
    """The same page in each language, from the address of a QR too, which carries none."""
    page = name or ("result" if public_id else "shared" if secret else page)
    args = args or ([public_id or secret] if public_id or secret else [])
    links = []
    for language, _title in settings.LANGUAGES:
        with override(language):
            links.append((language, reverse(f"verification:{page}", args=args)))
    here = get_language()
    return [(language, address, language == here) for language, address in links]


def _moment(now: datetime) -> SafeString:
    return _written(now.replace(microsecond=0), get_language())


@lru_cache(maxsize=10)
def _written(second: datetime, _language: str | None) -> SafeString:
    """Many ask within a second."""
    return date(second, "moment")


def _context(answer: Answer, words: moulds.Words, *, scanned: bool) -> dict[str, Any]:
    public_id, code, digest, checked, *others = words
    return {
        "answer": moulds.with_words(answer, others),
        "public_id": public_id,
        "code": code,
        "digest": digest,
        "checked": checked,
        "host": public_host(),
        "scanned": scanned,
        "words": words_for_script(),
        "form": Search(initial={"code": code}),
        "tongues": tongues(public_id),
    }
