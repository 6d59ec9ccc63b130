"""What a page's script sends as answers are given: kept as typed, merged with what other windows changed meanwhile."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from procedures.definition import Group, Step, blocks_of
from procedures.wizard.access import own_draft
from procedures.wizard.changes import changed_since, differing, seen_version, sender_of
from procedures.wizard.services import StaleDraft
from procedures.wizard.storage import answers_in, within_reason

if TYPE_CHECKING:
    from procedures.wizard.views import StepView

Lists = dict[str, list[str]]
TRIES = 4  # windows that save at the same instant wait for each other
MOST_NAMES = 20_000


class Conflict(Exception):
    """An answer was changed here and elsewhere: the person is to choose."""


def save_typed(view: "StepView", step: str) -> JsonResponse:
    """Keep the answers that `changed` names; 409 where somebody else changed one of them, and nothing is written.

    The answer says the version to go on from, the moment in words, and under `fresh` what other windows changed.
    """
    for _try in range(TRIES):
        try:
            return _saved(view, step)
        except Conflict:
            return JsonResponse({}, status=409)
        except StaleDraft:
            view.plan_for(own_draft(view.request, view.draft.pk))
            view.storage.draft = view.draft
            if step not in view.plan.steps:
                break
    return JsonResponse({}, status=409)


def _saved(view: "StepView", step: str) -> JsonResponse:
    request, draft = view.request, view.draft
    posted = dict(answers_in(request.POST, view.plan.steps[step]).lists())
    names = _named(request, view.plan.steps[step])
    page = draft.typed.get(step)
    merged = _merged(page, posted, names, request, view.plan.steps[step])
    if page is None or differing(page["data"], merged):
        sender, window = sender_of(request.POST)
        shown = request.POST.get("shown", "").replace("\0", "").split()[:MOST_NAMES] or None
        view.storage.keep(step, within_reason(merged), shown=shown, later=True, sender=sender, by=window)
        draft.done_steps = [code for code in draft.done_steps if code != step]  # done again when one goes on
        view.storage.save()
    return _answer(view, step, page, names)


def _merged(page: Any, posted: Lists, names: list[str], request: HttpRequest, step: Step) -> Lists:
    """The page as it stands with the answers sent; the whole that was sent where nothing stands. Raises Conflict."""
    if page is None:
        return posted
    kept, seen, window = dict(page["data"]), seen_version(request.POST), sender_of(request.POST)[1]
    different = [name for name in names if kept.get(name, []) != posted.get(name, [])]
    contested = [name for name in different if any(kept.get(name, [])) or name in page.get("changed", {})]
    if changed_since(page, contested, seen=seen, window=window):
        raise Conflict
    for name in different:
        if name in posted:
            kept[name] = posted[name]
        else:
            del kept[name]  # a box that was ticked
    for group in (block for block in blocks_of(step) if isinstance(block, Group)):
        _place_rows(group.code, kept, posted, names)
    return kept


def _place_rows(code: str, kept: Lists, posted: Lists, names: list[str]) -> None:
    """Rows that a page shows for the first time are listed; an answer in a row that is gone has no place any more."""
    key = f"{code}-row"
    rows = kept.get(key) or posted.get(key, [])
    if rows:
        kept[key] = rows
    if any(name.split("-")[1] not in rows for name in names if name.startswith(f"{code}-") and name != key):
        raise Conflict


def _named(request: HttpRequest, step: Step) -> list[str]:
    """The questions that the script says were changed; other names are nobody's."""
    prefixes = tuple(f"{block.code}-" for block in blocks_of(step))
    said = request.POST["changed"].replace("\0", "").split()[:MOST_NAMES]
    return [name for name in dict.fromkeys(said) if name.startswith(prefixes)]


def _answer(view: "StepView", step: str, page: Any, names: list[str]) -> JsonResponse:
    request, draft, fresh = view.request, view.draft, {}
    seen, window = seen_version(request.POST), sender_of(request.POST)[1]
    if page:
        others = changed_since(page, page["data"] | page.get("changed", {}), seen=seen, window=window)
        fresh = {name: page["data"].get(name, []) for name in others if name not in names}
    rows = [name for name in fresh if name.endswith("-row")]  # which a script cannot draw: the next page shown will
    for name in rows:
        del fresh[name]
    moment = timezone.localtime(draft.saved_at)
    return JsonResponse(
        {
            "version": seen if rows else draft.version,
            "said": _("Saved at %(time)s") % {"time": time_format(moment, "TIME_FORMAT")},
            "moment": date_format(moment, "DATETIME_FORMAT"),
            "fresh": fresh,
        }
    )
