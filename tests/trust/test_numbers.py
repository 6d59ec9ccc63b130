"""T3: concurrent filings get distinct numbers without gaps, also sent twice, also beside transactions that fail."""

import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from procedures.cases.models import Case
from procedures.cases.numbers import is_well_formed
from tests.procedures.kernel.conftest import house  # noqa: F401 (a fixture)
from tests.procedures.kernel.factories import a_person, file

pytestmark = [pytest.mark.trust, pytest.mark.django_db(transaction=True)]
THREADS = 8


def test_filings_at_once_are_numbered_without_gaps_and_without_twins(house, full, record_property):  # noqa: F811 - a fixture
    count, aborted = (500, 100) if full else (50, 10)
    people = [a_person() for _ in range(10)]
    drafts = [uuid.uuid4() for _ in range(count)]
    work = [(draft, False) for draft in drafts] * 2 + [(uuid.uuid4(), True) for _ in range(aborted)]
    random.Random(20).shuffle(work)
    began = timezone.now()

    numbers: dict[uuid.UUID, set[str]] = {draft: set() for draft in drafts}
    guard = threading.Lock()

    def send(task: tuple[uuid.UUID, bool]) -> None:
        draft, fails = task
        with transaction.atomic():
            case = file(people[draft.int % 10], draft_id=draft)
            transaction.set_rollback(fails)
        if not fails:
            with guard:
                numbers[draft].add(case.number)

    def worker(share: list[tuple[uuid.UUID, bool]]) -> None:
        try:
            for task in share:
                send(task)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(worker, [work[start::THREADS] for start in range(THREADS)]))

    seconds = (timezone.now() - began).total_seconds()
    record_property("seconds", seconds)
    print(f"{count} filings, each sent twice, {aborted} aborted: {seconds:.1f} s")
    assert all(len(given) == 1 for given in numbers.values()), "both of a pair got the same number"
    given = sorted(Case.objects.values_list("number", flat=True))
    assert [int(number.split("-")[2]) for number in given] == list(range(1, count + 1))
    assert all(is_well_formed(number) for number in given)
