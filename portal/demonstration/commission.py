"""The invented commission: three members and a secretary, sessions that were held, and one that is called."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from procedures.cases.models import Case
from procedures.commissions import services
from procedures.commissions.models import Commission, Seat
from procedures.commissions.selectors import called_to, queue_of

CODE = "equivalence"
NAMES = {
    "ar": "اللجنة الاستشارية لمعادلة الشهادات الأجنبية (تجريبية)",
    "fr": "Commission consultative d’équivalence (démonstration)",
    "en": "Advisory commission on equivalence (demonstration)",
}
PLACE = {"ar": "قاعة الاجتماعات، تونس (تجريبي)", "fr": "Salle de réunion, Tunis (démonstration)"}
SEATS = (
    ("president", Seat.Role.PRESIDENT, {"ar": "التكوين المهني", "fr": "Formation professionnelle"}),
    ("member", Seat.Role.MEMBER, {"ar": "خبير الاختصاص", "fr": "Expert de la spécialité"}),
    ("member2", Seat.Role.MEMBER, {"ar": "منظمة مهنية", "fr": "Organisation professionnelle"}),
    ("central", Seat.Role.SECRETARY, {"ar": "", "fr": ""}),
)


def set_up() -> Commission:
    """The commission and its seats, made once."""
    found = Commission.objects.filter(code=CODE).first()
    if found:
        return found
    made = services.set_up_commission(code=CODE, names=NAMES)
    for account, role, qualities in SEATS:
        services.seat_person(commission=made, person=_person(account), role=role, qualities=qualities)
    return made


def hold(case: Case, answers: dict[str, Any], *, opinion: str = "favourable") -> None:
    """A session that hears one case today, with everything that belongs to it, up to its signed minutes."""
    secretary = _person("central")
    session = services.plan_session(commission=set_up(), starts_at=timezone.now(), place=PLACE, by=secretary)
    item = services.add_to_agenda(session=session, cases=[case.public_id], by=secretary)[0]
    services.convene(session=session, by=secretary)
    services.open_session(session=session, present=[each.pk for each in called_to(session)], by=secretary)
    ballot = services.put_to_vote(item=item, opinion=opinion, answers=answers, by=secretary)
    hands = {each.pk: "for" for each in called_to(session) if each.votes}
    services.record_hands(ballot=ballot, choices=hands, by=secretary)
    services.end_session(session=session, by=secretary)
    services.close_minutes(session=session, by=secretary)
    services.sign_minutes(session=session, by=_person("president"))
    services.carry_opinion(item_id=item.pk)


def call_the_next() -> None:
    """A session for today with every case that waits, its members called: ready to be opened."""
    commission, secretary = set_up(), _person("central")
    waiting = [case.public_id for case in queue_of(commission)]
    if not waiting:
        return
    session = services.plan_session(
        commission=commission, starts_at=timezone.now() + timedelta(minutes=1), place=PLACE, by=secretary
    )
    services.add_to_agenda(session=session, cases=waiting, by=secretary)
    services.convene(session=session, by=secretary)


def _person(code: str) -> User:
    return User.objects.get(email=f"{code}@demo.takwin.example")
