"""Whose portal it is: nothing until someone says, then at once."""

import pytest
from django.test import Client
from django.utils import translation
from wagtail.documents.models import Document
from wagtail.models import Site

from cms_content.models import SiteSettings
from cms_content.selectors import authority, site_facts

pytestmark = pytest.mark.usefixtures("site")


def fill(**fields: str) -> None:
    row = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    for name, text in fields.items():
        setattr(row, name, text)
    row.save()


def test_no_authority_is_named_by_default() -> None:
    names = authority()
    assert not any(names["authority"].values())
    assert not any(names["state"].values())
    assert names["host"] == "verif.example.tn"


def test_names_follow_the_language_and_change_at_once(client: Client) -> None:
    fill(portal_name_ar="بوابة", portal_name_fr="Portail", authority_ar="وزارة", authority_fr="Ministère")
    assert authority()["authority"] == {"ar": "وزارة", "fr": "Ministère", "en": ""}
    with translation.override("fr"):
        assert site_facts()["name"] == "Portail"
    assert "بوابة" in client.get("/ar/track/").content.decode()


def test_facts_of_the_site_are_read_once(django_assert_num_queries: object) -> None:
    site_facts()
    with django_assert_num_queries(0):
        site_facts()


def test_documents_of_the_admin_are_no_place_for_papers_of_people() -> None:
    fields = [relation.related_model.__module__ for relation in Document._meta.related_objects]
    assert not [module for module in fields if module.startswith(("procedures.", "portal.", "notifications."))]
