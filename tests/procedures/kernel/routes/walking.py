"""Steps that the tests of whole routes share."""

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from procedures.audit.selectors import entries_about
from procedures.cases import services
from procedures.cases.models import Case, Decision
from tests.workbench.routes import Town


def after_days(number: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=number), tick=False)


def grants(town: Town, case: Case, *, kind: str = "grant", by: Any = None, **more: Any) -> Decision:
    return services.prepare_decision(case=case, by=by or town.director, version=case.version, kind=kind, **more)


def last_entry(case: Case) -> Any:
    return entries_about(case).order_by("-seq").first()
