"""The Celery application: a messenger of hints; what must not be lost is a Job row (procedures/jobs)."""

import os

from celery import Celery

from procedures.jobs import file_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

file_broker.install()
app = Celery("takwin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["procedures.jobs"])
