"""T4: eight finishes of one draft at once give one case, and lead all eight to its receipt."""

import os
import threading
from typing import Any

import pytest
from django.db import close_old_connections, connections
from django.test import Client

from procedures.cases.models import Case
from procedures.evidence.models import Upload
from tests.procedures.kernel.factories import House, a_person
from tests.procedures.wizard.factories import Visitor, hidden

FULL = os.environ.get("TAKWIN_FULL") == "1"
DRAFTS = 50 if FULL else 5
AT_ONCE = 8

pytestmark = [pytest.mark.trust, pytest.mark.django_db(transaction=True)]


def finish_at_once(visitor: Visitor) -> list[Any]:
    """The same button pressed eight times, each from a connection of its own."""
    data = hidden(visitor.open("check").content.decode()) | {"true_and_complete": "on"}
    cookies, path = visitor.client.cookies, visitor.path(f"drafts/{visitor.draft}/file/")
    gate, answers = threading.Barrier(AT_ONCE), []

    def press() -> None:
        client = Client(raise_request_exception=False)
        client.cookies = cookies
        gate.wait()
        try:
            answers.append(client.post(path, data))
        finally:
            connections.close_all()

    pressing = [threading.Thread(target=press) for _finger in range(AT_ONCE)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    close_old_connections()
    return answers


def test_eight_finishes_at_once_give_one_case_and_one_receipt() -> None:
    House()
    for _draft in range(DRAFTS):
        visitor = Visitor(a_person()).ready()
        answers = finish_at_once(visitor)
        case = Case.objects.get(draft_id=visitor.draft)
        assert len(answers) == AT_ONCE
        assert {answer.status_code for answer in answers} == {302}
        assert {answer["Location"] for answer in answers} == {f"/en/desk/cases/{case.public_id}/filed/"}
        assert Upload.objects.filter(case=case).count() == 7
    assert Case.objects.count() == DRAFTS
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert [int(number.split("-")[2]) for number in numbers] == list(range(1, DRAFTS + 1))
