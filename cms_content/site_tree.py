"""The first tree of pages, in three languages: made where missing, never written over."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from cms_content.models import HomePage, ServicePage, StandardPage
from procedures.registry import services_for_people

FILE = Path(__file__).parent / "data" / "site.json"


def make_site() -> list[str]:
    """Make every page that is missing and the site's root; returns what was made."""
    texts = json.loads(FILE.read_text(encoding="utf-8"))
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    made: list[str] = []
    homes = _homes(texts["home"], locales, made)
    _site_at(homes["ar"])
    for code, procedure in services_for_people().items():
        said = texts["services"].get(code, {})
        _family(
            homes,
            code.replace("_", "-"),
            made,
            lambda language, code=code, procedure=procedure, said=said: ServicePage(
                procedure=code, title=str(procedure.title)[:255], **said.get(language, {})
            ),
        )
    for page in texts["pages"]:
        _family(
            homes,
            page["slug"],
            made,
            lambda language, page=page: StandardPage(
                to_complete=page["to_complete"], show_in_menus=True, **page[language]
            ),
        )
    return made


def _homes(texts: dict[str, Any], locales: dict[str, Locale], made: list[str]) -> dict[str, HomePage]:
    root = Page.objects.get(depth=1)
    known = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    key = known["ar"].translation_key if "ar" in known else uuid4()
    for language, locale in locales.items():
        if language not in known:
            words = dict(texts[language])
            names = words.pop("audiences")
            panels = [
                {"type": "audience", "value": panel | {"name": name, "line": line}}
                for panel, (name, line) in zip(texts["audiences"], names, strict=True)
            ]
            page = HomePage(slug=f"takwin-{language}", locale=locale, translation_key=key, audiences=panels, **words)
            known[language] = _published(root, page)
            made.append(f"/{language}/")
    return known


def _family(homes: dict[str, HomePage], slug: str, made: list[str], draw: Any) -> None:
    """One page in each language, translations of each other."""
    there = {language: Page.objects.child_of(home).filter(slug=slug).first() for language, home in homes.items()}
    key = next((page.translation_key for page in there.values() if page), uuid4())
    for language, home in homes.items():
        if there[language] is None:
            with override(language):
                page = draw(language)
            page.slug, page.locale, page.translation_key = slug, home.locale, key
            _published(home, page)
            made.append(f"/{language}/{slug}/")


def _published(parent: Page, page: Any) -> Any:
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision(log_action=False).publish(log_action=False)
    return page


def _site_at(home: HomePage) -> None:
    """The default site begins at the Arabic home page; Wagtail's welcome page goes."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id == home.pk:
        return
    welcome = site.root_page if site.pk else None
    site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
