"""Files for tests and training: closed, or left open once the structure was heard."""

from procedures import api as p

SAMPLES = (
    p.Sample(code="closed", ends=p.Kind.NOTICE),
    p.Sample(code="left_open", ends=p.Kind.CONFORM),
)
