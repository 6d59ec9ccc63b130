"""Files for tests and training: one for each way in which a mission ends, one for the rule that may be broken."""

from procedures import api as p

SAMPLES = (
    p.Sample(code="sound", ends=p.Kind.CONFORM),
    p.Sample(code="faults_found", ends=p.Kind.NOTICE),
)
