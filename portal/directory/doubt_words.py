"""The kinds and states of doubts in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from registers.structures.doubts.models import Doubt

KINDS: Mapping[str, Any] = {
    Doubt.Kind.UNDECLARED: pgettext_lazy("doubt", "It trains people and is not in the directory"),
    Doubt.Kind.NOT_ACTIVE: pgettext_lazy("doubt", "It is suspended or closed and goes on enrolling"),
    Doubt.Kind.NOT_HOMOLOGATED: pgettext_lazy("doubt", "It announces a homologation that it does not hold"),
    Doubt.Kind.FORBIDDEN_TITLE: pgettext_lazy("doubt", "It promises a university title"),
    Doubt.Kind.WRONG_FACTS: pgettext_lazy("doubt", "Its page says something wrong about it"),
    Doubt.Kind.OTHER: pgettext_lazy("doubt", "Something else"),
}
STATES: Mapping[str, Any] = {
    Doubt.State.RECEIVED: pgettext_lazy("doubt", "Received"),
    Doubt.State.TAKEN_UP: pgettext_lazy("doubt", "Being looked into"),
    Doubt.State.FOUNDED: pgettext_lazy("doubt", "Founded"),
    Doubt.State.UNFOUNDED: pgettext_lazy("doubt", "Not founded"),
}
