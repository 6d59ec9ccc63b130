"""The site as `load_site` made it in the template of the databases."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from cms_content import selectors
from portal.accounts.models import User
from procedures.offices.models import Membership, Office


@pytest.fixture
def site(db: None) -> Iterator[None]:
    selectors.forget_site_facts()
    yield
    selectors.forget_site_facts()


def serve(person: User, role: str, until: date | None = None) -> Membership:
    office, _made = Office.objects.get_or_create(
        code="content", defaults={"kind": "central", "name_ar": "المحتوى", "name_fr": "Contenu", "name_en": "Content"}
    )
    return Membership.objects.create(person=person, office=office, role=role, since=date(2026, 1, 1), until=until)


@pytest.fixture
def editor() -> User:
    person = User.objects.create_user("editor@example.tn", "a long enough password", name="Editor")
    serve(person, "editor")
    return person


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client
