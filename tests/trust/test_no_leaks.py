"""T2: whoever asks, from whatever office and in whatever role, reads what they may and not a word of anything else.

Lists, search, counts, case pages, exports, papers, attachments, documents, the whole file as PDF and as ZIP.
"""

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from procedures.cases.models import Case
from procedures.documents.models import Document
from procedures.dossiers.access import Rights
from procedures.dossiers.models import WholeFile
from procedures.dossiers.services import order_whole_file
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from tests.portal.accounts.factories import with_second_factor
from tests.procedures.documents.factories import keys_in
from tests.trust.told_apart import (
    KEEPS_STATUS,
    OFFICES,
    Country,
    Given,
    Known,
    Plan,
    Seat,
    at_home,
    is_theirs,
    seen_by,
    takes_whole,
)

FULL = os.environ.get("TAKWIN_FULL") == "1"
EXAMPLES = 1000 if FULL else 60
pytestmark = [pytest.mark.trust, pytest.mark.django_db, pytest.mark.long]
PLACES = st.integers(0, 9)
DELEGABLE = [role for role in Role.values if role not in ("administrator", "auditor", "editor")]
OWN_SEATS = st.builds(
    Seat,
    st.sampled_from(OFFICES),
    st.sampled_from(Role.values),
    st.sampled_from([-400, -1, 0, 0, 0, 1]),
    st.sampled_from([None, None, None, -1, 0, 1, 200]),
)
GIVEN = st.builds(
    Given,
    st.builds(Seat, st.sampled_from(OFFICES), st.sampled_from(DELEGABLE), st.just(-400), st.sampled_from([None, 0, 9])),
    st.sampled_from([True, True, False]),
    st.sampled_from([-5, 0, 1]),
    st.sampled_from([0, 1, 9]),
)
PLANS = st.builds(
    Plan,
    st.lists(OWN_SEATS, min_size=0, max_size=3).map(tuple),
    st.lists(GIVEN, max_size=1).map(tuple),
    st.sampled_from([True] * 9 + [False]),
    st.one_of(st.none(), PLACES),
    st.one_of(st.none(), PLACES),
    st.sampled_from([None, None, 7, 8]),  # nobody signs what never came to be signed
    st.sampled_from([False, False, True]),
)
QUERIES = st.sampled_from(
    ["", "state=any", "state=open", "state=completeness", "state=signature", "state=issuing", "office=rd-82",
     "due=late", "office=equivalence&state=any", "assignee=none", "assignee=me", "unread=1&state=any", "followed=1",
     "procedure=foreign_certificate_equivalence&state=any", "q=EQV&state=any", "since=2020-01-01&state=any"]
)  # fmt: skip


class Reader:
    """Somebody at a screen, what the oracle lets them read, and every answer looked through for other words."""

    def __init__(self, plan: Plan, country: Country, language: str = "en") -> None:
        self.plan, self.country, self.language = plan, country, language
        self.seen = seen_by(plan, country)
        self.shown = self.seen if plan.enters else set()
        self.home = at_home(plan, country)
        self.client = with_second_factor(Client(), country.settle(plan))
        self.statuses: dict[str, int] = {}

    def asks(self, path: str, data: Any = None, *, may: bool | None = None, typed: str = "") -> bytes:
        """Open or send a page: it is there for who may and for nobody else, and holds no word of what is hidden."""
        method = self.client.get if data is None else self.client.post
        answer = method(f"/{self.language}{path}", data or {})
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for close in answer._resource_closers:
            close()
        is_let_in = answer.status_code in (200, 302) and "login" not in answer.get("Location", "")
        assert may is None or is_let_in == may, (path, answer.status_code, self.plan)
        self.look_through(content, path, typed)
        return content if answer.status_code == 200 else b""

    def look_through(self, content: bytes, where: str, typed: str = "") -> None:
        """What the reader typed themselves stands in the field again, and tells nothing."""
        text = content.decode(errors="ignore")
        for known in self.country.unseen(self.shown | self.home):
            found = [word for word in known.words.values() if word != typed and word in text]
            assert found == [], (where, known.place, self.plan)


