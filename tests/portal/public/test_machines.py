"""Addresses without a language: alive, the way in, what not to index."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/", "/robots.txt", "/favicon.ico"])
def test_machines_are_answered_without_the_database(
    client: Client, django_assert_num_queries: object, path: str
) -> None:
    with django_assert_num_queries(0):
        assert client.get(path).status_code in {200, 302}


@pytest.mark.parametrize(("cookie", "home"), [("", "/ar/"), ("fr", "/fr/"), ("xx", "/ar/")])
def test_the_front_door_leads_to_the_language_last_chosen(client: Client, cookie: str, home: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/", headers={"accept-language": "en"})
    assert answer.headers["Location"] == home
    assert "Cookie" in answer.headers["Vary"]


def test_robots_stay_out_of_peoples_rooms(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    rooms = ("/cms/", "/*/desk/", "/*/office/", "/*/accounts/", "/*/administration/", "/*/organisation/", "/*/imports/")
    for room in (*rooms, "/*/structures/doubts/", "/*/structures/*/doubt/"):
        assert f"Disallow: {room}" in text


@pytest.mark.parametrize("path", ["/healthz", "/"])
def test_nothing_is_posted_to_them(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
