"""Promise work, do it, sweep up what was left: the outbox."""

import logging
import time
import traceback
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.jobs import leases
from procedures.jobs.leases import LeaseLost, final_act
from procedures.jobs.models import Job
from procedures.jobs.registry import daily_kinds, work_for

__all__ = ["add", "add_daily", "final_act", "held", "postpone", "release", "retry", "run", "sweep"]

logger = logging.getLogger(__name__)
MOST_TRIES = 6
BACKOFF = timedelta(seconds=8)  # doubled with every failure


def add(*, kind: str, key: str, payload: dict[str, Any], run_after: datetime | None = None) -> Job:
    """Promise a piece of work inside the caller's transaction. A key that was promised before is promised once.

    `payload` holds ids only. A worker is told on commit; a broker that is down costs a second of delay, no error.
    """
    waiting = _waiting.get()
    if waiting is not None and Job.objects.filter(key=key).exists():
        return Job.objects.get(key=key)
    with transaction.atomic(savepoint=False):
        due = run_after or (waiting.until if waiting else None)
        wanted = Job(kind=kind, key=key, payload=payload, run_after=due or timezone.now())
        Job.objects.bulk_create([wanted], ignore_conflicts=True)
        job = Job.objects.get(key=key)
        if waiting is not None:
            waiting.promised.append(job.pk)
        if job.state == Job.State.NEW and due is None:
            transaction.on_commit(lambda: _tell_a_worker(job.pk), robust=True)
    return job


@dataclass
class Waiting:
    until: datetime | None
    promised: list[int] = field(default_factory=list)


_waiting: ContextVar[Waiting | None] = ContextVar("waiting", default=None)


@contextmanager
def held(until: datetime | None) -> Iterator[list[int]]:
    """What the block promises is due at that moment and not before, so that until then it can be taken back.

    Gives the ids of the jobs. Without a moment they are due at once, as ever.
    """
    waiting = Waiting(until)
    token = _waiting.set(waiting)
    try:
        yield waiting.promised
    finally:
        _waiting.reset(token)


def postpone(promised: Collection[int], until: datetime) -> None:
    """Let jobs that have not begun wait longer."""
    Job.objects.filter(pk__in=promised, state=Job.State.NEW).update(run_after=until)


def release(promised: Collection[int]) -> None:
    """Let jobs that wait begin now."""
    postpone(promised, timezone.now())


def run(job_id: int) -> bool:
    """Do a job if it is due and nobody does it; True when it was done here. What the work raises is kept with it."""
    lease = leases.claim(job_id)
    if lease is None:
        return False
    job = Job.objects.get(pk=job_id)
    if job.tries > leases.MOST_CLAIMS:
        return _bury(lease, "its worker died too often")
    held = leases.current.set(lease)
    try:
        with leases.renewed(lease):
            _do(job, lease)
    except LeaseLost:
        logger.warning("job %s (%s) was taken over by another worker", job.pk, job.kind)
        return False
    except Exception as error:  # noqa: BLE001 - whatever the work raises is kept with the job and tried again
        _put_back(job, lease, error)
        return False
    finally:
        leases.current.reset(held)
    return True


def sweep(*, seconds: float = 30.0, kinds: Collection[str] = ()) -> int:
    """Do every due job for at most `seconds`, oldest first, and return how many were done. One query when idle."""
    _every_day()
    done, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        waiting = Job.objects.filter(leases.due()).order_by("run_after", "pk")
        if kinds:
            waiting = waiting.filter(kind__in=kinds)
        batch = list(waiting.values_list("pk", flat=True)[:20])
        if not batch:
            break
        for pk in batch:
            done += run(pk)
            if time.monotonic() >= until:
                break
    return done


def retry(*, job: Job) -> None:
    """Give a dead job its tries again."""
    Job.objects.filter(pk=job.pk, state=Job.State.DEAD).update(
        state=Job.State.NEW, tries=0, run_after=timezone.now(), lease=None, lease_until=None
    )


def add_daily(day: date) -> None:
    """Promise the work of a day, once however many processes ask."""
    for kind in daily_kinds():
        add(kind=kind, key=f"{kind}:{day}", payload={"day": day.isoformat()})


def _do(job: Job, lease: leases.Lease) -> None:
    work = work_for(job.kind)
    if work.atomic:
        with final_act():
            work.function(**job.payload)
        return
    work.function(**job.payload)
    if not lease.ended:
        leases.end(lease)


def _put_back(job: Job, lease: leases.Lease, error: Exception) -> None:
    """Wait longer after each failure, then give up where people see it. An error's text may hold a name: not kept."""
    told = f"{type(error).__name__} at {_place(error)}"
    logger.error("job %s (%s) failed, try %s: %s", job.pk, job.kind, job.tries, told)
    dead = job.tries >= MOST_TRIES
    Job.objects.filter(pk=job.pk, lease=lease.token).update(
        state=Job.State.DEAD if dead else Job.State.NEW,
        run_after=timezone.now() + BACKOFF * 2 ** (job.tries - 1),
        lease=None,
        lease_until=None,
        error=told,
    )


def _bury(lease: leases.Lease, why: str) -> bool:
    Job.objects.filter(pk=lease.job, lease=lease.token).update(
        state=Job.State.DEAD, lease=None, lease_until=None, error=why
    )
    return False


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"


def _tell_a_worker(job_id: int) -> None:
    from procedures.jobs import tasks  # tasks import this module

    try:
        tasks.run.apply_async((job_id,), retry=False)
    except Exception as error:  # noqa: BLE001 - a hint is a courtesy: the sweeper finds the job without it
        logger.warning("no hint for job %s: %s", job_id, type(error).__name__)


_last_day: date | None = None


def _every_day() -> None:
    """Once a process and day; the jobs' keys make it once for all processes."""
    global _last_day
    today = timezone.localdate()
    if _last_day != today:
        add_daily(today)
        _last_day = today
