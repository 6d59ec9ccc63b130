"""Identifiers are sealed, found by a blind index, and outlive their keys."""

import json
import os
import signal
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from procedures.audit.models import Entry
from registers.people import rotation, vault
from registers.people.identifiers import GivenIdentifier, WrongIdentifier
from registers.people.models import Identifier
from registers.people.selectors import masked_identifiers, person_with
from registers.people.services import enter_people, reveal_identifier
from tests.registers.factories import an_officer
from tests.registers.people.factories import a_card, a_person, given, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(settings, tmp_path: Path) -> Path:
    """A file of keys of the test's own."""
    settings.TAKWIN_PEOPLE_KEYS = tmp_path / "keys" / "people.json"
    vault.make_pairs(settings.TAKWIN_PEOPLE_KEYS)
    return settings.TAKWIN_PEOPLE_KEYS


def many(count: int) -> list[str]:
    """So many people with a card each; their numbers."""
    numbers = [f"{number:08d}" for number in range(10_000_000, 10_000_000 + count * 31, 31)]
    rows = [given(f"N{number}", "Tounsi", GivenIdentifier("cin", number)) for number in numbers]
    enter_people(imported(), rows=rows)
    return numbers


def stored() -> str:
    """The whole table as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_identifier")
        return repr([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor])


def test_a_number_is_nowhere_in_clear_and_is_found_again():
    person = a_person("Amel", "Tounsi", a_card("01234567"))
    assert "01234567" not in stored()
    assert b"01234567".hex() not in stored()
    assert "01234567" not in json.dumps(list(Entry.objects.values_list("data", flat=True)))
    assert person_with(GivenIdentifier("cin", "0123 45-67")) == person
    assert person_with(GivenIdentifier("cin", "01234568")) is None
    assert "01234567" not in repr(GivenIdentifier("cin", "01234567"))


def test_the_same_number_is_sealed_differently_each_time_and_opens_for_its_own_kind_only():
    here = vault.vault()
    first, second = (here.seal("cin", "TN", "01234567") for _ in range(2))
    assert first.value != second.value
    assert first.index == second.index != here.seal("passport", "FR", "01234567").index
    assert here.open("cin", "TN", first.value, first.key_id) == "01234567"
    with pytest.raises(vault.Unreadable):
        here.open("iuc", "TN", first.value, first.key_id)
    touched = bytes([first.value[0] ^ 1]) + first.value[1:]
    with pytest.raises(vault.Unreadable):
        here.open("cin", "TN", touched, first.key_id)


def test_two_people_never_hold_one_number():
    row = a_person("Amel", "Tounsi", a_card("01234567")).identifiers.get()
    other = a_person("Salma", "Gharbi")
    row.pk, row.person = None, other
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("kind", "number"),
    [("cin", "1234567"), ("cin", "12345678A"), ("iuc", "1234567890"), ("passport", "A1"), ("library_card", "12345678")],
)
def test_a_number_of_another_form_is_refused_without_being_repeated(kind: str, number: str):
    with pytest.raises(WrongIdentifier) as refused:
        GivenIdentifier(kind, number)
    assert number not in str(refused.value)


def test_digits_of_every_script_and_separators_give_one_number():
    assert GivenIdentifier("cin", "٠١٢٣ ٤٥٦٧").number == "01234567"
    assert GivenIdentifier("passport", "a 123-456", "fr") == GivenIdentifier("passport", "A123456", "FR")
    assert GivenIdentifier("residence_card", "ab12345", "FR") == GivenIdentifier("residence", "AB12345")


def test_whoever_sees_a_whole_number_is_on_record():
    officer = an_officer()
    row = a_person("Amel", "Tounsi", a_card("01234567")).identifiers.get()
    assert masked_identifiers([row.person]) == {row.person_id: [("cin", "•••••567")]}
    assert reveal_identifier(identifier=row, by=officer, purpose="check_paper") == "01234567"
    entry = Entry.objects.get(action="people.reveal_identifier")
    assert (entry.actor, entry.subject_id) == (officer.pk, str(row.person_id))
    assert entry.data == {"identifier": row.pk, "kind": "cin", "purpose": "check_paper"}


def test_keys_are_made_once_and_for_their_owner_alone(keys: Path):
    before = keys.read_text()
    assert not vault.make_pairs(keys)
    assert keys.read_text() == before
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.parent.stat().st_mode) == 0o700
    pair = vault.read_pairs(keys)[0]
    assert pair.sealing != pair.indexing
    assert pair.sealing.hex() not in repr(pair)


def test_a_site_without_its_keys_says_so(settings, tmp_path: Path):
    settings.TAKWIN_PEOPLE_KEYS = tmp_path / "people.json"
    with pytest.raises(vault.NoKey):
        a_person("Amel", "Tounsi", a_card())
    (tmp_path / "people.json").write_text('{"pairs": []}')
    with pytest.raises(vault.NoKey):
        vault.vault()


def test_the_command_makes_the_keys_of_people_too(settings, tmp_path: Path, capsys):
    settings.TAKWIN_KEYS, settings.TAKWIN_PEOPLE_KEYS = tmp_path / "keys", tmp_path / "keys" / "people.json"
    call_command("make_keys")
    assert "people.json" in capsys.readouterr().out
    assert vault.vault().current


def test_new_keys_seal_and_find_every_row_and_the_old_ones_can_go(keys: Path, capsys):
    numbers = many(1200)
    old = vault.vault().current.id
    call_command("rotate_keys")
    assert "1200 identifiers are under the new keys" in capsys.readouterr().out
    assert set(Identifier.objects.values_list("key_id", flat=True)) == {vault.vault().current.id} != {old}
    with pytest.raises(CommandError, match="within the hour"):
        call_command("rotate_keys", forget=True)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("rotate_keys", forget=True)
    assert old not in keys.read_text()
    rows = Identifier.objects.order_by("person").values_list("value", "key_id")
    assert [vault.vault().open("cin", "TN", *row) for row in rows] == numbers
    assert person_with(GivenIdentifier("cin", numbers[700])) is not None
    again = enter_people(imported(2), rows=[given(f"N{number}", "Tounsi", a_card(number)) for number in numbers])
    assert not any(entered.made for entered in again)


def test_while_keys_change_a_number_is_found_under_either(keys: Path, monkeypatch):
    numbers = many(700)
    renew = rotation._renew
    monkeypatch.setattr(rotation, "_renew", lambda: 0)
    rotation.rotate()  # the new pair is there, and no row is under it yet
    assert rotation.waiting() == 700
    renew()
    assert rotation.waiting() == 200
    again = enter_people(imported(2), rows=[given(f"N{number}", "Tounsi", a_card(number)) for number in numbers])
    assert not any(entered.made for entered in again)
    pairs = len(vault.read_pairs(keys))
    monkeypatch.setattr(rotation, "_renew", renew)
    assert rotation.rotate() == 200  # goes on: no third pair is made
    assert len(vault.read_pairs(keys)) == pairs == 2
    with pytest.raises(vault.NoKey):
        vault.Vault(vault.read_pairs(keys)[1:]).open("cin", "TN", *Identifier.objects.values_list("value", "key_id")[0])


def test_old_keys_are_not_dropped_while_a_row_needs_them(keys: Path, monkeypatch):
    many(3)
    monkeypatch.setattr(rotation, "_renew", lambda: 0)
    rotation.rotate()
    with time_machine.travel(timezone.now() + timedelta(days=1)), pytest.raises(rotation.StillNeeded):
        rotation.forget()


@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_is_killed_goes_on_where_it_stopped(keys: Path):
    numbers = many(2200)
    connection.close()  # the child opens its own
    child = os.fork()
    if child == 0:
        rotation.rotate(told=lambda done: os.kill(os.getpid(), signal.SIGKILL) if done >= 1000 else None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert rotation.waiting() == 1200
    assert rotation.rotate() == 1200
    assert len(vault.read_pairs(keys)) == 2
    rows = Identifier.objects.order_by("person").values_list("value", "key_id")
    assert [vault.vault().open("cin", "TN", *row) for row in rows] == numbers
