"""A rule for every test of these rooms: what an accepted form changes leaves a word in the audit chain."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

ROOMS = {
    "administration",
    "organisation_desk",
    "organisation_office",
    "imports_desk",
    "directory",
    "doubts",
    "mismatches",
    "verification",
    "checklists",
}
WRITES = re.compile(r'\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
CHAIN, FOUND = "audit_entry", 302
OF_NOBODY = ("django_session", "usersessions_", "cache", "audit_")  # of the visit, or the chain itself
UNRECORDED = {
    "imports_desk:own_resume": "asks the worker to go on with what is on record",
    "imports_desk:office_resume": "asks the worker to go on with what is on record",
    "organisation_desk:join": "sends a message: nothing changes until a colleague invites",
}


@pytest.fixture(autouse=True)
def _what_is_changed_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    send = Client.request

    def watched(client: Client, **request: Any) -> HttpResponseBase:
        if request.get("REQUEST_METHOD") != "POST" or not (route := _route(request["PATH_INFO"])):
            return send(client, **request)
        written: list[str] = []
        with connection.execute_wrapper(_noting(written)):
            answer = send(client, **request)
        if answer.status_code == FOUND and route not in UNRECORDED:  # what is refused is rolled back
            changed = {table for table in written if not table.startswith(OF_NOBODY)}
            recorded = any(table.endswith(CHAIN) for table in written)
            assert recorded or not changed, f"{route} changed {changed} without a word in the chain"
        return answer

    monkeypatch.setattr(Client, "request", watched)


def _route(path: str) -> str:
    try:
        with translation.override(path.split("/")[1]):  # an address is read by whoever speaks its language
            found = resolve(path)
    except Resolver404:
        return ""
    space = found.namespaces[0] if found.namespaces else ""
    return f"{space}:{found.url_name}" if space in ROOMS else ""


def _noting(written: list[str]) -> Callable[..., Any]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            written.append(found.group(1))
        return execute(sql, params, many, context)

    return note
