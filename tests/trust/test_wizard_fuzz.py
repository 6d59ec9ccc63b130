"""T18: whatever is posted to whichever page of whichever procedure, nothing breaks and nothing wrong counts."""

import os
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from procedures import registry
from procedures.definition import Group, blocks_of
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.testing import posted, sample_answers
from procedures.wizard.plan import Plan
from tests.procedures.wizard.factories import Visitor, a_person, a_speciality, hidden

FULL = os.environ.get("TAKWIN_FULL") == "1"
TRIES = 200 if FULL else 20  # of each page
# What anybody starts: an appeal begins from the page of its case, and the authority's files in the office.
STARTED = {code: each for code, each in registry.services_for_people().items() if not each.contests}
PAGES = [(code, step.code) for code, each in STARTED.items() for step in each.steps]

pytestmark = [pytest.mark.trust, pytest.mark.django_db]

BIDI = "\u200f\u202e\u2066\u200d\ufeff"
NASTY = (
    "", " ", "\0", "\t\r\n", "٣", "٠٩٨٧٦٥٤٣٢", "-1", "1e9", "NaN", "inf", "0x10", "1,5", "9" * 40, "9" * 5000, "true",
    "None", "[]", '{"a": 1}', "2020-02-30", "31", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n", "../../etc/passwd",
    "' OR 1=1 --", BIDI, "ڨردان" + BIDI, "e\u0301" * 300, "𝕬𝖒𝖎𝖓𝖆", "👩‍👩‍👧‍👧", "\ud7ff\ue000\ufffe", "ﷺ" * 100,
    "x" * 100_000,
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=80),
    st.text("0123456789٠١٢٣٤٥٦٧٨٩-+./ ", max_size=20),
    st.integers().map(str),
    st.floats().map(str),
)
LISTS = st.lists(VALUES, max_size=4)
EXTRA = st.dictionaries(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60), LISTS, max_size=5)


def answers_that_ask(code: str, step: str) -> dict[str, Any]:
    """A filing on whose way this page lies."""
    procedure, today = resolve(code), timezone.localdate()
    a_speciality()
    for sample in procedure.samples:
        if sample.breaks:
            continue
        answers = sample_answers(procedure, "en", sample=sample, contact={"governorate": "TN-11"})
        if step in {each.code for each in Situation(procedure, answers, on=today).asked_steps()}:
            return answers
    raise AssertionError(f"no sample of {code} asks {step}")


def led_to(code: str, step: str) -> tuple[Visitor, dict[str, Any]]:
    """Somebody at this page, and what would be answered well on it."""
    procedure, answers = resolve(code), answers_that_ask(code, step)
    visitor = Visitor(a_person())
    current = visitor.start(code)
    while current != step:
        here = {code for code, placed in procedure.blocks.items() if placed.step and placed.step.code == current}
        sent = posted(procedure, {code: given for code, given in answers.items() if code in here})
        current = visitor.send(current, sent)["Location"].rstrip("/").rpartition("/")[2]
    here = {code for code, placed in procedure.blocks.items() if placed.step and placed.step.code == step}
    for code in here & answers.keys():
        block = procedure.blocks[code].block
        if isinstance(block, Group) and not block.fixed and answers[code]:
            answers[code] = [*answers[code], answers[code][0] | {"_row": "another"}]
    return visitor, posted(procedure, {code: given for code, given in answers.items() if code in here})


@pytest.mark.parametrize(("code", "step"), PAGES, ids=[f"{code}.{step}" for code, step in PAGES])
def test_a_page_takes_anything_and_counts_only_what_is_right(code: str, step: str) -> None:
    visitor, good = led_to(code, step)
    prefixes = tuple(f"{block.code}-" for block in blocks_of(next(s for s in resolve(code).steps if s.code == step)))
    names = st.sampled_from(sorted(good))
    opened = hidden(visitor.open(step).content.decode())

    @settings(max_examples=TRIES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(wrong=st.dictionaries(names, LISTS, max_size=4), extra=EXTRA, saved=st.booleans(), near=names)
    @example(
        wrong={name: [""] for name in sorted(good) if not name.endswith("-row")},
        extra={},
        saved=False,
        near=sorted(good)[0],
    )
    @example(wrong={sorted(good)[0]: ["x" * 1_000_000]}, extra={}, saved=False, near=sorted(good)[0])
    def anything(wrong: dict[str, list[str]], extra: dict[str, list[str]], saved: bool, near: str) -> None:
        before = visitor.stored()
        like = {f"{near}{name}": values for name, values in extra.items()}  # beside a question of the page
        data = opened | {"version": str(before.version)} | good | wrong | extra | like
        if saved:
            data |= {"changed": " ".join([*wrong, *like]), "sender": "w.1"}
        answer = visitor.client.post(visitor.step_path(step), data)
        assert answer.status_code in (200, 302, 400, 409)
        after = visitor.stored()
        if answer.status_code in (400, 409):
            assert (after.answers, after.typed) == (before.answers, before.typed)
        kept = after.typed.get(step, {}).get("data", {})
        assert all(name.startswith(prefixes) for name in kept)
        if step in after.done_steps:
            plan = Plan(after, resolve(code))
            assert plan.page(step).is_valid()
        assert visitor.open(step).status_code == 200

    anything()
    assert visitor.send(step, good).status_code == 302


@pytest.mark.parametrize("address", ["start", "step", "file", "discard", "device", "link"])
def test_an_address_of_the_wizard_takes_anything(address: str) -> None:
    code = next(iter(STARTED))
    visitor = Visitor(None if address == "link" else a_person())
    step = visitor.start(code)
    path = {
        "start": visitor.path(f"services/{code}/start/"),
        "step": visitor.step_path(step),
    }.get(address, visitor.path(f"drafts/{visitor.draft}/{address}/"))

    @settings(max_examples=TRIES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(extra=EXTRA, value=VALUES)
    def anything(extra: dict[str, list[str]], value: str) -> None:
        ours = {
            "version": value,
            "email": value,
            "true_and_complete": value,
            "back": value,
            "shown": value,
            "add": value,
        }
        if address != "discard":
            assert visitor.client.post(path, ours | extra).status_code in (200, 302, 400, 409, 429)
        assert visitor.client.get(path, ours | extra).status_code in (200, 302, 400, 404, 405)

    anything()
