"""Redirects that editors keep are asked for lost pages alone, never for an address that a page of ours has answered."""

from django.http import HttpRequest, HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware

ANSWERED_BY = "portal.verification."  # "no document under this code" is an answer, and costs no question more


class LostPagesMiddleware(RedirectMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        found = getattr(request, "resolver_match", None)
        if found is not None and found.func.__module__.startswith(ANSWERED_BY):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
