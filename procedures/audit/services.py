"""Append to the audit chain, and sign its head."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from procedures.audit import chain, keys
from procedures.audit.models import Entry, Head

CHAIN_LOCK = 0x7461_6B77  # "takw": the one lock that orders every writer on PostgreSQL


def append(
    *, action: str, subject: tuple[str, str] | Model, actor: Any = None, data: dict[str, Any] | None = None
) -> Entry:
    """Append one entry inside the caller's transaction: it stands or falls with the change it tells of.

    `actor` is the account, or None where the engine acts. `data` holds ids and codes, never a person's data.
    Call it after the caller's row locks are taken: the chain's lock is held until the transaction ends.
    """
    with transaction.atomic(savepoint=False):
        _wait_for_turn()
        last = Entry.objects.order_by("-seq").values("seq", "digest", "at").first()
        entry = Entry(
            seq=last["seq"] + 1 if last else 1,
            at=_later_than(last["at"] if last else None),
            actor=actor.pk if actor is not None else None,
            action=action,
            data=chain.plain(data or {}),
            previous=last["digest"] if last else chain.BEGINNING,
        )
        entry.subject_type, entry.subject_id = name_of(subject)
        entry.digest = chain.digest(
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor,
            action=action,
            subject=(entry.subject_type, entry.subject_id),
            data=entry.data,
            previous=entry.previous,
        )
        entry.save(force_insert=True)
    return entry


def change(held: Model, new: dict[str, Any], *, action: str, actor: Any, **codes: Any) -> bool:
    """Give a locked row the values that differ, and record what each was and is; whether anything changed.

    For what is nobody's own: names of offices, places, specialities. `codes` are recorded beside the values.
    """
    was = {name: getattr(held, name) for name, value in new.items() if getattr(held, name) != value}
    if not was:
        return False
    now = {name: new[name] for name in was}
    for name, value in now.items():
        setattr(held, name, value)
    held.save(update_fields=list(now))
    append(action=action, subject=held, actor=actor, data=codes | {"was": was, "now": now})
    return True


def name_of(subject: tuple[str, str] | Model) -> tuple[str, str]:
    """How the chain names an object: ("cases.case", "12")."""
    return (subject._meta.label_lower, str(subject.pk)) if isinstance(subject, Model) else subject


def sign_head() -> Head | None:
    """Sign the last entry's digest and keep it in the database and in a file; None while the chain is empty.

    Raises `keys.NoKey` where the site has no audit key yet.
    """
    with transaction.atomic():
        last = Entry.objects.order_by("-seq").first()
        if last is None:
            return None
        key = keys.signing_key()
        now = timezone.now()
        head = Head(seq=last.seq, digest=last.digest, signed_at=now, key_id=keys.identifier(key.public_key()))
        head.signature = key.sign(keys.statement(last.seq, last.digest, now))
        head.save(force_insert=True)
    _write_down(head)
    return head


def _write_down(head: Head) -> None:
    """A copy outside the database, for whoever can rewrite the database can also empty its table of heads."""
    path = settings.VAR / "audit" / "heads.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {
        "seq": head.seq,
        "digest": head.digest,
        "signed_at": head.signed_at.isoformat(),
        "key_id": head.key_id,
        "signature": bytes(head.signature).hex(),
    }
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n")


def _wait_for_turn() -> None:
    """One writer at a time; SQLite's IMMEDIATE transactions already are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def _later_than(last: datetime | None) -> datetime:
    """Now, or the last entry's moment where the clock was set back: time never runs backward in the chain."""
    now = timezone.now()
    return max(now, last) if last else now
