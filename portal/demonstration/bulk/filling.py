"""Fill a scratch database, kind by kind; called again it goes on where it was cut off."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command

from portal.demonstration.bulk.accounts import make_applicants, make_officers
from portal.demonstration.bulk.cases import fill_cases
from portal.demonstration.bulk.certificates import fill_certificates
from portal.demonstration.bulk.guarding import refuse_real_data
from portal.demonstration.bulk.register import fill_structures
from portal.demonstration.bulk.rows import hurry
from procedures.audit.services import append

STRUCTURES, CASES, CERTIFICATES = 5_200, 1_000_000, 1_000_000  # what the measurements of the portal speak of
Telling = Callable[[str, int, int], None]  # kind, how many there are, how many are wanted


def fill(*, structures: int = STRUCTURES, cases: int = CASES, certificates: int = CERTIFICATES, told: Telling) -> None:
    """Fill the database up to these numbers. Raises NotAScratchDatabase, vault.NoKey."""
    refuse_real_data()
    for command in ("load_offices", "load_specialities", "load_programmes"):
        call_command(command, verbosity=0, stdout=_Nowhere())
    hurry()
    officers = make_officers()
    fill_structures(
        structures, cause=next(iter(officers.values())), told=lambda done: told("structures", done, structures)
    )
    fill_cases(
        cases, applicants=make_applicants(cases), officers=officers, told=lambda done: told("cases", done, cases)
    )
    call_command("rebuild_inboxes", stdout=_Nowhere())  # rows were written past the services
    fill_certificates(certificates, told=lambda done: told("certificates", done, certificates))
    data = {"structures": structures, "cases": cases, "certificates": certificates}
    append(action="bench.fill", subject=("bench", "*"), data=data)


class _Nowhere:
    """Where the words of other commands go."""

    def write(self, _words: str) -> int:
        return 0
