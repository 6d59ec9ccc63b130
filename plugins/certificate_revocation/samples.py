"""Files for tests and training: revoked, or left in force once the holder was heard."""

from procedures import api as p

SAMPLES = (
    p.Sample(code="revoked", ends=p.Kind.NOTICE),
    p.Sample(code="left_in_force", ends=p.Kind.CONFORM),
)
