"""The acts that may be done to many cases: each calls the service of the engine that does it to one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from procedures.cases import services
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.cases.selectors import visible_to
from procedures.inboxes import services as inboxes

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    code: str
    perform: Callable[[Case, Any, Given], object]
    recent: bool = False  # asks that the person has proved who they are a moment ago


def _assign(case: Case, by: Any, given: Given) -> object:
    to = get_user_model().objects.filter(pk=given["to"]).first() if given.get("to") else None
    return services.assign(case=case, by=by, to=to)


def _accept(case: Case, by: Any, given: Given) -> object:
    return services.accept_completeness(case=case, by=by, version=case.version, note=str(given.get("note", "")))


def _correct(case: Case, by: Any, given: Given) -> object:
    items, note = given["items"], str(given.get("note", ""))
    return services.ask_correction(case=case, by=by, version=case.version, items=items, note=note)


def _sign(case: Case, by: Any, _given: Given) -> object:
    return services.sign(case=case, by=by, version=case.version)


def _follow(case: Case, by: Any, _given: Given) -> object:
    if not visible_to(by).filter(pk=case.pk).exists():
        raise NotAllowed
    return inboxes.follow(case=case, by=by)


ACTS = {
    act.code: act
    for act in (
        Act("assign", _assign),
        Act("accept_completeness", _accept),
        Act("ask_correction", _correct),
        Act("sign", _sign, recent=True),
        Act("follow", _follow),
    )
}
