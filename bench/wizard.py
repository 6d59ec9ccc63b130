"""Measure a page of the wizard against a bare FormView with one INSERT (B1, B2), and filing (B3).

`python bench/wizard.py [TIMES]` makes a database of its own and removes it; with TAKWIN_DATABASE_URL on PostgreSQL (an
empty database). Both views ask the same eight questions of the same person, in turns, through every middleware; seconds
of this process alone, so that other work on the machine changes no ratio.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = """{% extends "base.html" %}{% block title %}Eight{% endblock %}{% block main %}<div class="wrap"><h1>Eight</h1>
<form method="post" novalidate>{% csrf_token %}{{ form }}<button class="btn">Save</button></form></div>{% endblock %}"""
ROWS = 200


@dataclass
class Measured:
    """One promise: what was measured of it, in which unit, and the most that it may be."""

    promise: str
    what: str
    figure: float
    most: float
    unit: str

    def __str__(self) -> str:
        held = "held" if self.figure <= self.most else "NOT HELD"
        return f"{self.promise:<4}{self.what:<58}{self.figure:8.2f} {self.unit:<8} of {self.most:g}  {held}"


def cpu(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def in_turns(times: int, *acts: Callable[[], Any]) -> list[list[float]]:
    """Milliseconds of each act, done one after the other, so that a slow moment is everybody's."""
    for act in acts * 3:
        act()
    taken: list[list[float]] = [[] for _act in acts]
    for _time in range(times):
        for act, found in zip(acts, taken, strict=True):
            found.append(cpu(act))
    return taken


def queries(act: Callable[[], Any]) -> int:
    """Questions to the database beside those about the session and the user."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        act()
    ours = [
        each["sql"] for each in asked if not any(name in each["sql"] for name in ("django_session", "accounts_user"))
    ]
    return len([sql for sql in ours if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))])


def prepared() -> Any:
    """A procedure whose first page asks eight questions and whose second asks rows; and a bare view of the eight."""
    from procedures import api as p
    from procedures import registry
    from procedures.api import fields as f

    eight = {f"q{number}": f.Text(f"Question {number}") for number in range(8)}
    Eight = type("Eight", (f.Fieldset,), {"legend": "Eight", "__module__": "bench", **eight})
    Row = type("Line", (f.Fieldset,), {"legend": "Row", "__module__": "bench", "a": f.Text("A"), "b": f.Text("B")})
    found = registry.services_for_people().items()
    code, now = next((code, each) for code, each in found if not each.contests)
    steps = (p.Step("eight", "Eight", (Eight,)), p.Step("rows", "Rows", (p.Group("lines", Row, most=300),)))
    changed = replace(now, steps=(*steps, *now.steps))
    registry.procedures = lambda: {code: changed}  # type: ignore[assignment]
    return Eight


def bare_view(asked: Any) -> Any:
    from django.template import engines
    from django.urls import path
    from django.views.generic import FormView

    from config import urls

    class Bare(FormView):
        form_class, success_url = asked, "/en/bare/"

        def form_valid(self, form: Any) -> Any:
            from django.contrib.sessions.models import Session
            from django.utils import timezone

            now = timezone.now()
            Session.objects.create(
                session_key=f"b{time.monotonic_ns()}", session_data=str(form.cleaned_data), expire_date=now
            )
            return super().form_valid(form)

        def render_to_response(self, context: Any, **kwargs: Any) -> Any:
            from django.http import HttpResponse

            return HttpResponse(engines["django"].from_string(PAGE).render(context, self.request))

    urls.urlpatterns.insert(0, path("en/bare/", Bare.as_view()))
    return Bare


def pages(times: int) -> list[Measured]:
    from tests.procedures.wizard.factories import Visitor, a_person

    asked = prepared()
    bare_view(asked)
    visitor = Visitor(a_person())
    visitor.start()
    client, path = visitor.client, visitor.step_path("eight")
    given = {f"q{number}": f"answer {number}" for number in range(8)}
    ours = {f"eight-{name}": value for name, value in given.items()}

    def post() -> None:
        version = str(visitor.stored().version)
        sent = {"version": version, "next": "1", **ours, "eight-q0": f"answer {version}"}
        took.append(cpu(lambda: answers.append(client.post(path, sent))))

    took: list[float] = []
    answers: list[Any] = []
    bare_post, _turn = in_turns(times, lambda: client.post("/en/bare/", given), post)
    assert {answer.status_code for answer in answers} == {302}, answers[0].content[:500]
    bare_get, our_get = in_turns(times, lambda: client.get("/en/bare/"), lambda: client.get(path))
    rows = {"lines-row": [f"row{number}" for number in range(ROWS)]}
    cells = {f"lines-row{number}-{name}": "answer" for number in range(ROWS) for name in "ab"}
    seen = {"version": "99999", "next": "1"}
    [many] = in_turns(max(5, times // 10), lambda: client.post(visitor.step_path("rows"), seen | rows | cells))
    assert len(visitor.stored().answers["lines"]) == ROWS
    middle = statistics.median
    client.get(path)  # the facts of the site are read again after five seconds, for whichever page comes next
    version = str(visitor.stored().version)
    saved = ours | {"version": version, "next": "1", "eight-q1": "another"}
    return [
        Measured("B1", "a POST of eight answers, of a bare FormView", middle(took) / middle(bare_post), 2.5, "times"),
        Measured("B1", "its queries", queries(lambda: client.post(path, saved)), 4, ""),
        Measured("B1", f"a POST of {ROWS} rows", middle(many), 300, "ms"),
        Measured("B2", "a GET, of a bare FormView", middle(our_get) / middle(bare_get), 1.5, "times"),
        Measured("B2", "its queries", queries(lambda: client.get(path)), 3, ""),
    ]


def filing(times: int) -> list[Measured]:
    from tests.procedures.kernel.factories import House, a_person
    from tests.procedures.wizard.factories import Visitor, hidden

    House()
    took, asked = [], 0
    for number in range(max(10, times // 10)):
        visitor = Visitor(a_person()).ready()
        data = hidden(visitor.open("check").content.decode()) | {"true_and_complete": "on"}
        path = visitor.path(f"drafts/{visitor.draft}/file/")
        if number:
            took.append(cpu(lambda path=path, data=data, client=visitor.client: client.post(path, data)))
        else:
            asked = queries(lambda path=path, data=data, client=visitor.client: client.post(path, data))
        assert visitor.stored().filed_at
    took.sort()
    return [
        Measured("B3", "queries of filing", asked, 25, ""),
        Measured("B3", "filing, 95 of 100", took[int(len(took) * 0.95)], 150, "ms"),
    ]


def main(times: int) -> int:
    measured = filing(times) + pages(times)
    for each in sorted(measured, key=lambda each: each.promise):
        print(each)
    return int(any(each.figure > each.most for each in measured))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="takwin-bench-") as var:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "TAKWIN_VAR": var}
        import django

        django.setup()
        from django.core.management import call_command
        from django.utils import translation

        call_command("migrate", verbosity=0)
        with translation.override("en"):
            sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
