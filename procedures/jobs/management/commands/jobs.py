"""`jobs list | retry`: what waits, what runs, what was given up, and another try for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from procedures.jobs import services
from procedures.jobs.models import Job


class Command(BaseCommand):
    help = "List jobs that are not done, or give dead ones their tries again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("list", "retry"))
        parser.add_argument("ids", nargs="*", type=int, help="retry: the jobs; none means every dead one")
        parser.add_argument("--dead", action="store_true", help="list: only those given up")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        states = [Job.State.DEAD] if options["dead"] else [Job.State.NEW, Job.State.RUNNING, Job.State.DEAD]
        for job in Job.objects.filter(state__in=states).order_by("run_after", "pk"):
            told = f"  {job.error}" if job.error else ""
            self.stdout.write(f"{job.pk}  {job.state}  {job.kind}  {job.key}  try {job.tries}{told}")

    def _retry(self, options: dict[str, Any]) -> None:
        dead = Job.objects.filter(state=Job.State.DEAD)
        if options["ids"]:
            dead = dead.filter(pk__in=options["ids"])
            missing = set(options["ids"]) - set(dead.values_list("pk", flat=True))
            if missing:
                raise CommandError(f"Not dead, or not there: {', '.join(map(str, sorted(missing)))}.")
        jobs = list(dead)
        for job in jobs:
            services.retry(job=job)
        self.stdout.write(f"{len(jobs)} jobs will be tried again.")
