"""Look for entries that may be one person, and propose them to people with what speaks for and against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from registers.people.entering import names_of
from registers.people.models import DuplicateProposal, Identifier, Person
from registers.people.names import alike_parts, likeness
from registers.people.vault import vault

AT_ONCE = 500
LIKE_ENOUGH = {"same": 91, "near": 95, "unknown": 98, "differs": 101}  # likeness of names, by what birth dates say
OTHER_SEX = 97  # a name like that is worth a look though the sexes differ: one of them may be mistyped
WORTH_A_LOOK = 60  # of the keys, before the names are compared letter by letter
Evidence = dict[str, Any]


def propose_duplicates(*, most: int | None = None) -> int:
    """Compare whoever was entered since the last time with everybody; `most` people at most. How many were proposed.

    A pair that was refused once is never proposed again.
    """
    proposed = 0
    while most is None or most > 0:
        with transaction.atomic():
            size = AT_ONCE if most is None else min(AT_ONCE, most)
            new = list(
                Person.objects.select_for_update(of=("self",))
                .filter(compared_at__isnull=True, merged_into__isnull=True)
                .order_by("pk")[:size]
            )
            if not new:
                return proposed
            proposed += _propose(new)
            Person.objects.filter(pk__in=[person.pk for person in new]).update(compared_at=timezone.now())
        most = None if most is None else most - len(new)
    return proposed


def judge(left: Person, right: Person, identifiers: str = "none") -> Evidence | None:
    """What speaks for two entries being one person, where it is enough to ask somebody; else None.

    `identifiers`: `none` of one kind, `near` (a sign wrong, or two in each other's place), or `differs`.
    """
    names = likeness(names_of(left), names_of(right))
    birth = _births(left.birth_date, right.birth_date)
    sexes = "unknown" if not (left.sex and right.sex) else "same" if left.sex == right.sex else "differs"
    if identifiers == "differs":
        return None
    if birth == "differs" and identifiers == "near":
        birth = "near"
    least = max(LIKE_ENOUGH[birth], OTHER_SEX if sexes == "differs" else 0)
    if names < least:
        return None
    first, last = alike_parts(names_of(left), names_of(right))
    return {
        "name": names,
        "first": first,
        "last": last,
        "birth_date": _births(left.birth_date, right.birth_date),
        "birth_place": bool(left.birth_place) and left.birth_place == right.birth_place,
        "sex": sexes,
        "identifier": identifiers,
    }


def _propose(new: Sequence[Person]) -> int:
    pairs = list(_worth_judging(new))
    said = _identifiers([person for pair in pairs for person in pair])
    now = timezone.now()
    proposals = []
    for left, right in pairs:
        evidence = judge(left, right, _numbers(said[left.pk], said[right.pk]))
        if evidence is not None:
            proposals.append(
                DuplicateProposal(left=left, right=right, likeness=evidence["name"], evidence=evidence, proposed_at=now)
            )
    before = DuplicateProposal.objects.count()
    DuplicateProposal.objects.bulk_create(proposals, ignore_conflicts=True)
    return DuplicateProposal.objects.count() - before


def _worth_judging(new: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """Pairs of one block with keys that resemble each other; the older entry first, each pair once."""
    by_date: dict[date | None, list[Person]] = defaultdict(list)
    by_key: dict[str, list[Person]] = defaultdict(list)
    for person in _blocks(new):
        by_date[person.birth_date].append(person)
        for key in _keys(person):
            by_key[key].append(person)
    seen: set[tuple[int, int]] = set()
    for person in new:
        fellows = [*by_date[person.birth_date]] if person.birth_date else []
        fellows += [other for key in _keys(person) for other in by_key[key]]
        for other in fellows:
            left, right = sorted((person, other), key=lambda one: one.pk)
            if left.pk == right.pk or (left.pk, right.pk) in seen:
                continue
            seen.add((left.pk, right.pk))
            if _keys_resemble(left, right):
                yield left, right


def _blocks(new: Sequence[Person]) -> Iterable[Person]:
    """Whoever was born on one of these days, or has one of these keys."""
    days = {person.birth_date for person in new if person.birth_date}
    keys = {key for person in new for key in _keys(person)}
    return Person.objects.filter(merged_into__isnull=True).filter(
        Q(birth_date__in=days) | Q(key_lat__in=keys) | Q(key_cross__in=keys)
    )


def _keys(person: Person) -> set[str]:
    return {key for key in (person.key_lat, person.key_cross) if key}


def _keys_resemble(left: Person, right: Person) -> bool:
    return any(
        fuzz.token_sort_ratio(one, other) >= WORTH_A_LOOK or fuzz.partial_ratio(one, other) >= 90
        for one in _keys(left)
        for other in _keys(right)
    )


def _births(left: date | None, right: date | None) -> str:
    """Near: day and month in each other's place, or one figure wrong."""
    if left is None or right is None:
        return "unknown"
    if left == right:
        return "same"
    if (left.year, left.month, left.day) == (right.year, right.day, right.month):
        return "near"
    return "near" if OSA.distance(f"{left:%Y%m%d}", f"{right:%Y%m%d}") == 1 else "differs"


def _identifiers(people: Iterable[Person]) -> dict[int, dict[tuple[str, str], set[str]]]:
    """The numbers of these people by kind and country; they are opened here, compared, and go nowhere."""
    opened: dict[int, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    keys = vault()
    for row in Identifier.objects.filter(person__in={person.pk for person in people}):
        number = keys.open(row.kind, row.country, row.value, row.key_id)
        opened[row.person_id][row.kind, row.country].add(number)
    return opened


def _numbers(left: dict[tuple[str, str], set[str]], right: dict[tuple[str, str], set[str]]) -> str:
    """A person has one identity card and one citizen's number; passports and residence cards are renewed."""
    said = "none"
    for kind in left.keys() & right.keys():
        nearest = min(OSA.distance(one, other) for one in left[kind] for other in right[kind])
        if nearest == 1:
            said = "near"
        elif nearest > 1 and kind[0] in (Identifier.Kind.CIN, Identifier.Kind.IUC):
            return "differs"
    return said
