"""Which function does which kind of work: each app says so in its own `work.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.utils.module_loading import autodiscover_modules

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Work:
    """`atomic`: the function and the job's end are one transaction, so its effect in the database happens once."""

    kind: str
    function: Callable[..., Any]
    atomic: bool
    daily: bool


class UnknownKind(LookupError):
    """No installed app does this kind of work."""


_declared: dict[str, Work] = {}


def handles(kind: str, *, atomic: bool = False, daily: bool = False) -> Callable[[Function], Function]:
    """Declare a function of the payload as what does jobs of `kind`; `daily` adds such a job every day by itself.

    A function that is not atomic may be run again after a crash: it does its long part first and writes what counts
    inside `services.final_act()`, or looks first whether its effect is there.
    """

    def declare(function: Function) -> Function:
        if _declared.get(kind) not in (None, Work(kind, function, atomic, daily)):
            raise ValueError(f"Two functions do jobs of kind {kind!r}.")
        _declared[kind] = Work(kind, function, atomic, daily)
        return function

    return declare


def work_for(kind: str) -> Work:
    """Raises UnknownKind where no app declares it: the job is kept, tried again and shown as dead."""
    _discover()
    try:
        return _declared[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def daily_kinds() -> tuple[str, ...]:
    _discover()
    return tuple(sorted(kind for kind, work in _declared.items() if work.daily))


@cache
def _discover() -> None:
    autodiscover_modules("work")
