"""Every procedure that is installed, by its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType, ModuleType

import pluggy
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from procedures import hookspecs
from procedures.definition import Procedure


class UnknownProcedure(KeyError):
    """No plugin that is loaded has this code."""


@cache
def plugin_manager() -> pluggy.PluginManager:
    """The plugins, and every app of ours that has a `hooks.py`; raises PluginValidationError on a hook nobody knows."""
    manager = pluggy.PluginManager("takwin")
    manager.add_hookspecs(hookspecs)
    for module in _listeners():
        manager.register(module, name=module.__name__)
    manager.check_pending()
    return manager


@cache
def procedures() -> Mapping[str, Procedure]:
    """Every procedure by code, sorted; raises ImproperlyConfigured where two share a code."""
    manager = plugin_manager()
    found: dict[str, Procedure] = {}
    for procedure in manager.hook.register_procedure():
        if procedure.code in found:
            raise ImproperlyConfigured(f"Two plugins register the procedure {procedure.code}. Remove one of them.")
        found[procedure.code] = _with_rules_of_circulars(procedure, manager)
    return MappingProxyType(dict(sorted(found.items())))


def services_for_people() -> Mapping[str, Procedure]:
    """Those that people file, without what the authority opens: what public pages and lists show."""
    return {code: each for code, each in procedures().items() if not each.is_opened_by_authority}


def roles_that_open() -> frozenset[str]:
    """Roles in which officers open files of the authority, in the procedures that are installed."""
    opened = (each for each in procedures().values() if each.is_opened_by_authority and each.open)
    return frozenset(role for each in opened for applicant in each.applicants for role in applicant.roles)


def procedure(code: str) -> Procedure:
    """The procedure of this code as its plugin wrote it; raises UnknownProcedure."""
    try:
        return procedures()[code]
    except KeyError:
        raise UnknownProcedure(code) from None


def _listeners() -> Iterator[ModuleType]:
    for plugin in settings.TAKWIN_PLUGINS:
        yield import_module(f"{plugin}.procedure")
    for app in apps.get_app_configs():
        if app.name not in settings.TAKWIN_PLUGINS and find_spec(f"{app.name}.hooks"):
            yield import_module(f"{app.name}.hooks")


def _with_rules_of_circulars(procedure: Procedure, manager: pluggy.PluginManager) -> Procedure:
    added = [rule for rules in manager.hook.procedure_rules(procedure=procedure.code) for rule in rules or ()]
    if not added:
        return procedure
    return replace(procedure, rules=(*procedure.rules, *sorted(added, key=lambda rule: rule.code)))
