"""A whole verification leaves nothing personal: in no line of a log, in no address it asks for or leads to."""

import hashlib
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from procedures.documents import codes, cose
from procedures.documents.models import Document
from procedures.jobs import services as jobs
from tests.procedures.documents.factories import IDENTITY, issued_decision

PERSONAL = [
    *(str(IDENTITY[name]) for name in IDENTITY if "name" in name or name in ("id_number", "birth_date")),
    "ياسين",
]
ADDRESSES = re.compile(r'(?:href|action|src|data-[a-z-]+)="([^"]*)"')


def test_nothing_personal_is_logged_asked_for_or_led_to(
    client: Client, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    document = issued_decision()
    fragment = cose.fragment(bytes(document.cose))
    digest = hashlib.sha256((Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored).read_bytes()).hexdigest()
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    asked = [f"/V/{document.public_id}", f"/fr/verify/?code={codes.grouped(document.public_id)}", "/V/84G7ZWYRD6Z1RV0Q"]
    asked += [f"/{language}/verify/{document.public_id}/" for language in ("ar", "fr", "en")]
    asked += [f"/en/verify/{codes.new_id()}/", "/status/0.cwt", "/.well-known/jwks.json", "/en/verify/several/"]
    answers = [client.get(address) for address in asked]
    list_of = f"https://verif.example.tn/V/{document.public_id}#{fragment}\n{PERSONAL[0]};{PERSONAL[1]}\n{PERSONAL[2]}"
    answers.append(client.post("/en/verify/file/", {"digest": digest}))
    answers.append(client.post("/en/verify/several/", {"codes": list_of}))
    answers.append(client.post("/en/verify/several/report/", {"codes": list_of}))
    report = answers[-1]["Location"]
    while jobs.sweep(seconds=60, kinds=("verification.report_list", "documents.seal")):
        pass
    answers.append(client.get(report))
    assert "Download the sealed report" in answers[-1].content.decode()

    led_to = [answer.get("Location", "") for answer in answers]
    led_to += [
        address
        for answer in answers
        if b"<html" in answer.content
        for address in ADDRESSES.findall(answer.content.decode())
    ]
    told = "\n".join([*asked, *led_to, report, caplog.text, *capfd.readouterr()])
    assert "Not Found: /V/84G7ZWYRD6Z1RV0Q" in caplog.text  # lines are read at all
    for each in (*PERSONAL, fragment):
        assert each.upper() not in told.upper(), each
    for answer in answers:
        policy = answer.get("Referrer-Policy", "")
        assert policy in ("no-referrer", "same-origin"), answer.request["PATH_INFO"]
    assert Document.objects.filter(output="verification_report").count() == 1
