"""The guided choice of a service: one question a page, answers in the address and nowhere else."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms_content.catalogue import Service, planned
from cms_content.showing import every_row
from portal.public.choosing.confused import confused
from portal.public.choosing.questions import BY_CODE, FIRST, Answer, Question, longest, services_behind
from portal.public.offices import office_words
from procedures.definition import Text
from procedures.policies import public


@dataclass(frozen=True)
class Given:
    """An answer that was given, and the address of the page that asks it again."""

    question: Question
    answer: Answer
    words: Text
    change_url: str


@public
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The next question, or the services to which the answers lead; an answer that nobody offers is asked again."""
    rows = {row.code: row for row in every_row()}
    question, given = _walked(request, rows)
    last = given[-1].answer if given else None
    reached = last is not None and bool(last.services)
    leading = (last,) if last else FIRST.answers
    left = list(dict.fromkeys(code for each in leading for code in services_behind(each)))
    missed = not reached and request.GET.get("asked") == question.code
    context = {
        "given": given,
        "question": question,
        "options": [(each, _words(each, rows)) for each in question.answers],
        "kept": [(each.question.code, each.answer.code) for each in given],
        "position": len(given) + 1,
        "steps": range(len(given) + longest(question)),
        "total": len(given) + longest(question),
        "back_url": given[-1].change_url if given else reverse("public:catalogue"),
        "possible": [rows[code] for code in left if code in rows],
        "all_count": len(planned()),
        "errors": [(f"id_{question.code}_0", None)] if missed else [],
        "error_summary": missed,
        "confused": confused(rows),
        "found": [(rows[code], office_words(code)) for code in left if code in rows] if reached else [],
    }
    return render(request, "public/chosen.html" if reached else "public/choose.html", context)


def _walked(request: HttpRequest, rows: dict[str, Service]) -> tuple[Question, list[Given]]:
    """As far as the answers of the address lead: the question that stands there, and what was answered before."""
    question, given, kept = FIRST, list[Given](), dict[str, str]()
    while answer := question.answer(request.GET.get(question.code, "")):
        change_url = f"{reverse('public:choose')}{'?' if kept else ''}{urlencode(kept)}"
        given.append(Given(question, answer, _words(answer, rows), change_url))
        kept[question.code] = answer.code
        if not answer.question:
            break
        question = BY_CODE[answer.question]
    return question, given


def _words(answer: Answer, rows: dict[str, Any]) -> Text:
    return answer.words or rows[answer.services[0]].title
