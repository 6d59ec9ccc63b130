"""A country of cases, each with words of its own, and an oracle that says who may read them without asking our code.

The oracle reads the plan of an example and the rows of tables, never a selector: it is a second opinion.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from procedures.cases import services
from procedures.cases.models import Case, ConflictOfInterest, SignatureAct
from procedures.cases.services.messaging import ATTACHED
from procedures.definition import Ago
from procedures.documents.models import Document
from procedures.dossiers.models import Note
from procedures.evidence.models import Upload
from procedures.offices.models import Delegation, Membership, Office
from tests.procedures.kernel.factories import House, a_person, hand_in, the_directorate
from tests.registers.organisations.factories import an_organisation, serving

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
HANDLES = {  # who handles cases in an office, written anew
    "desk_officer", "inspector", "regional_director", "central_officer", "commission_secretary", "minister_delegate",
    "expert",
}  # fmt: skip
KEEPS_STATUS = {"minister_delegate", "administrator"}  # who decides what documents are worth, everywhere
BEFORE_ANY_OFFICE = {"signatories", "unconfirmed"}
OFFICES = ("rd-11", "rd-82", "equivalence", "experts")


@dataclass(frozen=True)
class Seat:
    office: str
    role: str
    since: int  # days from today
    until: int | None

    @property
    def holds(self) -> bool:
        return self.since <= 0 and (self.until is None or self.until > 0)


@dataclass(frozen=True)
class Given:
    """A delegation to the person: of somebody's seat, for some days; the giver's account is open or not."""

    seat: Seat
    giver_is_active: bool
    since: int
    until: int

    @property
    def holds(self) -> bool:
        return self.seat.holds and self.giver_is_active and self.since <= 0 < self.until


@dataclass(frozen=True)
class Plan:
    """One person, as an example draws them."""

    seats: tuple[Seat, ...] = ()
    given: tuple[Given, ...] = ()
    is_active: bool = True
    own: int | None = None  # the case that is this person's
    conflict: int | None = None
    signed: int | None = None
    serves: bool = False  # in the organisation whose case is in the country

    @property
    def held(self) -> set[tuple[str, str]]:
        own = {(seat.office, seat.role) for seat in self.seats if seat.holds}
        return own | {(each.seat.office, each.seat.role) for each in self.given if each.holds}

    @property
    def enters(self) -> bool:
        """The rooms of staff open to who holds a seat of their own today."""
        return self.is_active and any(seat.holds for seat in self.seats)

    @property
    def own_roles(self) -> set[str]:
        return {seat.role for seat in self.seats if seat.holds}


@dataclass
class Known:
    """A case with the words that stand in it and nowhere else."""

    case: Case
    place: int
    upload: Upload
    attached: Upload | None = None
    words: dict[str, str] = field(default_factory=dict)

    @property
    def arabic(self) -> str:
        return self.words["arabic"]

    @property
    def latin(self) -> str:
        return self.words["latin"]

    @property
    def note(self) -> str:
        return self.words["note"]


class Country:
    """Cases at every stage, in two directorates and a central service; offered, corrected, decided, unconfirmed."""

    def __init__(self) -> None:
        self.house = House()
        self.far = the_directorate("TN-82")
        names = {f"name_{language}": "Experts" for language in ("ar", "fr", "en")}
        Office.objects.create(code="experts", kind=Office.Kind.OUTSIDE, **names)
        self.organisation = an_organisation()
        self.known: list[Known] = []
        self._fill()
        self.of_organisation = 1
        Case.objects.filter(pk=self.known[1].case.pk).update(organisation=self.organisation.public_id)
        Case.objects.filter(pk=self.known[2].case.pk).update(applicant=self.known[0].case.applicant)
        self.document = self._issued()

    def _fill(self) -> None:
        house, far = self.house, {"contact": {"governorate": "TN-82"}}
        items = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Page 2"}]
        self._add(house.files)
        self._add(house.files)
        self._add(house.files, **far)
        offered = self._add(house.files)
        services.hand_to_office(case=offered, by=house.desk, version=offered.version, to=self.far, reason="Moved.")
        corrected = self._add(house.files)
        services.ask_correction(case=corrected, by=house.desk, version=corrected.version, items=items)
        self._add(house.at_instruction)
        self._add(house.at_decision)
        self._add(house.at_signature)
        signed = self._add(house.at_signature)
        services.sign(case=signed, by=house.delegate, version=signed.version)
        self._add(house.files, **far, **self._of_a_minor())

    def _of_a_minor(self) -> dict[str, Any]:
        """Waits for the guardian: no office has it yet."""
        today = timezone.localdate()
        return {
            "identity": {"birth_date": Ago(years=16, days=200).before(today).isoformat()},
            "foreign_certificate": {"issued_on": Ago(days=120).before(today).isoformat()},
            "guardian": {"acts": False, "email": "guardian@example.tn"},
        }

    def _add(self, make: Any, **changes: Any) -> Case:
        place = len(self.known)
        told = {"arabic": f"كنار{LETTERS[place]}ست", "latin": f"Canary{chr(97 + place)}st"}
        told |= {part: f"{part}-{place}-{part}" for part in ("note", "paper", "letter", "words")}
        named = changes.pop("identity", {}) | {"last_name_ar": told["arabic"], "last_name_lat": told["latin"]}
        case = make(applicant=a_person(), identity=named, **changes)
        known = Known(case, place, self._paper(case, place), words=told)
        known.attached = self._attached(case, place)
        Note.objects.create(case=case, text=told["note"], by=self.house.desk, at=timezone.now())
        known.words["number"] = case.number
        self.known.append(known)
        return case

    def _paper(self, case: Case, place: int) -> Upload:
        return self._stored(hand_in(case, "transcripts"), f"%PDF-1.7 paper-{place}-paper".encode())

    def _attached(self, case: Case, place: int) -> Upload:
        upload = hand_in(case, ATTACHED)
        Upload.objects.filter(pk=upload.pk).update(case=None)
        message = case.messages.create(author=case.applicant, text=f"words-{place}-words", sent_at=timezone.now())
        message.files.add(upload)
        return self._stored(upload, f"%PDF-1.7 letter-{place}-letter".encode())

    def _stored(self, upload: Upload, content: bytes) -> Upload:
        path = storages["private"].save(upload.stored, ContentFile(content))
        digest = hashlib.sha256(content).hexdigest()
        Upload.objects.filter(pk=upload.pk).update(stored=path, sha256=digest, size=len(content))
        upload.stored = path
        return upload

    def _issued(self) -> Document:
        document = Document.objects.get(output="equivalence")
        path = storages["private"].save("documents/one.pdf", ContentFile(b"%PDF-1.7 sealed-8-sealed"))
        Document.objects.filter(pk=document.pk).update(state="issued", stored=path)
        document.refresh_from_db()
        return document

    def settle(self, plan: Plan) -> Any:
        """The person of a plan, and everything that the plan says of them, in the tables."""
        person, today = a_person(), timezone.localdate()
        for seat in plan.seats:
            self._seat(person, seat, today)
        for each in plan.given:
            giver = a_person()
            membership = self._seat(giver, each.seat, today)
            giver.is_active = each.giver_is_active
            giver.save()
            days = {"since": today + timedelta(each.since), "until": today + timedelta(each.until)}
            Delegation.objects.create(membership=membership, to=person, reference="Act 1", **days)
        if plan.own is not None:
            Case.objects.filter(pk=self.known[plan.own].case.pk).update(applicant=person)
        if plan.conflict is not None:
            case = self.known[plan.conflict].case
            ConflictOfInterest.objects.create(case=case, person=person, reason="x", declared_at=timezone.now())
        if plan.signed is not None:
            self._sign(person, self.known[plan.signed].case)
        if plan.serves:
            serving(self.organisation, "director", person=person)
        person.is_active = plan.is_active
        person.save()
        return person

    def _seat(self, person: Any, seat: Seat, today: date) -> Membership:
        until = None if seat.until is None else today + timedelta(seat.until)
        office = Office.objects.get(code=seat.office)
        since = today + timedelta(seat.since)
        return Membership.objects.create(person=person, office=office, role=seat.role, since=since, until=until)

    def _sign(self, person: Any, case: Case) -> None:
        """A signature beneath a decision of the case; the case is saved, as a service would."""
        decision = case.decisions.create(position=99, kind="grant", prepared_at=timezone.now())
        SignatureAct.objects.create(decision=decision, position=99, signed_by=person, signed_at=timezone.now())
        Case.objects.get(pk=case.pk).save()

    def unseen(self, seen: set[int]) -> Iterator[Known]:
        return (known for known in self.known if known.place not in seen)


def seen_by(plan: Plan, country: Country) -> set[int]:
    """The oracle: places of the cases that this person may read as staff."""
    if not plan.is_active:
        return set()
    if any(role == "auditor" for _office, role in plan.held):
        return {known.place for known in country.known}
    return handled_by(plan, country)


def handled_by(plan: Plan, country: Country) -> set[int]:
    """The oracle: those of an office in which they handle cases, or that they sign or signed for the minister."""
    offices = {office for office, role in plan.held if role in HANDLES}
    signs = any(role == "minister_delegate" for _office, role in plan.held)
    found = set()
    for known in country.known:
        row = Case.objects.filter(pk=known.case.pk).values("state", "office__code", "office__kind").get()
        if row["state"] in BEFORE_ANY_OFFICE:
            continue
        been = {row["office__code"], *known.case.stages.values_list("office__code", flat=True)}
        been |= set(known.case.office_hand_overs.filter(answer="").values_list("to_office__code", flat=True))
        waits = row["state"] == "signature" and row["office__kind"] == "central"
        if been & offices or (signs and (waits or plan.signed == known.place)):
            found.add(known.place)
    return found


def is_theirs(plan: Plan, known: Known, country: Country) -> bool:
    return plan.own == known.place or (plan.serves and known.place == country.of_organisation)


def at_home(plan: Plan, country: Country) -> set[int]:
    """The oracle: what they read as whoever filed: their own, but what was filed for an organisation is its own."""
    if not plan.is_active:
        return set()
    own = {plan.own} - {None, country.of_organisation}
    return own | ({country.of_organisation} if plan.serves else set())


def takes_whole(plan: Plan, known: Known, country: Country) -> bool:
    """The oracle: who reads the case, is free of it, and is more than an outside expert."""
    reads = known.place in seen_by(plan, country) and not is_theirs(plan, known, country)
    return reads and plan.conflict != known.place and any(role != "expert" for _office, role in plan.held)
