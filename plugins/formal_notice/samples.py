"""Files for tests and training: one for each way in which a notice ends, one for each rule that may be broken."""

from procedures import api as p

SAMPLES = (
    p.Sample(code="mended", answers={"demand.mend_by": p.Ago(days=-30)}, ends=p.Kind.CONFORM),
    p.Sample(code="not_mended", answers={"demand.mend_by": p.Ago(days=-30)}, ends=p.Kind.REFER),
    p.Sample(code="too_short", answers={"demand.mend_by": p.Ago(days=-3)}, breaks="time_to_mend_is_fair"),
)
