"""What a first visit transfers: the page and the design's files, compressed as they are served."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.test import Client

from tests.portal.directory.factories import a_small_directory, a_speciality, a_structure, teaches

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).resolve().parents[3] / "design" / "static" / "design"
FONTS = ("qallaline-ar.woff2", "qallaline-la.woff2")


def served(name: str) -> int:
    content = (STATIC / name).read_bytes()
    return len(content) if name.endswith(".woff2") else len(brotli.compress(content))


def test_the_pages_of_the_directory_stay_light(client: Client) -> None:
    number = a_small_directory()["sahel"].number
    electricity = a_speciality("ELE-01", "", "")
    for each in range(20):  # a page full of results
        teaches(a_structure(f"هيكل التكوين المهني الخاص {each}", f"Structure {each}"), electricity)
    for address in (
        "/ar/structures/?q=ه",
        f"/ar/structures/{number}/",
        f"/fr/structures/{number}/diploma/?diploma=BTP&speciality=ELE-01",
        "/fr/structures/doubt/",
    ):
        page = client.get(address).content
        sheets = re.findall(r'href="/static/design/([\w-]+\.css)"', page.decode())
        assert "directory.css" in sheets
        assert sum(map(served, sheets)) <= 12_000, address
        assert len(gzip.compress(page)) <= 15_000, address
        others = ("band.svg", "mark.svg", *FONTS)
        assert len(gzip.compress(page)) + sum(map(served, (*sheets, *others))) <= 60_000, address
