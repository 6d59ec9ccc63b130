"""The registry, the commands and the system check over what is installed."""

import io
import json
from types import SimpleNamespace

import pluggy
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from procedures import hookspecs, registry, system_checks
from procedures.checks.faults import Fault
from tests.procedures.words.factories import nights_fit, trip

CODE = "foreign_certificate_equivalence"


def manager_of(*plugins: object) -> pluggy.PluginManager:
    manager = pluggy.PluginManager("takwin")
    manager.add_hookspecs(hookspecs)
    for plugin in plugins:
        manager.register(plugin)
    return manager


def plugin(procedure: object) -> object:
    return SimpleNamespace(register_procedure=hookspecs.hookimpl(lambda: procedure))


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch):
    def install(*plugins: object) -> None:
        monkeypatch.setattr(registry, "plugin_manager", lambda: manager_of(*plugins))
        registry.procedures.cache_clear()

    yield install
    registry.procedures.cache_clear()


def test_a_code_that_nobody_has_is_unknown() -> None:
    with pytest.raises(registry.UnknownProcedure):
        registry.procedure("nothing")


def test_procedures_come_sorted_by_code(installed) -> None:
    installed(plugin(trip(code="b")), plugin(trip(code="c")), plugin(trip(code="a")))
    assert list(registry.procedures()) == ["a", "b", "c"]


def test_two_procedures_of_one_code_refuse_to_start(installed) -> None:
    installed(plugin(trip()), plugin(trip()))
    with pytest.raises(ImproperlyConfigured, match="Two plugins"):
        registry.procedures()
    assert "Two plugins" in system_checks.procedures_are_sound()[0].msg


def test_a_circular_adds_a_rule_to_somebody_elses_procedure(installed) -> None:
    circular = SimpleNamespace(procedure_rules=hookspecs.hookimpl(lambda procedure: [nights_fit]))
    installed(plugin(trip(rules=())), circular)
    assert registry.procedure("trip").rules == (nights_fit,)


def test_a_hook_that_nobody_knows_is_refused() -> None:
    manager = manager_of(SimpleNamespace(case_filed=hookspecs.hookimpl(lambda case_id: None)))
    with pytest.raises(pluggy.PluginValidationError):
        manager.check_pending()


def test_every_hook_says_what_it_is_for_and_there_are_few() -> None:
    hooks = [value for name, value in vars(hookspecs).items() if getattr(value, "takwin_spec", None)]
    assert 0 < len(hooks) <= 27
    assert all(hook.__doc__ for hook in hooks)


def test_faults_become_system_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_checks, "faults_of_all", lambda: (Fault("trip", "fee", "Wrong."),))
    assert [message.msg for message in system_checks.procedures_are_sound()] == ["trip: Wrong."]


@pytest.mark.django_db
def test_the_installed_procedures_have_no_fault() -> None:
    out = io.StringIO()
    call_command("procedure", "check", CODE, stdout=out)
    assert f"{CODE}: no fault." in out.getvalue()


def test_a_code_that_is_not_installed_is_answered_with_those_that_are() -> None:
    with pytest.raises(CommandError, match=CODE):
        call_command("procedure", "check", "nothing")


def test_the_list_is_for_people_and_for_machines() -> None:
    out = io.StringIO()
    call_command("procedure", "list", "--json", stdout=out)
    row = next(row for row in json.loads(out.getvalue()) if row["code"] == CODE)
    assert (row["prefix"], row["documents"]) == ("EQV", {"equivalence": 26})
    assert row["title"]["ar"] == "معادلة شهادة تكوين مهني أجنبية"
    call_command("procedure", "list", stdout=out)
    assert "EQV  foreign_certificate_equivalence  1.0" in out.getvalue()
