"""A commission with a president, three members and a secretary, and sessions in named situations."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from procedures.cases.models import Case
from procedures.commissions import services
from procedures.commissions.models import Ballot, Item, Seat, Session
from procedures.commissions.selectors import called_to, voters_on
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from tests.procedures.kernel.factories import House, staff_of

PLACE = {"ar": "مقر الإدارة", "fr": "Siège de la direction"}
PROPOSED = {"proposed": {"level": "BTP"}}


class Room:
    def __init__(self, **rules: Any) -> None:
        self.house = House()
        names = {"ar": "لجنة المعادلة", "fr": "Commission d'équivalence", "en": "Equivalence commission"}
        self.commission = services.set_up_commission(code="equivalence", names=names, **rules)
        self.president, self.salwa, self.moncef, self.hela = (
            staff_of(self.house.central, Role.COMMISSION_MEMBER, name) for name in ("Leila", "Salwa", "Moncef", "Hela")
        )
        self.secretary = self.house.secretary
        self.seat(self.president, Seat.Role.PRESIDENT)
        for person in (self.salwa, self.moncef, self.hela):
            self.seat(person, Seat.Role.MEMBER)
        self.seat(self.secretary, Seat.Role.SECRETARY)

    def seat(self, person: Any, role: str) -> Seat:
        return services.seat_person(commission=self.commission, person=person, role=role)

    def second_secretary(self) -> Any:
        person = staff_of(self.house.central, Role.COMMISSION_SECRETARY, "Sami")
        self.seat(person, Seat.Role.SECRETARY)
        return person

    def planned(self, *cases: Case, days: int = 0) -> Session:
        starts_at = timezone.now() + timedelta(days=days)
        session = services.plan_session(commission=self.commission, starts_at=starts_at, place=PLACE, by=self.secretary)
        if cases:
            services.add_to_agenda(session=session, cases=[each.public_id for each in cases], by=self.secretary)
        return session

    def convened(self, *cases: Case, days: int = 0) -> Session:
        session = self.planned(*(cases or (self.house.at_commission(),)), days=days)
        return services.convene(session=session, by=self.secretary)

    def opened(self, *cases: Case, absent: tuple[Any, ...] = ()) -> Session:
        """In session: everybody called came, but for those named."""
        session = self.convened(*cases)
        there = [each for each in called_to(session) if each.seat.person not in absent]
        services.open_session(
            session=session,
            present=[each.pk for each in there],
            chair=next((each.pk for each in there if each.votes), None),
            by=self.secretary,
        )
        return session

    def item(self, session: Session) -> Item:
        return session.items.select_related("session", "case").first()

    def puts(self, item: Item, opinion: str = "favourable", **more: Any) -> Ballot:
        answers = None if opinion == "unfavourable" else PROPOSED
        return services.put_to_vote(item=item, by=self.secretary, opinion=opinion, **{"answers": answers} | more)

    def hands(self, ballot: Ballot, **choices: str) -> Ballot:
        """An open vote: everybody for, but those named otherwise by their first name."""
        voters = voters_on(ballot.item)
        told = {each.pk: choices.get(each.seat.person.name, "for") for each in voters}
        return services.record_hands(ballot=ballot, choices=told, by=self.secretary)

    def adopts(self, item: Item, opinion: str = "favourable", **more: Any) -> Ballot:
        return self.hands(self.puts(item, opinion, **more))

    def ended(self, *cases: Case, opinion: str = "favourable", **more: Any) -> Session:
        """Every case of the agenda has its opinion, and the minutes are being read."""
        session = self.opened(*cases)
        for item in session.items.select_related("session", "case"):
            self.adopts(item, opinion, **more)
        return services.end_session(session=session, by=self.secretary)

    def closed(self, *cases: Case, **more: Any) -> Session:
        return services.close_minutes(session=self.ended(*cases, **more), by=self.secretary)

    def signed(self, *cases: Case, **more: Any) -> Session:
        return services.sign_minutes(session=self.closed(*cases, **more), by=self.president)

    def settled(self, *cases: Case, **more: Any) -> Session:
        """Signed, and the opinions sent on by the worker."""
        session = self.signed(*cases, **more)
        sweep(kinds=("commissions.carry",))
        return session
