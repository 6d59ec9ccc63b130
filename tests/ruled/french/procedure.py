"""A service whose parameters, days and reasons are set by the tests that play the administration in this language."""

from dataclasses import replace

from procedures import api as p
from tests.advised.procedure import PROCEDURE as ADVISED

PROCEDURE = replace(
    ADVISED, code="ruled_fr", prefix="RLF", route=(p.Decision((p.Kind.GRANT, p.Kind.REFUSE), by="desk_officer"),)
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
