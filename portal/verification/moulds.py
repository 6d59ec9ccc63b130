"""The page of a verdict, rendered once for each shape that it takes, then filled with the words of one document.

Whoever scans a paper without an account sees a page that differs from the next one in a dozen words. Their places are
marked where the template is rendered, and every word is escaped on its way in, as the template would have escaped it.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms_content.selectors import site_mark
from portal.verification.answers import Answer

MOST = 400  # pages of some 20 kB; those met are far fewer
MARK = secrets.token_hex(8)  # nothing that an editor writes holds it
MARKS = re.compile(rf"{MARK}(\d\d\d)")

Words = list[str]  # in the order of their marks; a SafeString is put in as it is


@dataclass(frozen=True)
class Mould:
    """Pieces of the page, and which word stands after each of them."""

    site: object
    first: bytes
    rest: tuple[tuple[int, bytes], ...]

    def filled(self, words: Words) -> bytes:
        written = [_escaped(word).encode() for word in words]
        return self.first + b"".join([part for place, piece in self.rest for part in (written[place], piece)])


_moulds: dict[tuple[Any, ...], Mould] = {}


def may_be_filled(request: HttpRequest) -> bool:
    """Somebody who has no session and whom no message waits for: they are shown what everybody is shown."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and CookieStorage.cookie_name not in request.COOKIES


def filled(shape: tuple[Any, ...], words: Words, rendered: Callable[[Words], str]) -> bytes:
    """The page of this shape with these words; `rendered` makes it of marks where it is not known yet."""
    key = (get_language(), settings.TAKWIN_PUBLIC_URL, settings.TAKWIN_PRACTICE, settings.TAKWIN_DEMONSTRATION, *shape)
    site, mould = site_mark(), _moulds.get(key)
    if mould is None or mould.site is not site:
        if len(_moulds) >= MOST:
            _moulds.clear()
        first, *rest = MARKS.split(rendered([f"{MARK}{place:03}" for place in range(len(words))]))
        pairs = zip(map(int, rest[::2]), (piece.encode() for piece in rest[1::2]), strict=True)
        mould = _moulds[key] = Mould(site, first.encode(), tuple(pairs))
    return mould.filled(words)


def _escaped(word: str) -> str:
    """As `conditional_escape`, without asking whether the word is a lazy one."""
    return word if isinstance(word, SafeString) else escape(word)


def shape_of(answer: Answer) -> tuple[Any, ...]:
    """What the template decides by: the state and its signs, and which words are there at all."""
    return (
        answer.state, answer.tone, answer.mark, answer.tag_tone,
        bool(answer.who), bool(answer.reason), bool(answer.replaced_by),
        tuple(is_code for _label, _value, is_code in answer.rows),
        tuple((tick.code, tick.mark, tick.icon) for tick in answer.ticks),
    )  # fmt: skip


def words_of(answer: Answer) -> Words:
    rows = [word for label, value, _is_code in answer.rows for word in (label, value)]
    ticks = [word for tick in answer.ticks for word in (tick.title, tick.text)]
    return [answer.tag, answer.title, answer.text, answer.who, answer.reason, answer.replaced_by, *rows, *ticks]


def with_words(answer: Answer, words: Words) -> Answer:
    """The same answer with other words in their places; one that is empty stays so."""
    given = iter(words)
    tag, title, text, who, reason, replaced_by = (next(given) for _each in range(6))
    return replace(
        answer,
        tag=tag,
        title=title,
        text=text,
        who=who if answer.who else "",
        reason=reason if answer.reason else "",
        replaced_by=replaced_by if answer.replaced_by else "",
        rows=[(next(given), next(given), is_code) for _label, _value, is_code in answer.rows],
        ticks=[replace(tick, title=next(given), text=next(given)) for tick in answer.ticks],
    )
