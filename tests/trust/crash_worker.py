"""A process of its own for the crash test: promises slow jobs, or is a Celery worker that does them until killed."""

import os
import sys
import time
from pathlib import Path

import django

VAR = Path(os.environ["TAKWIN_VAR"])
SECONDS = 1.0


def declare() -> None:
    from procedures.audit.services import append
    from procedures.jobs import services
    from procedures.jobs.registry import handles

    @handles("trial.slow")
    def slow(number: int) -> None:
        """Long work first, its effect and the job's end in one transaction."""
        (VAR / "doing").write_text(str(os.getpid()))
        time.sleep(SECONDS)
        with services.final_act():
            append(action="trial.effect", subject=("trial", str(number)))

    @handles("trial.atomic", atomic=True)
    def atomic(number: int) -> None:
        append(action="trial.effect", subject=("trial", str(number)))


def promise(count: int) -> None:
    from django.db import transaction

    from procedures.jobs import services

    for number in range(count):
        kind = "trial.atomic" if number % 10 == 9 else "trial.slow"
        with transaction.atomic():
            services.add(kind=kind, key=f"trial:{number}", payload={"number": number})


def work() -> None:
    from config import celery_app

    options = ["--pool=prefork", "--concurrency=1", "--beat", f"--schedule={VAR / 'beat'}", "--loglevel=WARNING"]
    celery_app.worker_main(["worker", *options, "--without-gossip", "--without-mingle"])


if __name__ == "__main__":
    django.setup()
    declare()
    if sys.argv[1] == "promise":
        promise(int(sys.argv[2]))
    else:
        work()
