"""Every job takes at least a second: the wait stands between the lease and the work, where a kill hurts most."""

import os
import time
from typing import Any

from django.apps import AppConfig
from django.conf import settings


class SlowJobs(AppConfig):
    name = "tests.trust"
    label = "slow_jobs"

    def ready(self) -> None:
        from portal.management.commands import load_demonstration
        from procedures.jobs import services

        load_demonstration.file_all = lambda: 0  # the siege begins without a case and counts its own from one

        does, at_least = services._do, float(os.environ.get("TAKWIN_TRIAL_JOB_SECONDS", "1.0"))

        def held(job: Any, lease: Any) -> None:
            (settings.VAR / "doing").touch()
            time.sleep(at_least)
            does(job, lease)

        services._do = held
