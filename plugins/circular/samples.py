"""Files for tests and training: values, a moratorium, both, given up, and one for each rule that may be broken."""

from procedures import api as p

TOMORROW, LATER = p.Ago(days=-1), p.Ago(days=-30)
VALUES = {"act.halts": False, "value.since": TOMORROW}
HALTS = {"act.values": False, "moratorium.since": TOMORROW, "moratorium.until": LATER}
NOTICE_DAYS, HOURLY = "formal_notice:parameter.authority.notice_days", {"value.number": "20"}

SAMPLES = (
    p.Sample(code="values", answers=VALUES | HOURLY | {"value.part": NOTICE_DAYS}, ends=p.Kind.REGISTER),
    p.Sample(
        code="two_values",
        answers=VALUES
        | HOURLY
        | {"value.part": NOTICE_DAYS, "value.another": True, "second.part": "formal_notice:deadline"}
        | {"second.number": "30", "second.since": TOMORROW},
        ends=p.Kind.REGISTER,
    ),
    p.Sample(code="moratorium", answers=HALTS, ends=p.Kind.REGISTER),
    p.Sample(code="given_up", answers=HALTS, ends=p.Kind.CONFORM),
    p.Sample(code="changes_nothing", answers={"act.halts": False, "act.values": False}, breaks="it_changes_something"),
    p.Sample(
        code="half_a_day",
        answers=VALUES | {"value.part": NOTICE_DAYS, "value.number": "20.5"},
        breaks="value_is_of_its_kind",
    ),
    p.Sample(
        code="backwards",
        answers=HALTS | {"moratorium.since": LATER, "moratorium.until": TOMORROW},
        breaks="moratorium_runs_forward",
    ),
)
