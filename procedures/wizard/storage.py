"""formtools' storage over a draft: pages as typed, answers as understood, one compare-and-swap UPDATE a request."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.datastructures import MultiValueDict
from formtools.wizard.storage.base import BaseStorage

from procedures.definition import Step, blocks_of
from procedures.wizard.changes import recorded
from procedures.wizard.models import Draft
from procedures.wizard.services import save_draft
from procedures.wizard.sheets import completed

OURS = {
    "csrfmiddlewaretoken",
    "version",
    "back",
    "later",
    "known",
    "next",
    "add",
    "remove",
    "shown",
    "sender",
    "changed",
    "open",
    "paste",
    "replace",
    "sheet",
}  # of the page, not of the answers

MOST_SIGNS = 200_000  # of one page as typed, names included


class DraftStorage(BaseStorage):
    """Reads and writes `request.draft`, fetched by the view through the one door; writes nothing on a GET."""

    def __init__(self, prefix: str, request: HttpRequest, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.draft: Draft = request.draft  # type: ignore[attr-defined]  # set by the view before formtools runs
        self.changed = False
        self.step: str | None = None
        self.init_data()

    def init_data(self) -> None:
        """formtools keeps its state in `data`; ours is the draft, so that nothing is ever reset to empty."""
        self.data: dict[str, Any] = {
            self.step_key: None,
            self.step_data_key: {},
            self.step_files_key: {},
            self.extra_data_key: {},
        }

    def reset(self) -> None:
        """A draft is ended by filing or discarding it, never by formtools."""

    def get_step_data(self, step: str) -> MultiValueDict[str, str] | None:
        page = self.draft.typed.get(step)
        return MultiValueDict(page["data"]) if page else None

    def set_step_data(self, step: str, cleaned_data: Any) -> None:
        """Keep a page as typed, without the keys that are ours."""
        self.keep(step, cleaned_data)

    def keep(
        self,
        step: str,
        data: Any,
        *,
        shown: list[str] | None = None,
        later: bool = False,
        sender: str = "",
        by: str = "",
    ) -> None:
        """Keep a page as typed.

        `shown` names its questions, `later` says that it was left on purpose; `sender` is the last parcel of a script
        that this page holds, `by` the window whose changes these are (see `changes`).
        """
        page = recorded(self.draft.typed.get(step), as_lists(data), at=self.draft.version + 1, by=by)
        self.draft.typed = self.draft.typed | {step: page | {"shown": shown, "later": later, "sender": sender}}
        self.changed = True

    def update_response(self, response: HttpResponseBase) -> None:
        """Nothing left to write: the view saves before it answers, so that a refused write changes the answer."""

    def save(self) -> None:
        """The one UPDATE; raises StaleDraft."""
        if self.changed:
            save_draft(draft=self.draft)
            self.changed = False


def as_lists(data: Any) -> dict[str, list[str]]:
    """Posted lists without the keys of the page itself, and without the one sign that PostgreSQL cannot keep."""
    lists = data.lists() if isinstance(data, (QueryDict, MultiValueDict)) else data.items()
    return {name: [value.replace("\0", "") for value in values] for name, values in lists if name not in OURS}


def answers_in(posted: QueryDict, step: Step) -> MultiValueDict[str, str]:
    """What answers the questions of a page; other names are nobody's. Raises RequestDataTooBig."""
    prefixes = tuple(f"{block.code}-" for block in blocks_of(step))
    kept = {name: values for name, values in as_lists(posted).items() if name.startswith(prefixes) and "\0" not in name}
    return MultiValueDict(within_reason(kept))


def whole_answers(posted: QueryDict, step: Step, kept: dict[str, Any] | None) -> MultiValueDict[str, str]:
    """The same with the rows that the page showed as a table, out of the page as it is `kept`."""
    data = answers_in(posted, step)
    completed(step, posted, data, kept["data"] if kept else None)
    return data


def within_reason(lists: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same lists; raises RequestDataTooBig where they are longer than a page may be."""
    if sum(len(name) + sum(map(len, values)) for name, values in lists.items()) > MOST_SIGNS:
        raise RequestDataTooBig("A page of answers is longer than any person writes.")
    return lists
