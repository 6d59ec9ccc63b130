"""Two tabs, or two devices, on one page: nobody's answers are overwritten unseen; both are shown, and one is chosen."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from procedures.wizard.changes import changed_since, differing, seen_version, sender_of
from procedures.wizard.pages import Page
from procedures.wizard.storage import DraftStorage, whole_answers

if TYPE_CHECKING:
    from procedures.wizard.views import StepView


class Difference(NamedTuple):
    label: str
    saved: str
    typed: str


def is_stale(storage: DraftStorage, step: str, posted: QueryDict, data: MultiValueDict[str, str]) -> bool:
    """Whether others changed an answer since the sender saw it; the same answer twice is no conflict."""
    page = storage.draft.typed.get(step)
    if not page:
        return False
    window = sender_of(posted)[1]
    different = differing(page["data"], dict(data.lists()))
    return bool(changed_since(page, different, seen=seen_version(posted), window=window))


def both_versions(view: "StepView", step: str) -> HttpResponse:
    """409: what is saved beside what was typed here, and a button for each."""
    data = whole_answers(view.request.POST, view.plan.steps[step], view.draft.typed.get(step))
    view.storage.current_step = step
    view.storage.draft = view.draft
    saved, typed = view.plan.page(step), view.page_of(step, data)
    return view.show(
        "wizard/stale.html",
        status=409,
        differences=list(_differences(saved, typed)),
        hidden=[(name, value) for name, values in data.lists() for value in values],
        shown=view.request.POST.get("shown", ""),
        step_url=view.get_step_url(step),
    )


def _differences(saved: Page, typed: Page) -> Iterator[Difference]:
    before, after = _written(saved), _written(typed)
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if (old and old[1]) != (new and new[1]):
            label = (old or new or ("", ""))[0]
            yield Difference(label, old[1] if old else "", new[1] if new else "")


def _written(page: Page) -> dict[str, tuple[str, str]]:
    return {bound.html_name: (str(bound.label), _in_words(bound)) for form in page.every_form() for bound in form}


def _in_words(bound: Any) -> str:
    """A value as typed; a choice by its label."""
    value = bound.value()
    values = value if isinstance(value, list | tuple) else [value]
    labels = {str(key): str(label) for key, label in getattr(bound.field, "choices", ()) if not isinstance(label, list)}
    return ", ".join(labels.get(str(each), str(each)) for each in values if each not in (None, ""))
