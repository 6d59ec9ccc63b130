"""Every address of the portal says who may open it; the addresses of libraries are listed and frozen."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from procedures.policies import policy_of

# Views of libraries, by the module that holds them: who guards them is said beside.
LIBRARIES = {
    "allauth": "its own decorators; every page is about the person's own account",
    "wagtail.admin": "second_factor middleware and Wagtail's permissions",
    "wagtail.users": "second_factor middleware and Wagtail's permissions",
    "wagtail.images": "second_factor middleware and Wagtail's permissions",
    "wagtail.documents": "editors' own files, public by purpose; citizens' papers are never among them",
    "wagtail.snippets": "second_factor middleware and Wagtail's permissions",
    "wagtail.contrib": "second_factor middleware and Wagtail's permissions",
    "wagtail.embeds": "second_factor middleware and Wagtail's permissions",
    "wagtail.sites": "second_factor middleware and Wagtail's permissions",
    "wagtail.views": "published pages, public by purpose",
    "wagtail_localize": "second_factor middleware and Wagtail's permissions",
    "django.views.generic.base": "redirects of Wagtail and allauth",
    "django.views.i18n": "catalogues of messages for Wagtail's admin",
}

# Numbers in public addresses that count nothing of anybody's, each with its reason.
PAGES_OF_A_PAPER = "drafts/<uuid:draft>/papers/<uuid:upload>/pages/<int:page>/"
COUNTING_NOTHING = {
    "status/<int:number>.cwt": "the number of a list that holds the state of every document at once",
    f"en/{PAGES_OF_A_PAPER}": "a page of one paper, behind the secret of its draft",
}


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.callback


def test_every_address_declares_who_may_open_it() -> None:
    undeclared = [
        f"{path} ({callback.__module__})"
        for path, callback in addresses(get_resolver())
        if policy_of(callback) is None and not callback.__module__.startswith(tuple(LIBRARIES))
    ]
    assert undeclared == []


def test_an_address_of_ours_never_hides_behind_a_library() -> None:
    ours = ("config.", "portal.", "cms_content.", "notifications.", "plugins.", "registers.", "procedures.", "design.")
    assert not any(module.startswith(ours) for module in LIBRARIES)


def test_djangos_admin_is_not_mounted() -> None:
    assert not any("django.contrib.admin" in callback.__module__ for _, callback in addresses(get_resolver()))


def test_every_reason_still_has_its_address() -> None:
    every = list(addresses(get_resolver()))
    assert COUNTING_NOTHING.keys() <= {path for path, _ in every}
    assert [module for module in LIBRARIES if not any(view.__module__.startswith(module) for _, view in every)] == []


@pytest.mark.parametrize("door", ["wagtailcore_login", "wagtailadmin_login"])
def test_people_log_in_through_one_door(client: Client, door: str) -> None:
    """Wagtail brings login pages that count no attempts and know no second factor."""
    response = client.get(reverse(door))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_no_public_address_counts() -> None:
    """Sequential numbers in an address tell how many there are and invite to try the next."""
    counted = [
        path
        for path, callback in addresses(get_resolver())
        if "<int:" in path
        and path not in COUNTING_NOTHING
        and (policy := policy_of(callback))
        and policy.code in {"public", "by_secret", "signed_in"}
    ]
    assert counted == []
