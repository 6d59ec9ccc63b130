"""Answers that must not tell by their time whether an account exists leave at a beat, not when they are ready."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

BEAT = 0.1  # seconds; the work behind these pages takes a small part of it, with an account or without
HELD = frozenset({"account_reset_password", "account_request_login_code"})


class EvenAnswers:
    """Holds the answer to a POST of these pages until the next beat since it came in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        answer = self.get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name in HELD:
            time.sleep(BEAT - (time.perf_counter() - began) % BEAT)
        return answer
