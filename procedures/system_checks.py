"""Faults of procedures as Django's own checks, so that a site does not start with one."""

from collections.abc import Iterable
from typing import Any

import pluggy
from django.core import checks as django_checks
from django.core.exceptions import ImproperlyConfigured

from procedures.checks import faults_of_all
from procedures.registry import procedures


@django_checks.register("takwin")
def procedures_are_sound(**kwargs: Any) -> Iterable[django_checks.CheckMessage]:
    """One error for each fault; a hook that nobody knows or a code that stands twice is one too."""
    try:
        procedures()
    except (pluggy.PluginValidationError, ImproperlyConfigured) as wrong:
        return [django_checks.Error(str(wrong), id="takwin.E001")]
    return [
        django_checks.Error(f"{fault.procedure}: {fault.sentence}", obj=fault.address, id="takwin.E002")
        for fault in faults_of_all()
    ]
