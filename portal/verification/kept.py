"""What a device keeps to verify without a network: a worker, the empty page of answers and the scanner, by language."""

import hashlib
import json
from functools import cache as once
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal.verification.words import words_for_script, words_without_network
from procedures.documents.addresses import public_host
from procedures.policies import public

PAGES_AGE = 300
TONGUES = tuple(code for code, _name in settings.LANGUAGES)
FILES = (
    *(f"design/{name}" for name in ("qallaline.css", "verification.css", "band.svg", "mark.svg", "zellij.svg")),
    *(f"design/qallaline-{name}.woff2" for name in ("ar", "la", "l1", "le")),
    *(f"verification/{name}.js" for name in ("seal", "verify", "scan", "decode")),
)
NO_POWER, CAMERA = "camera=(), geolocation=(), microphone=()", "camera=(self), geolocation=(), microphone=()"


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """The program that answers in place of the network; other bytes whenever anything it keeps is another."""
    lines = {
        "FILES": [*_pages(), *map(static, FILES)],
        "DATA": [reverse("jwks"), reverse("catalogue"), reverse("status_list", args=[0])],
        "TONGUES": TONGUES,
    }
    names = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in lines.items()) + _program()
    pages = cache.get_or_set(f"verification-pages:{_short(names)}", lambda: _digest_of_pages(request), PAGES_AGE)
    body = f'const NAME = "takwin-verify-{_short(f"{names}{pages}")}";\n{names}'
    return _kept(request, HttpResponse(body, content_type="text/javascript; charset=utf-8"), age=0)


@public
@require_safe
def shell(request: HttpRequest, tongue: str) -> HttpResponseBase:
    """The page of answers with nothing in it: the device fills it from what a paper's QR holds."""
    return _page(request, tongue, "verification/kept.html", {"words": words_for_script, "more": words_without_network})


@public
@require_safe
def scan(request: HttpRequest, tongue: str) -> HttpResponseBase:
    """The scanner: the one page of the portal that may ask for the camera."""
    return _page(request, tongue, "verification/scan.html", {}, powers=CAMERA)


def _page(
    request: HttpRequest, tongue: str, template: str, words: dict[str, Any], *, powers: str = NO_POWER
) -> HttpResponseBase:
    if tongue not in TONGUES:
        raise Http404
    name = "shell" if template.endswith("kept.html") else "scan"
    links = [(code, reverse(f"kept_{name}", args=[code]), code == tongue) for code in TONGUES]
    with override(tongue):
        told = {key: given() for key, given in words.items()}
        response = render(request, template, told | {"tongue": tongue, "tongues": links, "host": public_host()})
    response["Referrer-Policy"] = "no-referrer"
    response["Permissions-Policy"] = powers
    response["X-Robots-Tag"] = "noindex"
    return _kept(request, response, age=PAGES_AGE)


def _kept(request: HttpRequest, response: HttpResponse, *, age: int) -> HttpResponseBase:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={age}" if age else "no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


def _pages() -> list[str]:
    return [reverse(f"kept_{name}", args=[tongue]) for name in ("shell", "scan") for tongue in TONGUES]


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _digest_of_pages(request: HttpRequest) -> str:
    """Words that editors changed reach devices too."""
    pages = [view(request, tongue) for view in (shell, scan) for tongue in TONGUES]
    return "".join(str(page["ETag"]) for page in pages)


@once
def _program() -> str:
    found = finders.find("verification/worker.js")
    if not isinstance(found, str):
        raise FileNotFoundError("verification/worker.js")
    return Path(found).read_text()
