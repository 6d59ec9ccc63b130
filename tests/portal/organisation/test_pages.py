"""An organisation's rooms: each page for the roles of the table alone, and for nobody of another organisation."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from portal.organisation import urls
from registers.organisations.models import Organisation
from registers.organisations.roles import MAY, Act, Role
from registers.structures.models import Structure
from registers.structures.services import move
from registers.training.models import Session
from tests.portal.organisation.factories import (
    OPENED,
    a_cause,
    a_certificate,
    a_group,
    a_homologation,
    a_structure,
    an_exam,
)
from tests.procedures.kernel.factories import a_person
from tests.registers.organisations.factories import Body

pytestmark = pytest.mark.django_db


def rooms(patterns: list[Any] | None = None) -> Iterator[tuple[str, Act]]:
    """Every page of an organisation that is opened by an act, by the name of its address."""
    for pattern in urls.of_one if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from rooms(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and hasattr(pattern.callback, "act"):
            yield str(pattern.name), pattern.callback.act


ROOMS = dict(rooms())


@pytest.fixture
def body() -> Body:
    return Body()


@pytest.fixture
def structure(body: Body) -> Any:
    return a_structure(body)


def address(name: str, body: Body, **more: Any) -> str:
    return reverse(f"organisation_desk:{name}", kwargs={"organisation": body.organisation.public_id, **more})


def every_address(body: Body, structure: Any) -> dict[str, str]:
    given = {
        "structure": {"number": structure.number},
        "group": {"group": a_group(a_homologation(structure, ends_in=21).subject).public_id},
        "hand_over": {"member": body.secretary.public_id},
    }
    posted = {"withdraw_invitation": {"invitation": body.organisation.public_id}}
    return {name: address(name, body, **given.get(name, {}), **posted.get(name, {})) for name in ROOMS}


def test_every_page_of_an_organisation_names_its_act() -> None:
    named = {"end", "absence", "back", "limits"}  # of one's own service, in any role
    assert {str(pattern.name) for pattern in urls.of_staff} - named <= ROOMS.keys()
    assert set(ROOMS.values()) == {act for act in Act if act.value.startswith(("see_", "manage_", "hand_"))}


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_the_pages_of_its_table_and_no_other(
    client: Client, body: Body, structure: Any, role: Role
) -> None:
    client.force_login(getattr(body, role.value).person)
    for name, path in every_address(body, structure).items():
        opened = client.get(path).status_code != 404
        allowed = ROOMS[name] in MAY[role]
        if name == "hand_over":  # of the secretary: theirs, or of whoever appoints secretaries
            allowed = role in (Role.OWNER, Role.DIRECTOR)
        assert opened == allowed, name


def test_for_strangers_and_colleagues_of_another_organisation_no_page_exists(
    client: Client, body: Body, structure: Any
) -> None:
    addresses = every_address(body, structure).values()
    for person in (a_person(), Body().owner.person):
        client.force_login(person)
        for path in addresses:
            assert client.get(path).status_code == 404
    client.logout()
    assert "/accounts/login/" in client.get(address("desk", body))["Location"]


def test_the_structure_of_another_organisation_is_not_found_under_ones_own(client: Client, body: Body) -> None:
    theirs = a_structure(Body(), name="مركز الزيتونة")
    client.force_login(body.owner.person)
    assert client.get(address("structure", body, number=theirs.number)).status_code == 404


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_page_is_drawn(client: Client, body: Body, structure: Any, language: str) -> None:
    addresses = every_address(body, structure)
    an_exam(Session.objects.get(), held_in=14)
    client.force_login(body.owner.person)
    for name, path in addresses.items():
        if name != "withdraw_invitation":
            assert client.get(path.replace("/en/", f"/{language}/")).status_code == 200, name
    page = client.get(address("desk", body)).content.decode()
    assert "PAT-26-A" in page
    assert structure.number in page


def test_the_file_of_a_structure_is_told_in_the_language_of_its_page(
    client: Client, body: Body, structure: Any
) -> None:
    street = {"ar": "نهج البيئة", "fr": "rue de l’Essai"}
    move(a_cause(), structure=structure, place="TN-52", since=OPENED + timedelta(days=1), address=street)
    client.force_login(body.owner.person)
    page = address("structure", body, number=structure.number)
    for language, told in (("ar", ("هدى الزواري", "نهج البيئة")), ("fr", ("Houda Zouari", "rue de l’Essai"))):
        words = client.get(page.replace("/en/", f"/{language}/")).content.decode()
        assert [word in words for word in told] == [True, True], language


def test_invented_data_say_that_they_are_and_others_do_not(client: Client, body: Body, structure: Any) -> None:
    group = a_group(a_homologation(structure, ends_in=21).subject)
    for serial, invented in (("DEMO-1", True), ("REAL-1", False)):
        a_certificate(group, serial, invented=invented)
    client.force_login(body.owner.person)

    def told(path: str) -> int:
        return client.get(path).content.decode().count("Invented data")

    for invented in (True, False):
        Organisation.objects.update(invented=invented)
        Structure.objects.update(invented=invented)
        assert told(address("desk", body)) == told(address("structure", body, number=structure.number)) == invented
        assert told(address("certificates", body)) == 1


def test_addresses_and_pages_that_nobody_could_mean_are_not_found(client: Client, body: Body, structure: Any) -> None:
    client.force_login(body.owner.person)
    for number in ("\x00", "x" * 5000, "%00", structure.number + "\x00"):
        assert client.get(address("structure", body, number=number)).status_code == 404
    for page in ("0", "-1", "9" * 400, "\x00", "x"):
        for name in ("groups", "certificates", "exams", "cases"):
            assert client.get(address(name, body), {"page": page}).status_code == 200
