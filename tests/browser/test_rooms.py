"""Every page of the register's rooms that a link leads to: looked at by axe, without scripts, and none is left out."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation
from playwright.sync_api import Page

from tests.browser.conftest import Officers, Opener
from tests.browser.sweeping import LANGUAGES, faults, overflow

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Room:
    """Where a room begins, who walks through it, and which of its addresses no link leads to, with the reason."""

    start: str
    account: str
    routes: str
    apart: dict[str, str]


ONLY_POST, LATER = "a button, not a page", "only where something was closed, asked or ended before"
OF_A_TABLE = ("batch", "decide", "cancel", "resume", "file")
ROOMS = {
    "directory": Room("structures/", "", "portal.directory.urls", {
        "list": "a table to download", "data": "data for machines", "followed": "a secret address",
    }),
    "organisation": Room("organisation/", "centre", "portal.organisation.urls", {
        "home": "leads whoever has one account to its desk",
        "withdraw_claim": ONLY_POST, "withdraw_invitation": ONLY_POST, "back": ONLY_POST, "claim": "who has an account",
        "join": "who has an account", "accept": "a secret address", "invitation": "a secret address",
    }),
    "administration": Room("administration/", "administrator", "portal.administration.urls", {
        "invite_again": ONLY_POST, "withdraw_invitation": ONLY_POST, "back": ONLY_POST, "end_sessions": ONLY_POST,
        "review_table": "a table to download", "confirm": ONLY_POST, "remove_holiday": ONLY_POST,
        "decide_reset": LATER, "reopen_account": LATER, "reopen_office": LATER, "restore_speciality": LATER,
        "prolong_membership": LATER, "end_seat": ONLY_POST, "rehearsal": LATER, "open_version": LATER,
    }),
    "imports of an office": Room("imports/office/", "central", "portal.imports.urls", {
        "home": "of an organisation", "office_template": "a table to download",
        **{f"office_{name}": "no table waits in the demonstration" for name in OF_A_TABLE},
        **{f"own_{name}": "of an organisation" for name in ("home", "new", "template", *OF_A_TABLE)},
    }),
    "imports of an organisation": Room("imports/", "centre", "portal.imports.urls", {
        "home": "leads whoever has one door through it", "own_template": "a table to download",
        **{f"own_{name}": "no table waits in the demonstration" for name in OF_A_TABLE},
        **{f"office_{name}": "of an office" for name in ("home", "new", "template", *OF_A_TABLE)},
    }),
}  # fmt: skip


def routes_of(module: str) -> set[str]:
    """Names of the addresses that a room declares."""

    def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
        found: set[str] = set()
        for pattern in patterns:
            found |= names(pattern.url_patterns) if isinstance(pattern, URLResolver) else {str(pattern.name)}
        return found

    return names(get_resolver(module).url_patterns)


def route(url: str, language: str) -> tuple[str, str]:
    path = urlsplit(url).path
    try:
        with translation.override(language):  # an address is read by whoever speaks its language
            match = resolve(path)
    except Resolver404:
        return "", ""
    return match.app_name, match.url_name or ""


def links(page: Page) -> list[str]:
    """Where links lead, and forms that only ask."""
    found = page.locator("a[href], form[method=get]").evaluate_all("all => all.map(each => each.href || each.action)")
    return [str(href) for href in found]


def walk(page: Page, room: Room, language: str, look: Any) -> tuple[dict[str, int], list[str]]:
    """Open one page of each route that links lead to from the start, and look at each."""
    seen: dict[str, int] = defaultdict(int)
    found: list[str] = []
    page.goto(f"/{language}/{room.start}")
    base = f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}/{language}/{room.start}"
    app, _name = route(page.url, language)
    waiting, known = [page.url], {page.url}
    while waiting:
        address = waiting.pop(0)
        of, name = route(address, language)
        if of != app or seen[name] or name in room.apart:
            continue
        answer = page.goto(address)
        if answer is None or answer.status != 200 or "reauthenticate" in page.url:
            found.append(f"{name} {language}: {answer.status if answer else 'no answer'} {page.url}")
            continue
        seen[name] += 1
        found += look(page, f"{app}:{name}")
        for href in links(page):
            if href.startswith(base) and href not in known and "#" not in href:
                known.add(href)
                waiting.append(href)
    return dict(seen), found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROOMS)
def test_a_room_is_whole_and_clean(name: str, language: str, visit: Opener, officers: Officers) -> None:
    room = ROOMS[name]
    state = officers.session(room.account, recent=True) if room.account else None
    page = visit(state=state, language=language)

    seen, found = walk(page, room, language, faults)

    assert found == []
    assert routes_of(room.routes) - set(seen) - set(room.apart) == set(), "no link led there"


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_needs_no_scripts(name: str, visit: Opener, officers: Officers) -> None:
    """Without scripts every page opens, says something, and fits its window."""
    room = ROOMS[name]
    state = officers.session(room.account, recent=True) if room.account else None
    page = visit(scripts=False, state=state, language="ar")

    def look(page: Page, of: str) -> list[str]:
        wrong = {"px wider than its window": max(0, overflow(page)), "headings": page.locator("main h1").count() - 1}
        return [f"{of}: {count} {what}" for what, count in wrong.items() if count]

    _seen, found = walk(page, room, "ar", look)
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1100, 1280, 1440])
def test_the_ways_of_an_officer_never_run_under_the_name_of_the_portal(
    language: str, width: int, visit: Opener, officers: Officers
) -> None:
    page = visit(width, scripts=False, language=language, state=officers.session("officer"))
    page.goto(f"/{language}/office/")
    name, ways = page.locator(".brand b").bounding_box(), page.locator("nav.nav").bounding_box()
    assert name
    assert ways
    apart = ways["x"] - name["x"] - name["width"] if language != "ar" else name["x"] - ways["x"] - ways["width"]
    assert apart >= 0, (name, ways)
