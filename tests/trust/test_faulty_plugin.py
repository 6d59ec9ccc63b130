"""T18: a plugin that raises when it checks, makes a paper or is told of something spoils nothing but its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from procedures import api as p
from procedures import registry
from procedures.api import fields as f
from procedures.cases import services
from procedures.cases.models import Case
from procedures.documents import issuing
from procedures.documents.models import Document
from procedures.jobs import services as jobs
from procedures.jobs.models import Job
from tests.procedures.documents.factories import keys_in
from tests.procedures.installed import installed
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import CODE, Visitor, a_person, errors
from tests.workbench.procedure import PROCEDURE as OTHER

pytestmark = [pytest.mark.trust, pytest.mark.django_db]


class Faulty(f.Text):
    """A question whose check raises what no check may raise."""

    def clean(self, value: Any) -> Any:
        raise RuntimeError("a fault of the plugin")


class Asking(f.Fieldset):
    legend = "Faulty"
    word = Faulty("A word", sample="x")


@p.rule("contact.phone", says="No.", title="Faulty")
def faulty_rule(phone: str) -> bool:
    raise ZeroDivisionError


@pytest.fixture
def install() -> Iterator[Callable[..., None]]:
    with ExitStack() as stack:
        yield lambda **changes: stack.enter_context(installed(replace(registry.procedure(CODE), **changes), OTHER))


@pytest.mark.parametrize(("language", "word"), [("ar", "عندنا"), ("fr", "de notre fait")])
def test_a_check_that_raises_is_said_beside_its_question_and_keeps_the_answer(
    language: str, word: str, install: Callable[..., None]
) -> None:
    install(steps=(p.Step("faulty", "Faulty", (Asking,)), *registry.procedure(CODE).steps))
    visitor = Visitor(a_person(), language=language)
    assert visitor.start() == "faulty"
    answer = visitor.send("faulty", {"asking-word": "my word"})
    assert answer.status_code == 200
    assert len(errors(answer)) == 1
    assert word in errors(answer)[0]
    assert 'value="my word"' in visitor.open("faulty").content.decode()
    other = Visitor(a_person())
    step = other.start(OTHER.code)
    assert other.open(step).status_code == 200, "other procedures go on"


def test_a_rule_that_raises_stops_nobody_and_sends_the_case_to_a_person(install: Callable[..., None]) -> None:
    House()
    install(rules=(*registry.procedure(CODE).rules, faulty_rule))
    visitor = Visitor(a_person()).ready()
    assert visitor.file().status_code == 302
    told = {each["rule"]: each["outcome"] for each in Case.objects.get().explanations}
    assert told["faulty_rule"] == "unknown"
    assert [outcome for rule, outcome in told.items() if rule != "faulty_rule" and outcome == "unknown"] == []
    assert "faulty_rule" in Case.objects.get().flags


def test_a_paper_that_cannot_be_made_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.TAKWIN_KEYS = tmp_path / "keys"
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    keys_in(settings.TAKWIN_KEYS)
    house = House()
    for _case in range(2):
        case = house.at_signature()
        services.sign(case=case, by=house.delegate, version=case.version)
    broken, sound = Document.objects.exclude(output="receipt").order_by("pk")
    drawn = issuing.rendered

    def drawing(document: Document) -> bytes:
        if document.pk == broken.pk:
            raise RuntimeError("a fault of the plugin")
        return drawn(document)

    monkeypatch.setattr(issuing, "rendered", drawing)
    jobs.sweep()
    states = dict(Document.objects.exclude(output="receipt").values_list("pk", "state"))
    assert states == {broken.pk: broken.state, sound.pk: Document.State.ISSUED}
    kept = Job.objects.get(kind="documents.seal", payload__document_id=broken.pk)
    assert (kept.state, kept.tries) == (Job.State.NEW, 1)
    assert "RuntimeError" in kept.error
