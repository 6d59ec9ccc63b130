"""Files for tests and training: at once or after the hearing, upheld or lifted, and one for each broken rule."""

from procedures import api as p

DAYS = {"charge.until": p.Ago(days=-90), "precaution.until": p.Ago(days=-20)}
HEARD_FIRST = {"charge.until": p.Ago(days=-90), "precaution.urgent": False}

SAMPLES = (
    p.Sample(code="at_once", answers=DAYS, ends=p.Kind.NOTICE),
    p.Sample(code="lifted", answers=DAYS, ends=p.Kind.CONFORM),
    p.Sample(code="heard_first", answers=HEARD_FIRST, ends=p.Kind.NOTICE),
    p.Sample(code="too_long", answers=DAYS | {"precaution.until": p.Ago(days=-60)}, breaks="precaution_is_short"),
    p.Sample(code="unbounded", answers=DAYS | {"charge.until": p.Ago(days=-900)}, breaks="suspension_is_bounded"),
)
