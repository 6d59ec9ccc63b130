"""A new version tried on past cases: exactly those that would fare otherwise are named, and none is changed."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.definition import Fact
from procedures.jobs.models import Job
from procedures.jobs.services import run, sweep
from procedures.refusal import Refusal
from procedures.resolving import resolve
from procedures.versions.models import Rehearsal, Version
from procedures.versions.recalling import departures
from procedures.versions.rehearsing import A_HANDFUL
from procedures.versions.selectors import counts, is_waiting, loaded_version
from procedures.versions.services import ask_rehearsal, note_versions, open_version
from tests.portal.administration.factories import administrator
from tests.procedures.installed import installed
from tests.procedures.kernel.factories import House, staff_of, the_central_service
from tests.procedures.versions.two_versions import CODE, FIRST, PLANTED, SECOND, past_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Any:
    with installed(FIRST):
        note_versions()
    return the_central_service()


def rehearsed(cases: int = 1000) -> Rehearsal:
    note_versions()
    version = loaded_version(CODE)
    assert version is not None
    rehearsal = ask_rehearsal(version=version, by=None, cases=cases)
    sweep(kinds=("versions.rehearse",))
    rehearsal.refresh_from_db()
    return rehearsal


def test_a_rehearsal_over_a_thousand_cases_lists_exactly_the_seventeen_planted_changes(office: Any) -> None:
    expected = past_cases(1000, office, seed=20261129)
    before = list(Case.objects.values_list("pk", "version", "answers", "outline"))
    with installed(SECOND):
        rehearsal = rehearsed()

        found = {row.case.number: row.found for row in rehearsal.cases.select_related("case")}
    assert len(expected) == len(PLANTED) == 17
    assert {number: [*told] for number, told in found.items()} == {each: [kind] for each, kind in expected.items()}
    assert rehearsal.done == rehearsal.total == 1000
    assert rehearsal.finished_at is not None
    assert counts(rehearsal) == Counter(kind for kind, _changes in PLANTED) | {"cases": 17}
    assert list(Case.objects.values_list("pk", "version", "answers", "outline")) == before


def test_each_change_says_what_was_and_what_would_be(office: Any) -> None:
    past_cases(20, office)
    with installed(SECOND):
        found = [row.found for row in rehearsed().cases.all()]
    told = {kind: each[kind] for each in found for kind in each}
    route = {
        "before": ["instruction", "decision", "signature"],
        "after": ["instruction", "visit", "decision", "signature"],
    }
    assert told["route"] == route
    assert told["papers"] == {"before": ["identity"], "after": ["identity", "permit"]}
    assert {(each["fee"]["before"], each["fee"]["after"]) for each in found if "fee" in each} == {
        (6000, 5000), (7000, 5000), (9000, 5000), (10000, 5000),
    }  # fmt: skip
    assert sorted(each["invalid"] for each in found if "invalid" in each) == [
        *[["ask.hours"]] * 3,
        *[["is_long_enough"]] * 2,
    ]


def test_the_same_version_changes_nothing(office: Any) -> None:
    past_cases(60, office)
    with installed(FIRST):
        assert not rehearsed().cases.exists()


def test_a_rehearsal_goes_on_where_it_stood_and_takes_only_the_latest_cases(office: Any) -> None:
    past_cases(3 * A_HANDFUL, office)
    with installed(SECOND):
        note_versions()
        version = loaded_version(CODE)
        assert version is not None
        rehearsal = ask_rehearsal(version=version, by=None, cases=2 * A_HANDFUL)
        run(Job.objects.get(kind="versions.rehearse").pk)
        rehearsal.refresh_from_db()
        assert (rehearsal.done, rehearsal.finished_at) == (A_HANDFUL, None)
        run(Job.objects.filter(kind="versions.rehearse").order_by("pk")[0].pk)  # done already: does nothing again
        rehearsal.refresh_from_db()
        assert rehearsal.done == A_HANDFUL
        sweep(kinds=("versions.rehearse",))
    rehearsal.refresh_from_db()
    assert rehearsal.done == 2 * A_HANDFUL
    oldest = Case.objects.order_by("-pk")[2 * A_HANDFUL - 1].pk
    assert all(row.case_id >= oldest for row in rehearsal.cases.all())


def test_cases_from_before_outlines_were_kept_are_counted_apart(office: Any) -> None:
    past_cases(20, office)
    Case.objects.update(outline={})
    with installed(SECOND):
        rehearsal = rehearsed()
    assert (rehearsal.without_outline, rehearsal.cases.count()) == (20, 0)


def test_what_a_register_said_at_the_filing_is_not_read_again(office: Any) -> None:
    def gone(copies: int) -> int:
        raise AssertionError("The register was read again.")

    fact = Fact("billed_copies", ("ask.copies",), gone)
    second = replace(SECOND, fee=replace(SECOND.fee, per=fact))
    past_cases(17, office)
    case = Case.objects.filter(answers__ask__copies=10).get()
    case.explanations = [{"rule": "x", "facts": {"billed_copies": {"value": 3, "at": "2026-01-01"}}}]

    assert departures(second, case, timezone.localdate()) == {"fee": {"before": 10_000, "after": 3000}}


def test_a_filing_keeps_its_consequences(house: House) -> None:
    case = house.files()
    assert case.outline["route"] == ["completeness", "instruction", "commission", "decision", "signature"]
    assert case.outline["delay"] == {"unit": "workingdays", "amount": 45}
    assert case.outline["authority"] == {"party": "central", "service": "equivalence"}
    assert {"identity", "certificate", "transcripts"} <= set(case.outline["papers"])
    assert (case.outline["fee"], case.outline["stops"]) == (0, [])
    assert departures(resolve(case.procedure), case, timezone.localdate()) == {}


def test_the_first_version_opens_by_itself_and_the_next_waits_for_an_administrator(office: Any, client: Client) -> None:
    me = administrator()
    with installed(FIRST):
        assert not is_waiting(CODE)
        assert resolve(CODE).open
    past_cases(20, office)
    with installed(SECOND):
        note_versions()
        version = loaded_version(CODE)
        assert version is not None
        assert is_waiting(CODE)
        page = client.get(reverse("wizard:start", args=[CODE])).content.decode()
        assert "لا تقبل" in page or "no new applications" in page
        drafts = client.post(reverse("wizard:start", args=[CODE]))
        assert drafts.status_code == 200, "no draft was started"
        rehearsal = ask_rehearsal(version=version, by=me, cases=20)
        with pytest.raises(Refusal):
            open_version(version=version, rehearsal=rehearsal, by=me, note="Read.")
        sweep(kinds=("versions.rehearse",))
        rehearsal.refresh_from_db()
        with pytest.raises(Refusal):
            open_version(version=version, rehearsal=rehearsal, by=me, note=" ")
        with pytest.raises(Refusal):
            open_version(version=version, rehearsal=rehearsal, by=staff_of(office, "central_officer"), note="Read.")

        open_version(version=version, rehearsal=rehearsal, by=me, note="Read with the directors.")

        assert not is_waiting(CODE)
        assert resolve(CODE).open
        with pytest.raises(Refusal):
            open_version(version=version, rehearsal=rehearsal, by=me, note="Again.")
    entry = Entry.objects.get(action="version.open")
    assert (entry.actor, entry.data["version"]) == (me.pk, "2.0")


def test_a_rehearsal_of_another_content_opens_nothing(office: Any) -> None:
    me = administrator()
    with installed(SECOND):
        rehearsal = rehearsed()
    slower = replace(SECOND, deadline=replace(SECOND.deadlines[0], within=SECOND.retention))
    with installed(slower), pytest.raises(Refusal):
        open_version(version=rehearsal.version, rehearsal=rehearsal, by=me, note="Read.")


def test_a_version_that_is_not_installed_is_not_rehearsed(office: Any) -> None:
    first = Version.objects.get(procedure=CODE)
    with installed(SECOND):
        note_versions()
        with pytest.raises(Refusal):
            ask_rehearsal(version=first, by=None, cases=5)
        with pytest.raises(Refusal):
            ask_rehearsal(version=Version.objects.get(procedure=CODE, version="2.0"), by=None, cases=0)


def test_the_command_rehearses_at_once(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    expected = past_cases(30, office)
    with installed(SECOND):
        call_command("procedure", "rehearse", CODE, "--cases", "30")
    out = capsys.readouterr().out
    assert all(number in out for number in expected)
    assert "30 judged, 0 without outline; 17 cases, 4 fee, 5 invalid, 4 papers, 4 route." in out
