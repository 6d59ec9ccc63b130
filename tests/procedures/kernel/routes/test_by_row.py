"""Decisions row by row: what is flagged waits for a person, the rest is decided by itself."""

from typing import Any

import pytest

from procedures import api as p
from procedures.cases import services
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.checks import faults_of
from procedures.documents.services import prepare_documents
from tests.procedures.kernel.routes.walking import grants
from tests.workbench import routes as w
from tests.workbench.routes import Town, installed, routed

pytestmark = pytest.mark.django_db


def people(*fees: str) -> dict[str, Any]:
    person = {"name_ar": "أمينة", "cin": "01234567", "born_on": "2001-05-14", "phone": None, "level": "beginner"}
    return [
        {"_row": f"r{number}", **person, "name_lat": f"Person {'ABCDEFG'[number]}", "fee": fee}
        for number, fee in enumerate(fees, start=1)
    ]


def by_row(*more: Any, **changes: Any) -> Any:
    decide = p.Decision((p.Kind.GRANT, p.Kind.REFUSE), each="people", automatic=p.ALWAYS)
    return installed(routed(decide, *more, outputs=(w.BADGE,), rules=(w.fee_is_usual,), **changes))


def files_rows(town: Town, rows: list[dict[str, Any]]) -> Case:
    from unittest.mock import patch

    import tests.workbench.routes as module

    plain = module.sample_answers
    with patch.object(module, "sample_answers", lambda *args, **more: plain(*args, **more) | {"people": rows}):
        return town.files()


def test_unflagged_rows_are_decided_by_themselves_and_flagged_ones_wait_for_a_person(town):
    with by_row() as procedure:
        assert faults_of(procedure) == ()
        case = files_rows(town, people("100", "900", "200", "800"))
        w.work()
        case.refresh_from_db()
        assert case.state == State.DECISION
        assert set(case.row_decisions.values_list("row", "kind", "by")) == {
            ("r1", "grant", None),
            ("r3", "grant", None),
        }
        with pytest.raises(services.Refused) as refused:
            grants(town, case, kind="", rows={"r2": {"kind": "refuse"}})
        assert set(refused.value.faults) == {"row:r2", "row:r4"}

        rows = {"r2": {"kind": "refuse", "reason": w.REASON}, "r4": {"kind": "grant"}}
        decision = grants(town, case, kind="", rows=rows)

        assert (decision.kind, case.state) == ("grant", State.ISSUING)
        assert list(case.documents.order_by("row").values_list("output", "row", "holder_ar")) == [
            ("badge", "r1", "Person B"),
            ("badge", "r3", "Person D"),
            ("badge", "r4", "Person E"),
        ]
        assert len(prepare_documents(case=case, decision=decision)) == 3
        assert case.documents.count() == 3
        assert case.row_decisions.get(row="r2").reason == w.REASON


def test_where_no_row_is_flagged_nobody_decides_and_where_all_are_refused_the_case_is(town):
    with by_row():
        case = files_rows(town, people("100", "200"))
        w.work()
        case.refresh_from_db()
        assert (case.state, case.documents.count()) == (State.ISSUING, 2)
        case = files_rows(town, people("900"))
        w.work()
        grants(town, case, kind="", rows={"r1": {"kind": "refuse", "reason": w.REASON}})
        assert (case.state, case.documents.get().output) == (State.REFUSED, "refusal")


def test_effects_see_the_granted_rows_and_no_others(town):
    seen: list[str] = []

    @p.effect(p.Kind.GRANT, says="rows")
    def note(case: p.DecidedCase) -> None:
        seen.extend(row["name_lat"] for row in case.rows("people"))

    with by_row(effects=(note,)):
        case = files_rows(town, people("100", "900"))
        w.work()
        case.refresh_from_db()
        grants(town, case, kind="", rows={"r2": {"kind": "refuse", "reason": w.REASON}})
    assert seen == ["Person B"]
