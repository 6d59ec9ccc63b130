"""The public address of a document, as its QR holds it and as it is printed beside it."""

from urllib.parse import urlsplit

from django.conf import settings


def public_host() -> str:
    """The host printed beside every QR, so that a reader can tell a foreign page."""
    return urlsplit(settings.TAKWIN_PUBLIC_URL).netloc.lower()


def code_text(public_id: str, fragment: str) -> str:
    """What the QR holds: upper case throughout, so that it stays alphanumeric."""
    return f"{settings.TAKWIN_PUBLIC_URL.rstrip('/').upper()}/V/{public_id}#{fragment}"
