"""The sealed report on a list of codes: asked, waited for, read and fetched at an address nobody can guess."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from portal.throttle import HOUR, MINUTE, seconds_left, tries
from portal.verification.answers import TONES
from portal.verification.forms import Several
from portal.verification.headers import asking, kept_by_nobody
from portal.verification.listing import ask_report, report_of_secret, reports_waiting
from portal.verification.models import ListReport
from portal.verification.pages import tongues
from portal.verification.throttle import seconds_to_wait
from portal.verification.views import asked, too_many
from procedures.documents.access import open_document
from procedures.documents.addresses import public_host
from procedures.documents.models import Document
from procedures.policies import by_secret, public

MOST_REPORTS = 10  # of one address in an hour: each costs the worker a sealed file
MOST_WAITING = 20  # of everybody: what strangers ask must not keep receipts and decisions from being sealed
LOOK_AGAIN = "3"  # seconds


@public
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Promise the report and lead to its address; the codes travel in the body and are in no address."""
    form = Several(request.POST, request.FILES)
    if not form.is_valid():
        return asking(render(request, "verification/several.html", asked(request, form), status=400))
    if tries("verification-list", request, within=HOUR) > MOST_REPORTS:
        return too_many(request, seconds_left(HOUR))
    if reports_waiting() >= MOST_WAITING:
        return too_many(request, MINUTE)
    return kept_by_nobody(redirect("verification:list_report", secret=ask_report(form.lines)))


@by_secret
@require_safe
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """How far the report is, then the report; an address that is wrong or past its day is answered alike."""
    report = report_of_secret(secret)
    if report is None:
        if wait := seconds_to_wait(request):
            return too_many(request, wait)
        told = {"tongues": tongues(page="several")}
        return kept_by_nobody(render(request, "verification/no_list_report.html", told, status=404))
    context: dict[str, Any] = {
        "report": report,
        "document": report.document,
        "stage": stage_of(report),
        "secret": secret,
    }
    context |= {"host": public_host(), "tongues": tongues(name="list_report", args=[secret])}
    if report.document is not None and context["stage"] == "ready":
        context |= _shown(report, report.document)
    response = kept_by_nobody(render(request, "verification/list_report.html", context))
    if context["stage"] in ("waiting", "sealing"):
        response["Refresh"] = LOOK_AGAIN
    return response


@by_secret
@require_safe
def pdf(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The sealed file."""
    report = report_of_secret(secret)
    if report is None or report.document is None:
        if wait := seconds_to_wait(request):
            return too_many(request, wait)
        raise Http404
    response = open_document(report.document)
    response["Referrer-Policy"], response["X-Robots-Tag"] = "no-referrer", "noindex"
    return response


def stage_of(report: ListReport) -> str:
    """ "waiting" for its answers, "sealing", "held" for a person to look at, "ready"."""
    document = report.document
    if document is None:
        return "waiting"
    stages = {Document.State.ISSUED: "ready", Document.State.HELD: "held"}
    return stages.get(Document.State(document.state), "sealing")


def _shown(report: ListReport, document: Document) -> dict[str, object]:
    """Rows and tally as they were sealed, in the reader's language."""
    language, content = get_language() or "ar", document.content
    lines = [
        {
            "number": order,  # as the sealed file counts them: empty lines are none
            "code": line["code"],
            "tone": _tone(line["state"]),
            "said": line["verdict"].get(language) or line["verdict"]["ar"],
            "title": (line["title"].get(language) or line["title"]["ar"]) if line["day"] else "",
            "day": line["day"],
        }
        for order, line in enumerate(content["lines"], start=1)
    ]
    tones = {line["verdict"]["ar"]: _tone(line["state"]) for line in content["lines"]}
    tally = [
        (tones[each["said"]["ar"]], each["said"].get(language) or each["said"]["ar"], each["count"])
        for each in content["tally"]
    ]
    return {"lines": lines, "tally": tally}


def _tone(state: str) -> str:
    return TONES[state][2] if state in TONES else "off"
