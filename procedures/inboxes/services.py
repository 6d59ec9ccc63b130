"""What a person keeps for themselves of the inbox: what they follow, what they have seen, the filters they named."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.models import Case
from procedures.inboxes.circles import seats_of
from procedures.inboxes.models import Following, Opened, SavedFilter
from procedures.offices.models import Office
from procedures.refusal import Refusal

MOST_FILTERS = 30


@transaction.atomic
def follow(*, case: Case, by: Any) -> bool:
    """Keep an eye on a case; whether it was not followed before."""
    _kept, new = Following.objects.get_or_create(person=by, case=case, defaults={"since": timezone.now()})
    if new:
        append(action="case.followed", subject=case, actor=by)
    return new


@transaction.atomic
def unfollow(*, case: Case, by: Any) -> bool:
    gone, _each = Following.objects.filter(person=by, case=case).delete()
    if gone:
        append(action="case.unfollowed", subject=case, actor=by)
    return bool(gone)


def note_opened(*, case: Case, by: Any) -> None:
    """The person has the case before them as it stands now."""
    seen = {"version": case.version, "at": timezone.now()}
    Opened.objects.bulk_create(
        [Opened(person=by, case=case, **seen)],
        update_conflicts=True,
        unique_fields=["person", "case"],
        update_fields=["version", "at"],
    )


@transaction.atomic
def save_filter(*, name: str, query: str, office: Office | None, by: Any) -> SavedFilter:
    """Name a filter, or say it anew under the same name; shared with an office in which the person serves.

    Raises Refusal (no name, too long, too many, another's office).
    """
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise Refusal(_("Give the filter a name of at most 60 characters."), "name")
    if office is not None and office.pk not in {held for held, _role in seats_of(by).held}:
        raise Refusal(_("A filter is shared with an office in which you serve."), "office")
    mine = SavedFilter.objects.filter(owner=by)
    if mine.count() >= MOST_FILTERS and not mine.filter(name=name).exists():
        raise Refusal(_("You have 30 filters already. Delete one first."), "name")
    said = {"query": query[:600], "office": office, "saved_at": timezone.now()}
    kept, _new = SavedFilter.objects.update_or_create(owner=by, name=name, defaults=said)
    append(action="filter.saved", subject=kept, actor=by, data={"office": office.code} if office else {})
    return kept


@transaction.atomic
def delete_filter(*, kept: SavedFilter, by: Any) -> None:
    """One's own only: a colleague's is theirs."""
    if kept.owner_id != by.pk:
        raise Refusal(_("This filter belongs to a colleague."))
    append(action="filter.deleted", subject=kept, actor=by)
    kept.delete()
