"""Who is answered what at each address: the URLconf, the people who try it, and what the declared policy promises."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from procedures.offices.models import Membership, Office, Role
from procedures.policies import Policy, policy_of
from tests.portal.accounts.factories import person, with_second_factor
from tests.registers.organisations.factories import Body

MISSING = {"uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "int": "987654321", "slug": "nothing", "str": "nothing"}
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")
NOBODYS = ("visits:shell", "visits:worker")  # a page and a program that hold nothing of any visit
DOORS = ("wagtailcore_login", "wagtailadmin_login")  # they lead to the one login door
SCENERY = {"language", "code", "kind", "step", "page", "action", "number"}  # names of things, not of somebody's object


@dataclass(frozen=True)
class Address:
    """One of our addresses: `names` are the objects in it."""

    route: str
    space: str
    name: str
    policy: Policy

    @property
    def called(self) -> str:
        return f"{self.space}:{self.name}"

    @property
    def objects(self) -> tuple[str, ...]:
        return tuple(each for each in self.places if each not in SCENERY)

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(found[2] or found[3] for found in PLACE.finditer(self.route))

    def with_objects(self, **given: str) -> str:
        """The address with these objects in it, and with nobody's in every other place."""

        def fill(found: re.Match[str]) -> str:
            return given.get(found[2] or found[3]) or MISSING.get(found[1] or "str", "01-00001-0")

        path = PLACE.sub(fill, self.route)
        return "/" + re.sub(r"\\Z|[\^$?\\]", "", path.replace("[Vv]", "V"))


def declared(resolver: URLResolver, spaces: tuple[str, ...] = (), prefix: str = "") -> Iterator[Address]:
    """Every address of ours, as a visitor of the current language writes it."""
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from declared(each, (*spaces, each.namespace) if each.namespace else spaces, route)
        elif isinstance(each, URLPattern) and (policy := policy_of(each.callback)):
            yield Address(route, spaces[0] if spaces else "", str(each.name), policy)


def people() -> dict[str, Callable[[], Client]]:
    """Everybody who tries the addresses, by what they are: nobody, people, a centre's director, one officer a role."""
    return {
        "nobody": Client,
        "a person": lambda: with_second_factor(Client(), person()),
        "a director": lambda: with_second_factor(Client(), Body().director.person),
        **{str(role): lambda role=role: officer_of(role) for role in Role.values},
    }


def officer_of(role: str, office: str = "rd-elsewhere") -> Client:
    """An officer of an office that has nothing to do with anybody's case."""
    names = {f"name_{language}": office for language in ("ar", "fr", "en")}
    where, _new = Office.objects.get_or_create(code=office, defaults={"kind": Office.Kind.REGIONAL} | names)
    user = person()
    Membership.objects.create(person=user, office=where, role=role, since=timezone.localdate())
    return with_second_factor(Client(), user)


def mismatch(address: Address, who: str, answer: HttpResponse) -> str:
    """What is wrong with an answer where every object in the address is nobody's; empty where it is as promised."""
    policy, status = address.policy, answer.status_code
    to_login = status == 302 and "/accounts/login/" in answer.get("Location", "")
    if status >= 500:
        return f"{status}"
    guarded = policy.staff or policy.code == "signed_in"
    if guarded and who == "nobody":
        return "" if to_login else f"{status} to nobody"
    if policy.staff and not _holds(policy, who):
        return "" if status == 404 or _sent_away(answer) else f"{status} without the role"
    if to_login and address.name not in DOORS:
        return "login asked of somebody who is in"
    if guarded and address.objects and address.called not in NOBODYS:
        return "" if status in (404, 405) or _asks_again(answer) else f"{status} for what is nobody's"
    return ""


def same_answer(one: HttpResponse, other: HttpResponse) -> bool:
    """Whether two answers tell apart nothing: same status, and the same page but for what differs at each request."""
    return one.status_code == other.status_code and _bare(one) == _bare(other)


def _holds(policy: Policy, who: str) -> bool:
    return who in Role.values and (not policy.roles or who in policy.roles)


def _sent_away(answer: HttpResponse) -> bool:
    """What is not found in Wagtail's rooms, which have no language, is looked for once more under the visitor's."""
    return answer.status_code == 302 and answer.get("Location", "").startswith("/en/cms/")


def _asks_again(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and "reauthenticate" in answer.get("Location", "")


def _bare(answer: Any) -> str:
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9A-Z]{16}(?=/)|nothing|987654321", "", text)