def may_open(reader: Reader, known: Known) -> bool:
    return known.place in reader.shown


def looks_at_lists(reader: Reader, query: str, sought: Known) -> None:
    everything = reader.asks("/office/?state=any", may=reader.plan.enters).decode()
    listed = {known.place for known in reader.country.known if known.arabic in everything}
    assert listed == reader.shown
    reader.asks(f"/office/?{query}", may=reader.plan.enters)
    found = reader.asks(f"/office/?q={sought.arabic}&state=any", typed=sought.arabic).decode()
    assert (found.count(sought.arabic) > 1) == may_open(reader, sought)  # the word itself stands in the field
    by_number = reader.asks(f"/office/?q={sought.case.number}", typed=sought.case.number).decode()
    assert (sought.arabic in by_number) == may_open(reader, sought)


def takes_the_list(reader: Reader, query: str) -> None:
    wanted = {"query": "state=any", "format": "csv", "col": ["number", "applicant", "office", "assignee"]}
    text = reader.asks("/office/export/", wanted, may=reader.plan.enters).decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]
    numbers = {known.case.number for known in reader.country.known if may_open(reader, known)}
    assert {row[0] for row in rows} == numbers
    reader.asks("/office/export/", wanted | {"query": query}, may=reader.plan.enters)
    page = reader.client.get(f"/{reader.language}/office/export/?state=any")
    if reader.plan.enters:
        assert page.context["number"] == len(reader.shown)


def opens(reader: Reader, known: Known, other: Known) -> None:
    case, may = known.case.public_id, may_open(reader, known)
    page = reader.asks(f"/office/cases/{case}/", may=may).decode()
    reads = may and not is_theirs(reader.plan, known, reader.country)
    assert (known.latin in page) == may
    assert (known.note in page) == reads
    paper = reader.asks(f"/office/cases/{case}/papers/{known.upload.pk}/", may=may)
    assert paper == (f"%PDF-1.7 paper-{known.place}-paper".encode() if may else b"")
    letter = reader.asks(f"/office/cases/{case}/messages/{known.attached.pk}/", may=may)
    assert letter == (f"%PDF-1.7 letter-{known.place}-letter".encode() if may else b"")
    if known is not other:
        for address in (f"papers/{other.upload.pk}", f"messages/{other.attached.pk}"):
            reader.asks(f"/office/cases/{case}/{address}/", may=False)
    reader.asks(f"/office/cases/{case}/whole/", may=takes_whole(reader.plan, known, reader.country) and may)


def looks_for_the_document(reader: Reader) -> None:
    document, case = reader.country.document, reader.country.known[8]
    keeps = bool(reader.plan.own_roles & KEEPS_STATUS)
    may = reader.plan.enters and (may_open(reader, case) or keeps)
    if not keeps:  # who keeps the status of documents reads whose each of them is
        reader.asks(f"/office/documents/{document.public_id}/", may=may)
    sealed = reader.client.get(f"/en/office/documents/{document.public_id}/file/")
    assert (sealed.status_code == 200) == may
    if may:
        assert b"sealed-8-sealed" in b"".join(sealed.streaming_content)
        for close in sealed._resource_closers:
            close()
    found = reader.client.get(f"/en/office/documents/?q={document.public_id}").content.decode()
    assert (f"/office/documents/{document.public_id}/" in found) == may


def looks_at_home(reader: Reader, known: Known) -> None:
    """The rooms of those who file: their own cases, and those of an organisation in which they serve."""
    may = known.place in reader.home
    page = reader.asks(f"/desk/cases/{known.case.public_id}/", may=may).decode()
    assert (known.latin in page) == may
    assert known.note not in page


