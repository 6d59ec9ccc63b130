"""Play the groups of the country: who entered, who was there, who left, how the exam went, which certificates came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from portal.demonstration.country.chance import chance_of
from portal.demonstration.country.importing import CountryImport
from portal.demonstration.country.names import person_names
from portal.demonstration.country.people import trainee
from portal.demonstration.country.plan import LEGACY, PlannedGroup
from portal.demonstration.country.structures import HOURS_A_WEEK, weeks_of
from registers.certificates.services import issue_certificates
from registers.people.services import enter_people
from registers.programmes.models import Offer
from registers.training import services
from registers.training.models import Enrolment, JuryMember, Session

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OWN_STRUCTURES = 4
WEEKS_KEPT = 3  # of attendance, in running groups; in those of the demonstration's own structures more
WEEKS_KEPT_OWN = 8


@dataclass
class Played:
    """A group that is being played."""

    country: CountryImport
    planned: PlannedGroup
    session: Session
    enrolments: list[Enrolment]
    chance: Random


def play_groups(
    country: CountryImport, planned: Sequence[PlannedGroup], told: Callable[[int], None] = lambda _done: None
) -> int:
    """Each group in a transaction of its own; one that is there is passed over. How many trainees entered now.

    `told` hears how many groups are done.
    """
    offers = _offers()
    there = set(Session.objects.filter(invented=True).values_list("offer_id", "label"))
    entered = 0
    for done, each in enumerate(planned, 1):
        offer, label, since = _place(country, each, offers[each.structure])
        if (offer.pk, label) not in there:
            with transaction.atomic():
                _play(country, each, offer, label, since)
            entered += each.size
        told(done)
    return entered


def _offers() -> dict[int, list[Offer]]:
    """By position of the structure, the short programmes first."""
    found: dict[int, list[Offer]] = {}
    for offer in Offer.objects.filter(structure__legacy_number__startswith=LEGACY[:5]).select_related(
        "structure", "programme"
    ):
        found.setdefault(int(offer.structure.legacy_number[5:]) - 1, []).append(offer)
    return {
        position: sorted(offers, key=lambda each: (each.programme.hours, each.programme.code))
        for position, offers in found.items()
    }


def _place(country: CountryImport, planned: PlannedGroup, offers: Sequence[Offer]) -> tuple[Offer, str, date]:
    """What a group follows, what it is called, and when it began; the same for the same group."""
    chance = chance_of("group", planned.structure, planned.turn)
    offer = offers[(planned.turn // 2) % len(offers)] if planned.running else offers[planned.turn // 2 % 2]
    weeks = weeks_of(offer.programme)
    if planned.running:
        since = country.ago(7 * chance.randint(2, weeks - 2))
    else:
        since = country.ago(7 * weeks + (170 if _fell(planned) else chance.randint(25, 200)))
    return offer, f"{since:%Y}-{LETTERS[planned.turn % len(LETTERS)]}", since


def _fell(planned: PlannedGroup) -> bool:
    """The groups of structures that were suspended or closed ended before that."""
    return planned.structure in (4, 5)


def _play(country: CountryImport, planned: PlannedGroup, offer: Offer, label: str, since: date) -> None:
    session = services.declare_session(
        country.cause,
        offer=offer,
        label=label,
        since=since,
        until=since + timedelta(weeks=weeks_of(offer.programme)),
        places=-(-planned.size // 5) * 5,
        hours_a_week=HOURS_A_WEEK,
        invented=True,
    )
    place = offer.structure.place.name_ar
    given = [trainee(country, number, place) for number in range(planned.first, planned.first + planned.size)]
    people = enter_people(country.cause, rows=given)
    entries = [services.Entry(session, one.person) for one in people]
    enrolments = [enrolment for enrolment, _made in services.enrol_people(country.cause, entries=entries)]
    group = Played(country, planned, session, enrolments, chance_of("play", planned.first))
    _let_some_leave(group)
    if planned.running:
        _count_hours(group)
    else:
        _examine(group)


def _let_some_leave(group: Played) -> None:
    """One in thirty, some weeks after the beginning."""
    for place, enrolment in enumerate(group.enrolments):
        if group.chance.random() < 1 / 30:
            on = min(group.session.since + timedelta(weeks=group.chance.randint(1, 5)), group.country.today)
            group.enrolments[place] = services.leave(
                group.country.cause, enrolment=enrolment, on=on, outcome=Enrolment.Outcome.DROPPED_OUT
            )


def _staying(group: Played) -> list[Enrolment]:
    return [enrolment for enrolment in group.enrolments if enrolment.left_on is None]


def _count_hours(group: Played) -> None:
    """The last whole weeks; most were there, some half of the time."""
    kept = WEEKS_KEPT_OWN if group.planned.structure < OWN_STRUCTURES else WEEKS_KEPT
    weeks = [
        services.Attended(enrolment, week, Decimal(group.chance.choice((30, 30, 30, 28, 26, 30, 24, 15))))
        for week in _whole_weeks(group.country.today, group.session.since, kept)
        for enrolment in _staying(group)
    ]
    if weeks:
        services.record_attendance(group.country.cause, weeks=weeks)


def _whole_weeks(today: date, since: date, most: int) -> Iterator[date]:
    """Mondays of the weeks that ended, the latest first."""
    monday = today - timedelta(days=today.weekday())
    for back in range(1, most + 1):
        week = monday - timedelta(weeks=back)
        if week >= since:
            yield week


def _examine(group: Played) -> None:
    """An exam in the last days of the group, its jury, marks, a deliberation; then certificates for whoever passed."""
    cause, session = group.country.cause, group.session
    held_on = session.until - timedelta(days=4)
    exam = services.hold_exam(cause, session=session, held_on=held_on, jury=_jury(group.chance))
    results = [services.GivenResult(exam, each, _mark(group.chance)) for each in _staying(group)]
    services.record_results(cause, results=results)
    services.deliberate(cause, exam=exam, on=session.until - timedelta(days=1))
    services.complete_session(cause, session=session)
    issue_certificates(cause, session=session, issued_on=session.until + timedelta(days=7))


def _mark(chance: Random) -> Decimal | None:
    """Of 20; one in fifty was absent."""
    if chance.random() < 0.02:
        return None
    return Decimal(round(min(19.5, max(4.0, chance.gauss(12.6, 2.6))) * 4)) / 4


def _jury(chance: Random) -> list[services.GivenMember]:
    roles = (JuryMember.Role.PRESIDENT, JuryMember.Role.MEMBER, JuryMember.Role.MEMBER)
    members = []
    for role in roles:
        called = person_names(chance)
        arabic, latin = (f"{called.first[script]} {called.last[script]}" for script in (0, 1))
        members.append(services.GivenMember(arabic, latin, role))
    return members
