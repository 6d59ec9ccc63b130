"""T10: the audit chain finds and locates every tampering, refuses to be changed, and shows that its tail was cut."""

import random
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from procedures.audit import chain, guards, services
from procedures.audit.models import Entry, Head
from procedures.audit.verify import verify_chain

pytestmark = [pytest.mark.trust, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _keys_of_its_own(tmp_path, settings):
    settings.TAKWIN_KEYS, settings.VAR = tmp_path / "keys", tmp_path


def write(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            services.append(action="case.read", subject=("cases.case", str(number % 50)), data={"n": number})


def unguarded():
    """As someone who owns the database: without the triggers, inside a transaction that is taken back."""
    with connection.schema_editor() as editor:
        guards.remove(editor)


def guarded():
    with connection.schema_editor() as editor:
        guards.install(editor)


def edit(rows, draw):
    row = draw.choice(rows)
    field, value = draw.choice([("action", "case.sign"), ("actor", 999), ("subject_id", "x"), ("data", {"n": -1})])
    Entry.objects.filter(pk=row.pk).update(**{field: value})
    return {row.seq}


def delete(rows, draw):
    row = draw.choice(rows[:-1])
    Entry.objects.filter(pk=row.pk).delete()
    return {row.seq + 1}


def swap(rows, draw):
    one, other = draw.sample(rows, 2)
    Entry.objects.filter(pk=one.pk).update(seq=10**9)
    Entry.objects.filter(pk=other.pk).update(seq=one.seq)
    Entry.objects.filter(pk=one.pk).update(seq=other.seq)
    return {one.seq, other.seq}


def insert(rows, draw):
    """A forged entry with a digest of its own, in the place of one that is pushed out."""
    row = draw.choice(rows[:-1])
    told = {"seq": row.seq, "at": row.at, "actor": 7, "action": "case.sign", "data": {}, "previous": row.previous}
    digest = chain.digest(subject=("cases.case", "1"), **told)
    Entry.objects.filter(pk=row.pk).delete()
    Entry.objects.create(subject_type="cases.case", subject_id="1", digest=digest, **told)
    return {row.seq + 1}


def set_time(rows, draw):
    row = draw.choice(rows)
    Entry.objects.filter(pk=row.pk).update(at=row.at + timedelta(seconds=draw.choice([-3600, 1, 86400])))
    return {row.seq}


def test_every_tampering_is_found_where_it_happened(full):
    seed = random.SystemRandom().randrange(10**6)
    draw, count = random.Random(seed), 200 if full else 40
    print(f"seed {seed}")
    write(60)
    unguarded()
    try:
        found = 0
        for number in range(count):
            tamper = (edit, delete, swap, insert, set_time)[number % 5]
            with transaction.atomic():
                touched = tamper(list(Entry.objects.order_by("seq")), draw)
                faults = {fault.seq for fault in verify_chain().faults if fault.kind != "unguarded"}
                transaction.set_rollback(True)
            assert touched <= faults, f"{tamper.__name__} at {touched}, found {faults}, seed {seed}"
            found += 1
    finally:
        guarded()
    print(f"{found} of {count} tamperings found and located")
    assert verify_chain().faults == ()


@pytest.mark.parametrize("table", [Entry, Head])
def test_what_was_written_cannot_be_changed_or_removed(table):
    write(2)
    call_command("audit", "key", verbosity=0)
    call_command("audit", "seal", verbosity=0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        table.objects.update(seq=5)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        table.objects.all().delete()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table._meta.db_table} CASCADE")
    assert verify_chain().faults == ()


def test_a_missing_trigger_is_reported():
    unguarded()
    try:
        assert {fault.kind for fault in verify_chain().faults} == {"unguarded"}
    finally:
        guarded()


def test_a_tail_that_was_cut_is_shown_by_the_signed_head_even_when_the_heads_were_cut_too():
    write(10)
    call_command("audit", "key", verbosity=0)
    call_command("audit", "seal", verbosity=0)
    assert verify_chain().faults == ()
    unguarded()
    try:
        with transaction.atomic():
            Entry.objects.filter(seq__gt=7).delete()
            Head.objects.all().delete()
            faults = [fault for fault in verify_chain().faults if fault.kind != "unguarded"]
            with pytest.raises(CommandError):
                call_command("audit", "verify")
            transaction.set_rollback(True)
    finally:
        guarded()
    assert [(fault.seq, fault.kind) for fault in faults] == [(7, "cut")]


def test_a_chain_rewritten_from_end_to_end_does_not_match_its_signed_head():
    write(5)
    call_command("audit", "key", verbosity=0)
    call_command("audit", "seal", verbosity=0)
    unguarded()
    try:
        with transaction.atomic():
            _rewrite()
            faults = [fault for fault in verify_chain().faults if fault.kind != "unguarded"]
            transaction.set_rollback(True)
    finally:
        guarded()
    assert {(fault.seq, fault.kind) for fault in faults} == {(5, "rewritten")}


def test_a_forged_head_is_told_from_a_signed_one():
    write(1)
    call_command("audit", "key", verbosity=0)
    last = Entry.objects.get()
    Head.objects.create(
        seq=1, digest=last.digest, signed_at=timezone.now(), key_id="0" * 16, signature=b"nobody signed this"
    )
    assert [fault.kind for fault in verify_chain().faults] == ["forged_head"]


def test_the_site_without_a_key_is_told_how_to_make_one():
    write(1)
    with pytest.raises(CommandError, match="audit key"):
        call_command("audit", "seal")


def test_a_float_is_refused_because_databases_write_it_differently():
    with pytest.raises(TypeError):
        services.append(action="x", subject=("a", "1"), data={"n": 0.1})
    assert not Entry.objects.exists()


def test_writers_at_once_make_one_chain_fast_enough(full):
    from concurrent.futures import ThreadPoolExecutor

    each, writers = (500 if full else 100), 4

    def append_some(writer: int) -> None:
        try:
            for number in range(each):
                services.append(action="case.read", subject=("cases.case", str(number)), data={"w": writer})
        finally:
            connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(append_some, range(writers)))
    pace = each * writers / (time.perf_counter() - began)
    print(f"{pace:.0f} appends a second by {writers} writers")
    checked = verify_chain()
    assert (checked.entries, checked.faults) == (each * writers, ())


def test_a_long_chain_is_verified_in_seconds(full):
    count = 100_000 if full else 10_000
    _write_long(count)
    began = time.perf_counter()
    checked = verify_chain()
    print(f"{count} entries verified in {time.perf_counter() - began:.1f} s")
    assert (checked.entries, checked.faults) == (count, ())


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="roles exist on PostgreSQL only")
def test_the_role_of_the_portal_may_add_and_read_and_nothing_else():
    write(3)
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS takwin_trial")
        cursor.execute("CREATE ROLE takwin_trial")
    call_command("audit", "grants", "--role", "takwin_trial", "--execute", verbosity=0)
    forbidden = (
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_no_update ON audit_entry",
        "ALTER TABLE audit_entry DROP COLUMN digest",
    )
    try:
        for statement in forbidden:
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
                _as_trial_role(statement)
        with transaction.atomic():
            _as_trial_role("SELECT count(*) FROM audit_entry")
            services.append(action="case.read", subject=("cases.case", "1"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP OWNED BY takwin_trial")
            cursor.execute("DROP ROLE takwin_trial")
    assert verify_chain().faults == ()


def _as_trial_role(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE takwin_trial")
        cursor.execute(statement)


def _rewrite() -> None:
    """As someone who knows how digests are made: change the first entry and forge every digest after it."""
    previous = chain.BEGINNING
    for row in list(Entry.objects.order_by("seq")):
        row.action, row.previous = "case.rewritten", previous
        row.digest = previous = _digest_of(row)
        row.save()


def _digest_of(row: Entry) -> str:
    return chain.digest(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=(row.subject_type, row.subject_id),
        data=row.data,
        previous=row.previous,
    )


def _write_long(count: int) -> None:
    previous, now, rows = chain.BEGINNING, timezone.now(), []
    for seq in range(1, count + 1):
        row = Entry(
            seq=seq,
            at=now,
            action="case.read",
            subject_type="cases.case",
            subject_id="1",
            data={"office": "rd-11", "role": "desk_officer"},
            previous=previous,
        )
        row.digest = previous = _digest_of(row)
        rows.append(row)
    Entry.objects.bulk_create(rows, batch_size=5000)
