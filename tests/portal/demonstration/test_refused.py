"""The demonstration has a refusal that was read, so that an appeal can be tried at once."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from portal.accounts.models import User
from portal.demonstration.cases import FILINGS, Walk
from portal.management.commands import load_demonstration
from procedures.appeals.selectors import remedy_of
from procedures.cases.states import State
from procedures.documents.cose import fragment
from takwin_verify import keys_of, opened
from tests.portal.accounts.factories import with_second_factor
from tests.procedures.documents.factories import keys_in

pytestmark = pytest.mark.django_db


def test_the_trainee_finds_a_refusal_with_its_reason_and_may_contest_it_and_every_scan_is_genuine(
    client: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "TAKWIN_DEMONSTRATION", True)
    monkeypatch.setattr(settings, "TAKWIN_KEYS", tmp_path / "keys")
    monkeypatch.setattr(settings, "TAKWIN_PRIVATE_STORAGE", tmp_path / "private")
    monkeypatch.setattr(load_demonstration, "file_all", lambda: 0)  # one case is enough here
    keys_in(tmp_path / "keys")
    for command in ("load_offices", "load_demonstration"):
        call_command(command, stdout=StringIO())

    (refused,) = [each for each in FILINGS if each.reached == "refused"]
    walk = Walk(refused)
    walk.go()

    walk.case.refresh_from_db()
    assert (walk.case.state, walk.case.applicant.email) == (State.REFUSED, "trainee@demo.takwin.example")
    remedy = remedy_of(walk.case)
    assert remedy is not None
    assert remedy.is_open
    assert remedy.until is not None
    page = with_second_factor(client, User.objects.get(email="trainee@demo.takwin.example"))
    shown = page.get(f"/fr/desk/cases/{walk.case.public_id}/").content.decode()
    assert f"/fr/desk/cases/{walk.case.public_id}/appeal/" in shown
    assert "organisme" in shown

    keys = keys_of(client.get("/.well-known/jwks.json").json())
    seals = [opened(fragment(bytes(paper.cose)), paper.public_id, keys) for paper in walk.case.documents.all()]
    assert seals
    assert all(seal.key.was_in_force(seal.claims.issued_on) for seal in seals)
    earliest = timezone.localdate() - timedelta(days=max(each.days_ago for each in FILINGS))
    assert all(key.was_in_force(earliest) for key in keys if key.purpose == "qr")  # receipts bear the day of filing
