"""The Celery application: a messenger of hints; what must not be lost is a Job row (procedures/jobs)."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from procedures.jobs import file_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

file_broker.install()
app = Celery("takwin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["procedures.jobs"])


@worker_init.connect  # type: ignore[untyped-decorator]  # celery's signals have no types
def _only_on_its_own_database(**_: Any) -> None:
    from procedures.practice.starting import refuse_another_kind  # no application is ready before

    refuse_another_kind()
