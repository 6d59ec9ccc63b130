"""The import that stands behind everything in the country, and the day from which its dates count."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from portal.demonstration.country.names import ROOTS
from procedures.offices.models import Office
from registers.history.causes import Cause
from registers.imports.models import ImportBatch

KEY = uuid.uuid5(uuid.NAMESPACE_DNS, "country.demo.takwin.example")
State = ImportBatch.State


@dataclass(frozen=True)
class CountryImport:
    """The batch under which the country is entered."""

    batch: ImportBatch

    @cached_property
    def cause(self) -> Cause:
        return Cause(batch=self.batch.pk, reason="demonstration")

    @cached_property
    def today(self) -> date:
        """The day on which the loading began: a loading taken up again later goes on with the same dates."""
        return timezone.localdate(self.batch.received_at)

    @property
    def is_done(self) -> bool:
        return self.batch.state == State.ENTERED

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def finish(self, rows: int) -> None:
        """Nothing is left to be entered: the next loading changes nothing."""
        self.batch.state, self.batch.ended_at = State.ENTERED, timezone.now()
        self.batch.counts = {"read": rows, "rows": rows, "sound": 0, "repaired": 0, "faulty": 0, "refused": 0,
                             "already": 0, "entered": rows}  # fmt: skip
        self.batch.save(update_fields=["state", "ended_at", "counts"])


def country_import(*, by: Any, office: Office) -> CountryImport:
    """The country's own batch, opened at its first loading by an officer of the central services."""
    now, content = timezone.now(), ROOTS.read_bytes()
    batch, _made = ImportBatch.objects.get_or_create(
        public_id=KEY,
        defaults={
            "kind": "structures",
            "office": office,
            "by": by,
            "name": "country.demo.csv",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "format": "csv",
            "state": State.ENTERING,
            "mode": ImportBatch.Mode.ALL,
            "received_at": now,
            "read_at": now,
            "decided_at": now,
        },
    )
    return CountryImport(batch)
