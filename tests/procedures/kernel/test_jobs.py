"""The outbox: promised once, done once, tried again, given up where people see it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures.jobs import leases, registry, services
from procedures.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """Kinds of work that exist in this test only, and what they did."""
    did: list[int] = []
    registry._discover()
    monkeypatch.setattr(registry, "_declared", dict(registry._declared))
    monkeypatch.setattr(services, "_last_day", timezone.localdate())
    registry.handles("test.note")(lambda number: did.append(number))
    registry.handles("test.fail")(lambda number: 1 // 0)
    return did


def promise(kind="test.note", key="1", number=1, **more):
    return services.add(kind=kind, key=key, payload={"number": number}, **more)


def test_a_promise_is_kept_once_however_often_it_is_made(done):
    assert promise().pk == promise().pk
    assert services.sweep() == 1
    assert services.sweep() == 0
    promise()
    assert services.sweep() == 0
    assert done == [1]


def test_work_that_was_promised_in_a_transaction_that_failed_was_never_promised(done):
    with transaction.atomic():
        promise()
        transaction.set_rollback(True)
    assert services.sweep() == 0


def test_a_failure_is_tried_again_later_each_time_and_then_given_up(done):
    job = promise(kind="test.fail")
    waits = []
    for _ in range(services.MOST_TRIES):
        before = timezone.now()
        services.sweep()
        job.refresh_from_db()
        waits.append(round((job.run_after - before).total_seconds()))
        Job.objects.filter(pk=job.pk).update(run_after=timezone.now())
    assert waits[:4] == [8, 16, 32, 64]
    assert job.state == Job.State.DEAD
    assert job.error.startswith("ZeroDivisionError at ")
    assert services.sweep() == 0


def test_a_dead_job_is_listed_and_gets_its_tries_again(done):
    job = promise(kind="test.fail")
    Job.objects.filter(pk=job.pk).update(state=Job.State.DEAD, tries=6)
    out = StringIO()
    call_command("jobs", "list", "--dead", stdout=out)
    assert f"{job.pk}  dead  test.fail" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("jobs", "retry", "999")
    call_command("jobs", "retry", str(job.pk), stdout=out)
    job.refresh_from_db()
    assert (job.state, job.tries) == (Job.State.NEW, 0)


def test_work_of_an_unknown_kind_waits_and_is_shown(done):
    promise(kind="test.nobody_does_this")
    services.sweep()
    assert "UnknownKind" in Job.objects.get().error


def test_a_job_that_someone_does_is_nobody_elses_until_the_lease_ends(done):
    job = promise()
    lease = leases.claim(job.pk)
    assert leases.claim(job.pk) is None
    assert services.run(job.pk) is False
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert services.run(job.pk) is True
    assert done == [1]
    with pytest.raises(leases.LeaseLost), transaction.atomic():
        leases.end(lease)


def test_the_effect_of_a_worker_that_lost_its_lease_is_taken_back(done):
    def slow(number):
        with services.final_act():
            pass
        done.append(number)

    def overtaken(number):
        Job.objects.update(lease=None, lease_until=timezone.now())
        with services.final_act():
            promise(key="effect")

    registry.handles("test.slow")(slow)
    registry.handles("test.overtaken")(overtaken)
    overtaken_job, slow_job = promise(kind="test.overtaken"), promise(kind="test.slow", key="2")
    assert services.run(overtaken_job.pk) is False
    assert services.run(slow_job.pk) is True
    assert not Job.objects.filter(key="effect").exists()
    assert Job.objects.get(key="2").state == Job.State.DONE
    assert Job.objects.get(key="1").state == Job.State.RUNNING


def test_atomic_work_that_fails_leaves_nothing_behind(done):
    def half(number):
        promise(key="half of it")
        raise ValueError

    registry.handles("test.half", atomic=True)(half)
    promise(kind="test.half")
    services.sweep()
    assert not Job.objects.filter(key="half of it").exists()
    assert Job.objects.get().state == Job.State.NEW


def test_a_job_that_kills_every_worker_is_given_up(done):
    job = promise()
    Job.objects.filter(pk=job.pk).update(
        tries=leases.MOST_CLAIMS, state=Job.State.RUNNING, lease_until=timezone.now() - timedelta(seconds=1)
    )
    services.sweep()
    assert Job.objects.get().state == Job.State.DEAD
    assert done == []


def test_a_broker_that_is_down_is_no_error(done, monkeypatch, django_capture_on_commit_callbacks):
    from procedures.jobs import tasks

    def refuse(*args, **options):
        raise OSError("no broker")

    monkeypatch.setattr(tasks.run, "apply_async", refuse)
    with django_capture_on_commit_callbacks(execute=True) as told:
        promise()
    assert len(told) == 1
    assert services.sweep() == 1


def test_later_work_waits_for_its_time(done):
    promise(run_after=timezone.now() + timedelta(hours=1))
    assert services.sweep() == 0


def test_an_idle_sweep_costs_one_query(done):
    services.sweep()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.sweep()
    assert len(queries) == 1


def test_the_command_does_what_is_due_and_only_the_kinds_asked_for(done):
    promise()
    promise(kind="test.fail", key="2")
    call_command("work", "--once", "--kinds", "test.note", verbosity=0)
    assert done == [1]
    assert Job.objects.get(key="2").tries == 0


def test_the_work_of_a_day_is_promised_once(done):
    registry.handles("test.daily", daily=True)(lambda day: done.append(day))
    services.add_daily(timezone.localdate())
    services.add_daily(timezone.localdate())
    assert Job.objects.filter(kind="test.daily").count() == 1


def test_two_functions_for_one_kind_are_refused(done):
    with pytest.raises(ValueError, match="Two functions"):
        registry.handles("test.note")(lambda number: None)
