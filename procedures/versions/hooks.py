"""A version that nobody opened yet takes no new filing, whatever editors say."""

from collections.abc import Iterable
from datetime import date

from procedures.definition.overrides import Override, ValueOverride
from procedures.hookspecs import hookimpl
from procedures.versions.selectors import is_waiting


@hookimpl(trylast=True)  # of two values of one day the last one given holds
def procedure_overrides(procedure: str, on: date) -> Iterable[Override]:
    return (ValueOverride("open", False, since=on),) if is_waiting(procedure) else ()
