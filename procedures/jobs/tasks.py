"""What a Celery worker is told: hints only. Losing every message loses time, never work."""

from celery import shared_task

from procedures.jobs import services


@shared_task(name="procedures.jobs.tasks.run", ignore_result=True)  # type: ignore[untyped-decorator] # celery is untyped
def run(job_id: int) -> None:
    services.run(job_id)


@shared_task(name="procedures.jobs.tasks.sweep", ignore_result=True, expires=10)  # type: ignore[untyped-decorator] # as above
def sweep() -> None:
    services.sweep()
