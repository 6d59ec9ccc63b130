"""What a browser may keep, show and say of the pages of verification."""

from django.http import HttpResponse

NO_POWER, CAMERA = "camera=(), geolocation=(), microphone=()", "camera=(self), geolocation=(), microphone=()"


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """An answer: kept nowhere, found by no search, and no other page is told its address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["Permissions-Policy"] = NO_POWER
    response["X-Robots-Tag"] = "noindex"
    return response


def asking(response: HttpResponse) -> HttpResponse:
    """A page whose form posts: without a referrer browsers name no origin, and the form is taken for another site's."""
    response = kept_by_nobody(response)
    response["Referrer-Policy"] = "same-origin"
    return response