def takes_the_whole_file(reader: Reader, known: Known, *, for_office: bool, makes: bool) -> None:
    address = f"/office/cases/{known.case.public_id}/whole/"
    may = takes_whole(reader.plan, known, reader.country) and may_open(reader, known)
    theirs = reader.country.taken
    reader.asks(f"/office/cases/{theirs.case.public_id}/whole/{theirs.public_id}/zip/", may=False)
    if not makes:
        return
    reader.asks(address, {"reason": "court", "copy": "office" if for_office else "party"}, may=may)
    sweep(kinds=("dossiers.whole_file",))
    whole = WholeFile.objects.exclude(pk=reader.country.taken.pk).first()
    assert (whole is not None) == may
    if whole is None:
        return
    pdf = read(reader.asks(f"{address}{whole.public_id}/pdf/", may=True))
    assert known.latin in pdf
    assert (known.note in pdf) == for_office
    reader.look_through(pdf.encode(), "whole file")
    with zipfile.ZipFile(io.BytesIO(reader.asks(f"{address}{whole.public_id}/zip/", may=True))) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert f"paper-{known.place}-paper".encode() in inside
    reader.look_through(inside, "archive")


def read(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


@contextmanager
def taken_back() -> Iterator[None]:
    """What an example writes is undone behind it; counters that are kept for a while are forgotten."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def country(tmp_path: Path, settings: Any) -> Country:
    settings.TAKWIN_KEYS = tmp_path
    keys_in(tmp_path)
    made = Country()
    first = made.known[0].case
    made.taken = order_whole_file(  # type: ignore[attr-defined]  # another officer's copy, which nobody else may take
        case=first, by=made.house.desk, reason="court", for_office=True, language="en"
    )
    sweep(kinds=("dossiers.whole_file",))
    return made


@given(
    plan=PLANS, query=QUERIES, one=PLACES, other=PLACES, for_office=st.booleans(),
    makes=st.integers(0, 7).map(lambda number: number == 0), language=st.sampled_from(["en", "ar", "fr"]),
)  # fmt: skip
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # an example is small as it is, and each of them costs a second
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nobody_reads_a_word_that_is_not_theirs(
    country: Country, plan: Plan, query: str, one: int, other: int, for_office: bool, makes: bool, language: str
) -> None:
    with taken_back():
        everything(Reader(plan, country, language), query, country.known[one], country.known[other], for_office, makes)


def everything(reader: Reader, query: str, known: Known, other: Known, for_office: bool, makes: bool) -> None:
    looks_at_lists(reader, query, known)
    takes_the_list(reader, query)
    opens(reader, known, other)
    looks_for_the_document(reader)
    looks_at_home(reader, other)
    takes_the_whole_file(reader, known, for_office=for_office, makes=makes)


# The test itself is tried: each hole that is torn must be found.

FAR_DESK = Plan(seats=(Seat("rd-82", "desk_officer", -9, None),))
HOLES: dict[str, tuple[str, Callable[..., Any], Plan]] = {
    "the door to a case": ("procedures.cases.access.visible_to", lambda user, **told: Case.objects.all(), FAR_DESK),
    "the list": ("procedures.inboxes.circles._circles", lambda person, held: ("everyone",), FAR_DESK),
    "documents": ("portal.backoffice.issued.visible_to", lambda person, **told: Document.objects.all(), FAR_DESK),
    "internal notes": (
        "portal.backoffice.casefile.rights",
        lambda person, case: Rights(reads=True),
        replace(FAR_DESK, seats=(Seat("rd-11", "desk_officer", -9, None),), own=0),
    ),
    "the whole file": (
        "portal.dossiers.views.whole.rights",
        lambda person, case: Rights(takes=True),
        Plan(seats=(Seat("rd-11", "expert", -9, None),)),
    ),
    "other cases of the applicant": (
        "portal.backoffice.record.visible_to", lambda user, **told: Case.objects.all(),
        Plan(seats=(Seat("rd-11", "desk_officer", -9, None),)),
    ),
    "cases of others at home": (
        "procedures.cases.access.open_to_applicant", lambda user, **told: Case.objects.all(), FAR_DESK
    ),
}  # fmt: skip


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_that_is_torn_is_found(country: Country, hole: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target, torn, plan = HOLES[hole]
    with taken_back():
        everything(Reader(plan, country), "state=any", country.known[0], country.known[5], True, False)
    monkeypatch.setattr(target, torn)
    with taken_back(), pytest.raises(AssertionError):
        everything(Reader(plan, country), "state=any", country.known[0], country.known[5], True, True)
