"""In whose name a document is printed: what the site's editors set, nothing of any ministry by default."""

from collections.abc import Callable
from dataclasses import dataclass, field

Words = dict[str, str]  # by language


@dataclass(frozen=True)
class Letterhead:
    """The state, the authority and the place of signature; empty parts print nothing."""

    state: Words = field(default_factory=dict)
    authority: Words = field(default_factory=dict)
    place: Words = field(default_factory=dict)


_source: Callable[[], Letterhead] = Letterhead


def set_source(source: Callable[[], Letterhead]) -> None:
    """Called once, at start-up, by the app in which editors set these words."""
    global _source
    _source = source


def current_letterhead() -> Letterhead:
    return _source()
