"""Addresses as they are read: a NUL means nothing in one, and no database keeps it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase

NUL = "\x00"


def nul_means_nothing(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page whose name holds one is not found; in a question it is left out."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info:
            raise Http404
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked:
            request.META["QUERY_STRING"] = asked.replace("%00", "")
        return get_response(request)

    return answer
