"""T1: each address answers each role as its policy says, and what is another's is told from nothing by nobody."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path
from django.urls.resolvers import RegexPattern, URLResolver
from django.utils.translation import override

from procedures.offices.models import Role
from procedures.policies import Policy, _declared, public, staff
from tests.house.test_addresses import LIBRARIES, addresses
from tests.portal.accounts.factories import with_second_factor
from tests.procedures.documents.factories import keys_in
from tests.procedures.kernel.factories import House, hand_in, staff_of
from tests.procedures.wizard.factories import Visitor
from tests.registers.organisations.factories import Body
from tests.trust.matrix import Address, declared, mismatch, officer_of, people, same_answer

pytestmark = [pytest.mark.django_db, pytest.mark.trust]
WHO = tuple(people())
ROOMS = ("desk", "mine", "wizard", "backoffice", "organisation_desk")
HEALTHY = 150  # fewer addresses than these, and the walk has lost a room


def ours() -> list[Address]:
    with override("en"):
        return [each for each in declared(get_resolver()) if not each.route.startswith(("ar/", "fr/"))]


@pytest.mark.parametrize("who", WHO)
def test_every_address_answers_each_role_as_its_policy_says(who: str) -> None:
    client = people()[who]()
    client.raise_request_exception = False
    found = ours()
    wrong = []
    for address in found:
        for method in (client.get, client.post):
            if fault := mismatch(address, who, method(address.with_objects(), headers={"accept-language": "en"})):
                wrong.append(f"{method.__name__} {address.called} {address.policy.code}: {fault}")
        if "logout" in address.name or (who != "nobody" and "_auth_user_id" not in client.session):
            client = people()[who]()
    assert wrong == []
    assert len(found) > HEALTHY


class World:
    """One person's case, draft and paper, and an organisation; beside them people who have nothing to do with them."""

    def __init__(self) -> None:
        self.house, self.body = House(), Body()
        self.case = self.house.files()
        self.paper = hand_in(self.case, "transcripts")
        stored = Path(settings.TAKWIN_PRIVATE_STORAGE) / self.paper.stored
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(b"%PDF-1.7")
        visitor = Visitor(self.house.applicant)
        visitor.start()
        self.objects = {
            "case": str(self.case.public_id),
            "upload": str(self.paper.pk),
            "draft": str(visitor.draft),
            "organisation": str(self.body.organisation.public_id),
        }
        house = self.house
        self.mine = {"desk": house.applicant, "mine": house.applicant, "wizard": house.applicant}
        self.mine |= {"backoffice": house.desk, "organisation_desk": self.body.director.person}

    def strangers(self) -> dict[str, Client]:
        """Everybody but those to whom the things belong and the officers who handle them."""
        several = {who: people()[who]() for who in WHO if who != Role.AUDITOR}
        region = staff_of(self.house.region, Role.ADMINISTRATOR)
        return several | {"administrator of the directorate": with_second_factor(Client(), region)}


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.TAKWIN_KEYS = tmp_path
    keys_in(tmp_path)
    return World()


def pages_of_objects(world: World) -> list[Address]:
    """Pages in which everything named is in the world."""
    return [
        each for each in ours() if each.space in ROOMS and each.objects and set(each.objects) <= world.objects.keys()
    ]


def test_what_is_anothers_is_answered_like_what_is_not_there(world: World) -> None:
    pages, told = pages_of_objects(world), []
    for who, client in world.strangers().items():
        for address in pages:
            for method in (client.get, client.post):
                theirs = method(address.with_objects(**world.objects))
                nobodys = method(address.with_objects())
                if theirs.status_code in (200, 206) or not same_answer(theirs, nobodys):
                    told.append(f"{who}: {method.__name__} {address.called} {theirs.status_code}")
    assert told == []
    assert len(pages) > 20


def test_the_same_addresses_open_to_those_they_belong_to(world: World) -> None:
    """Without this the test before would pass on addresses that open to nobody."""
    opened = set()
    for address in pages_of_objects(world):
        if "upload" in address.objects:  # opened in test_private_files
            continue
        client = with_second_factor(Client(), world.mine[address.space])
        answer = client.get(address.with_objects(**world.objects))
        if answer.status_code == 200:
            opened.add(address.called)
    assert opened >= {"desk:case", "mine:consulted_case", "backoffice:case", "wizard:discard"}
    assert opened >= {"organisation_desk:desk", "organisation_desk:staff", "organisation_desk:cases", "desk:withdraw"}


def test_an_auditor_reads_every_case_and_acts_on_none(world: World) -> None:
    auditor = officer_of(Role.AUDITOR)
    page = f"/en/office/cases/{world.objects['case']}/"
    assert auditor.get(page).status_code == 200
    for act in ("accept_completeness", "ask_correction", "assign", "withdraw"):
        before = world.case.version
        assert auditor.post(f"{page}{act}/", {"version": before}).status_code in (302, 403, 404, 409, 200)
        world.case.refresh_from_db()
        assert world.case.version == before


# The tests themselves are tried: a planted fault must show.


def bare(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse(b"open")


def planted(view: Any) -> URLResolver:
    return URLResolver(RegexPattern(r"^"), [path("planted/<uuid:case>/", view, name="planted")])


def test_a_planted_address_without_a_policy_is_found() -> None:
    modules = tuple(LIBRARIES)
    found = [route for route, view in addresses(planted(bare)) if not view.__module__.startswith(modules)]
    assert found == ["planted/<uuid:case>/"]
    assert list(declared(planted(bare))) == []


@pytest.mark.parametrize(
    ("view", "who", "fault"),
    [
        (_declared(lambda request, case: HttpResponse(), Policy("signed_in")), "nobody", "200 to nobody"),
        (
            _declared(lambda request, case: HttpResponse(), Policy("staff", staff=True)),
            "a person",
            "200 without the role",
        ),
        (staff()(lambda request, case: HttpResponse()), "desk_officer", "200 for what is nobody's"),
        (public(lambda request, case: HttpResponse(status=500)), "nobody", "500"),
    ],
)
def test_a_planted_mismatch_is_found(view: Any, who: str, fault: str, rf: Any) -> None:
    (address,) = declared(planted(view))
    request = rf.get(address.with_objects())
    request.user = people()[who]().session and _user(who)
    answer = view(request, case=uuid.uuid4())
    assert mismatch(address, who, answer) == fault


def _user(who: str) -> Any:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import AnonymousUser

    return get_user_model().objects.order_by("-pk").first() if who != "nobody" else AnonymousUser()
