"""A structure's life through the register's services, and what the register answers of 30 days along it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from procedures.audit.models import Entry
from registers.history.services import Cause, correct
from registers.programmes import services as programmes
from registers.programmes.models import Homologation
from registers.programmes.selectors import may_give
from registers.structures import services
from registers.structures.models import Direction, Structure
from registers.structures.selectors import as_of, live, status_of
from tests.registers.factories import a_case, a_programme, a_speciality, an_officer, an_owner

pytestmark = pytest.mark.django_db
TUNIS = ZoneInfo("Africa/Tunis")


def day(written: str) -> date:
    return date.fromisoformat(written)


class Life:
    """Every act is recorded on a day of its own, and carried out twice, as a repeated effect would be."""

    def __init__(self) -> None:
        self.owner = an_owner()
        self.masonry, self.hotel, self.web = (
            a_speciality("BAT-01", "Maçonnerie"),
            a_speciality("TOU-01", "Hôtellerie"),
            a_speciality("INF-01", "Web"),
        )
        self.acts = 0
        self.play()

    def act(self, recorded_on: str, doing: Callable[..., Any], /, *, cause: Cause | None = None, **said: Any) -> Any:
        moment = datetime.combine(day(recorded_on), datetime.min.time().replace(hour=10), TUNIS)
        with time_machine.travel(moment, tick=True):
            cause = cause or Cause(case=a_case())
            done, again = doing(cause, **said), doing(cause, **said)
        assert done == again
        self.acts += 1
        return done

    def play(self) -> None:
        self.main = self.act(
            "2020-01-20",
            services.declare_structure,
            organisation=self.owner,
            names={"ar": "مركز الياسمين", "fr": "Centre El Yasmine"},
            place="TN-81",
            since=day("2020-01-15"),
            receipt_number="R1",
            capacity=60,
            director={"ar": "أمل", "lat": "Amel"},
            kinds=("initial",),
        )
        main = {"structure": self.main}
        self.act(
            "2020-01-20", services.allow_speciality, **main, speciality="BAT-01", since=day("2020-01-15"), target="CAP"
        )
        self.act("2020-01-21", services.allow_speciality, **main, speciality=self.hotel, since=day("2020-01-15"))
        self.act("2020-02-25", services.activate, **main, since=day("2020-02-20"))
        self.act("2020-08-20", services.allow_speciality, **main, speciality="INF-01", since=day("2020-09-01"))
        offer = self.act(
            "2020-12-01", programmes.open_offer, **main, programme=a_programme(self.masonry), since=day("2021-01-10")
        )
        granted = self.act(
            "2021-01-05", programmes.grant_homologation, offer=offer, since=day("2021-01-10"), until=day("2024-01-10")
        )
        self.branch = self.act(
            "2021-03-10",
            services.open_branch,
            parent=self.main,
            names={"ar": "فرع صفاقس", "fr": "Annexe de Sfax"},
            place="TN-61",
            since=day("2021-03-01"),
            capacity=20,
        )
        self.act("2021-04-02", services.activate, structure=self.branch, since=day("2021-04-01"))
        interim = {"ar": "سامي", "lat": "Sami"}
        self.act(
            "2021-06-10",
            services.change_director,
            **main,
            name=interim,
            since=day("2021-06-15"),
            until=day("2021-08-01"),
            interim=True,
        )
        leila = {"ar": "ليلى", "lat": "Leila"}
        self.act("2021-08-10", services.change_director, **main, name=leila, since=day("2021-08-01"))
        self.act("2021-10-01", services.move, **main, place="TN-82", since=day("2021-11-05"))
        receipt = {"capacity": 90, "receipt_number": "R2"}
        self.act("2021-10-01", services.change_authorisation, **main, since=day("2021-11-05"), **receipt)
        self.act("2022-04-20", services.amend, **main, since=day("2022-05-01"), name_fr="Centre El Amal")
        self.act("2022-06-25", services.suspend, **main, since=day("2022-07-01"), until=day("2022-10-01"))
        self.act("2022-09-14", services.resume, **main, since=day("2022-09-15"))
        self.act("2022-11-20", services.withdraw_speciality, **main, speciality=self.hotel, on=day("2023-01-01"))
        said = {"until": day("2027-01-10"), "capacity": 25}
        self.act("2023-12-20", programmes.renew_homologation, homologation=granted, **said)
        self.closing = self.act("2025-06-01", services.close, **main, since=day("2025-07-01"))


# Written by hand from the life above. "br": branches; "CAP?": may it give the CAP in masonry, or why not; then the
# status and the director of the branch.
TABLE = """
day         status     place  name     cap  rec  director  taught       diploma  br  CAP?          branch     director
2020-01-14  -          -      -        -    -    -         -            -        0   unknown_then  -          -
2020-01-15  declared   TN-81  Yasmine  60   R1   Amel      BAT,TOU      -        0   declared      -          -
2020-02-19  declared   TN-81  Yasmine  60   R1   Amel      BAT,TOU      -        0   declared      -          -
2020-02-20  active     TN-81  Yasmine  60   R1   Amel      BAT,TOU      -        0   not_yet       -          -
2020-08-31  active     TN-81  Yasmine  60   R1   Amel      BAT,TOU      -        0   not_yet       -          -
2020-09-01  active     TN-81  Yasmine  60   R1   Amel      BAT,INF,TOU  -        0   not_yet       -          -
2021-01-09  active     TN-81  Yasmine  60   R1   Amel      BAT,INF,TOU  -        0   not_yet       -          -
2021-01-10  active     TN-81  Yasmine  60   R1   Amel      BAT,INF,TOU  CAP      0   yes           -          -
2021-02-28  active     TN-81  Yasmine  60   R1   Amel      BAT,INF,TOU  CAP      0   yes           -          -
2021-03-01  active     TN-81  Yasmine  60   R1   Amel      BAT,INF,TOU  CAP      1   yes           declared   Amel
2021-04-01  active     TN-81  Yasmine  60   R1   Amel      BAT,INF,TOU  CAP      1   yes           active     Amel
2021-06-14  active     TN-81  Yasmine  60   R1   Amel      BAT,INF,TOU  CAP      1   yes           active     Amel
2021-06-15  active     TN-81  Yasmine  60   R1   Sami      BAT,INF,TOU  CAP      1   yes           active     Sami
2021-07-31  active     TN-81  Yasmine  60   R1   Sami      BAT,INF,TOU  CAP      1   yes           active     Sami
2021-08-01  active     TN-81  Yasmine  60   R1   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2021-11-04  active     TN-81  Yasmine  60   R1   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2021-11-05  active     TN-82  Yasmine  90   R2   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2022-04-30  active     TN-82  Yasmine  90   R2   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2022-05-01  active     TN-82  Amal     90   R2   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2022-06-30  active     TN-82  Amal     90   R2   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2022-07-01  suspended  TN-82  Amal     90   R2   Leila     BAT,INF,TOU  CAP      1   suspended     suspended  Leila
2022-09-14  suspended  TN-82  Amal     90   R2   Leila     BAT,INF,TOU  CAP      1   suspended     suspended  Leila
2022-09-15  active     TN-82  Amal     90   R2   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2022-10-01  active     TN-82  Amal     90   R2   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2022-12-31  active     TN-82  Amal     90   R2   Leila     BAT,INF,TOU  CAP      1   yes           active     Leila
2023-01-01  active     TN-82  Amal     90   R2   Leila     BAT,INF      CAP      1   yes           active     Leila
2024-01-09  active     TN-82  Amal     90   R2   Leila     BAT,INF      CAP      1   yes           active     Leila
2024-01-10  active     TN-82  Amal     90   R2   Leila     BAT,INF      CAP      1   yes           active     Leila
2025-06-30  active     TN-82  Amal     90   R2   Leila     BAT,INF      CAP      1   yes           active     Leila
2025-07-01  closed     TN-82  Amal     -    -    -         -            -        0   closed        closed     -
2040-01-01  closed     TN-82  Amal     -    -    -         -            -        0   closed        closed     -
"""


def answered(life: Life, on: str) -> list[str]:
    main, branch = as_of(life.main, day(on)), as_of(life.branch, day(on))
    answer = may_give(life.main, day(on), diploma="CAP", speciality="BAT-01")
    told = (
        on,
        main.status,
        main.details and main.details.place_id,
        main.details and main.details.name_fr.removeprefix("Centre El "),
        main.capacity,
        main.authorisation and main.authorisation.receipt_number,
        main.director and main.director.name_lat,
        ",".join(taught.speciality_id[:3] for taught in main.specialities),
        ",".join(held.diploma for held in main.homologations),
        len(main.branches),
        "yes" if answer.yes else answer.because,
        branch.status,
        branch.director and branch.director.name_lat,
    )
    return ["-" if each in (None, "") else str(each) for each in told]


def test_the_register_answers_of_each_day_what_was_so_that_day(django_assert_max_num_queries: Any) -> None:
    life = Life()
    written = [line.split() for line in TABLE.strip().splitlines()[1:]]
    assert len(written) >= 30
    assert [answered(life, row[0]) for row in written] == written

    # Each act stands once in the audit chain though it was carried out twice, with ids and codes only.
    told = Entry.objects.filter(subject_type="structures.structure").values_list("action", "data")
    assert len(told) == life.acts
    assert {"structures.declare", "structures.close", "programmes.renew_homologation"} <= {action for action, _ in told}
    assert not any("Leila" in str(data) or "ليلى" in str(data) for _action, data in told)

    # Lists of a day agree with the single answers.
    for on in ("2020-02-19", "2021-03-15", "2022-08-01", "2025-06-30", "2025-07-01"):
        active = {one for one in (life.main, life.branch) if status_of(one, day(on)) == "active"}
        assert set(live(day(on))) == active

    # What was planned is known as planned, and what was believed before a correction is still told.
    assert (life.main.number, life.branch.number) == ("81-00001-2", "61-00001-0")
    before = datetime(2022, 9, 1, tzinfo=TUNIS)
    assert status_of(life.main, day("2022-09-20"), believed_at=before) == "suspended"
    assert status_of(life.main, day("2022-10-01"), believed_at=before) == "active"
    assert as_of(life.main, day("2026-01-01"), believed_at=before).status == "active"
    assert as_of(life.main, day("2026-01-01"), believed_at=before).homologations == ()
    assert as_of(life.main, day("2021-11-05"), believed_at=datetime(2021, 1, 1, tzinfo=TUNIS)).capacity == 60
    assert status_of(life.main, day("2021-01-01"), believed_at=datetime(2020, 1, 1, tzinfo=TUNIS)) == ""

    # The cases behind it: why it began and why it ended.
    assert life.closing.case_id
    ended = Homologation.objects.get(subject__structure=life.main, superseded_at=None, since=day("2024-01-10"))
    assert (ended.until, ended.end_case_id, ended.capacity) == (day("2025-07-01"), life.closing.case_id, 25)
    leila = Direction.objects.get(subject=life.main, superseded_at=None, name_lat="Leila")
    assert leila.case_id != leila.end_case_id == life.closing.case_id

    with django_assert_max_num_queries(10):
        as_of(Structure.objects.get(pk=life.main.pk), day("2022-01-01"))


def test_a_correction_changes_what_holds_and_keeps_what_was_believed() -> None:
    life = Life()
    leila = Direction.objects.get(subject=life.main, superseded_at=None, name_lat="Leila")
    before = as_of(life.main, day("2021-07-25")).director
    moment = datetime.now(TUNIS)
    assert before is not None
    sami = Direction.objects.get(subject=life.main, superseded_at=None, name_lat="Sami")
    by_hand = Cause(by=an_officer(), reason="wrong_day")
    correct(sami, since=sami.since, until=day("2021-07-20"), cause=by_hand)
    correct(leila, since=day("2021-07-20"), until=leila.until, cause=by_hand)
    held = as_of(life.main, day("2021-07-25")).director
    assert held is not None
    assert (held.name_lat, held.recorded_by_id, held.reason) == ("Leila", by_hand.by.pk, "wrong_day")
    then = as_of(life.main, day("2021-07-25"), believed_at=moment).director
    assert then == before
