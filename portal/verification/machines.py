"""What verifiers without us fetch: keys, status list, catalogue. Static, public, with validators."""

import hashlib
import json
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from procedures.documents.catalogue import catalogue
from procedures.documents.keys import jwk_set
from procedures.documents.status_list import signed_list
from procedures.policies import public

DAY = 86_400
LIST_AGE = 300
SECONDS_KEPT = 2  # a revocation is in the list that is fetched after this; the promise is five


@public
@require_safe
def keys(request: HttpRequest) -> HttpResponseBase:
    return _published(request, _json(jwk_set()), "application/jwk-set+json", DAY)


@public
@require_safe
def document_types(request: HttpRequest) -> HttpResponseBase:
    return _published(request, _json(catalogue()), "application/json", DAY)


@public
@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponseBase:
    if number != 0:
        raise Http404
    body = cache.get_or_set(f"status-list:{number}", lambda: signed_list(number), SECONDS_KEPT)
    return _published(request, bytes(body or b""), "application/statuslist+cwt", LIST_AGE)


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def _published(request: HttpRequest, body: bytes, kind: str, age: int) -> HttpResponseBase:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={age}"
    response["Access-Control-Allow-Origin"] = "*"  # nothing personal, made for everyone's verifiers
    return get_conditional_response(request, etag=etag, response=response) or response
