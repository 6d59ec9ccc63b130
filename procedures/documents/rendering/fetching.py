"""What a document may load: the package's own fonts and art by name, and small pictures given inline. Nothing else."""

import base64
import binascii
from functools import lru_cache
from pathlib import Path
from typing import Any

from weasyprint import URLFetcher
from weasyprint.urls import URLFetcherResponse

HERE = Path(__file__).parent
FOLDERS = {"fonts": HERE.parent / "fonts", "art": HERE / "art"}
TYPES = {".ttf": "font/ttf", ".svg": "image/svg+xml"}
INLINE = ("data:image/png;base64,", "data:image/jpeg;base64,")
MOST_INLINE = 400_000


class Locked(ValueError):
    """This address may not be loaded by a document."""


class LockedFetcher(URLFetcher):
    """Never opens a socket or a path: an address is looked up in a fixed list of names."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("portal", "data"), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith("portal:"):
            return _asset(url)
        for prefix in INLINE:
            if url.startswith(prefix):
                return _picture(url, prefix)
        raise Locked(f"A document may not load {url[:60]!r}.")

    def open(self, fullurl: Any, data: Any = None, timeout: Any = None) -> Any:
        raise Locked("A document opens no connection.")


def _asset(url: str) -> URLFetcherResponse:
    try:
        return URLFetcherResponse(url, *_read(url.removeprefix("portal:")))
    except KeyError as error:
        raise Locked(f"No asset is called {url[:60]!r}.") from error


@lru_cache(maxsize=64)
def _read(name: str) -> tuple[bytes, dict[str, str]]:
    path = assets()[name]
    return path.read_bytes(), {"Content-Type": TYPES[path.suffix]}


@lru_cache(maxsize=1)
def assets() -> dict[str, Path]:
    """Every asset by the name it is asked for; a name with dots or slashes of its own is simply not in it."""
    return {
        f"{folder}/{path.name}": path
        for folder, place in FOLDERS.items()
        for path in sorted(place.iterdir())
        if path.suffix in TYPES
    }


def _picture(url: str, prefix: str) -> URLFetcherResponse:
    if len(url) > MOST_INLINE:
        raise Locked("An inline picture is too large.")
    try:
        body = base64.b64decode(url.removeprefix(prefix), validate=True)
    except binascii.Error as error:
        raise Locked("An inline picture is not base64.") from error
    return URLFetcherResponse(url, body, {"Content-Type": prefix[5:-8]})
