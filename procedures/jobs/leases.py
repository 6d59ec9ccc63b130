"""A lease on a job: taken by compare-and-swap, renewed while the work lasts, and checked when its effect is written."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, connections, transaction
from django.db.models import F, Q
from django.utils import timezone

from procedures.jobs.models import Job

MOST_CLAIMS = 20  # a job whose worker dies this often is what kills it


class LeaseLost(Exception):
    """Another worker holds the job now; what this one wrote in the same transaction is taken back."""


@dataclass
class Lease:
    job: int
    token: uuid.UUID
    ended: bool = False


current: ContextVar[Lease | None] = ContextVar("lease", default=None)


def length() -> timedelta:
    return timedelta(seconds=settings.TAKWIN_JOB_LEASE_SECONDS)


def due() -> Q:
    """Jobs that wait and may start, and those whose worker has not been heard of for a lease's length."""
    now = timezone.now()
    return Q(state=Job.State.NEW, run_after__lte=now) | Q(state=Job.State.RUNNING, lease_until__lte=now)


def claim(job_id: int) -> Lease | None:
    """One UPDATE decides who works: None where the job is done, not due, or somebody else's."""
    token = uuid.uuid4()
    taken = Job.objects.filter(due(), pk=job_id).update(
        state=Job.State.RUNNING, lease=token, lease_until=timezone.now() + length(), tries=F("tries") + 1
    )
    return Lease(job_id, token) if taken else None


def end(lease: Lease) -> None:
    """Mark the job done, inside the transaction of its effect. Raises LeaseLost where it is no longer ours."""
    now = timezone.now()
    ended = Job.objects.filter(pk=lease.job, lease=lease.token, state=Job.State.RUNNING).update(
        state=Job.State.DONE, done_at=now, lease=None, lease_until=None, error=""
    )
    if not ended:
        raise LeaseLost(lease.job)
    lease.ended = True


@contextmanager
def final_act() -> Iterator[None]:
    """In a job's function: what is written inside commits together with the job's end, or not at all.

    Outside a job it is a plain transaction. Raises LeaseLost where another worker has taken the job over.
    """
    lease = current.get()
    with transaction.atomic():
        if lease is not None:
            end(lease)
        yield


@contextmanager
def renewed(lease: Lease) -> Iterator[None]:
    """Renew the lease from a thread while the block runs: long work outlives no lease, a killed process renews none."""
    over = threading.Event()
    thread = threading.Thread(target=_renew, args=(lease, over), name=f"lease of job {lease.job}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _renew(lease: Lease, over: threading.Event) -> None:
    try:
        while not over.wait(length().total_seconds() / 4):
            try:
                Job.objects.filter(pk=lease.job, lease=lease.token).update(lease_until=timezone.now() + length())
            except OperationalError:
                continue  # the database is busy with a long transaction: the next turn comes soon
    finally:
        connections.close_all()
