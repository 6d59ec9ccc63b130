"""Take the filtered list away as CSV or XLSX: asked for on a page that says what names people, and put on record."""

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.reauthentication import require_recent
from portal.inboxes.exporting import PERSONAL, columns, rows
from portal.inboxes.searching import Search
from procedures.audit.services import append
from procedures.inboxes.circles import Seats, seats_of
from procedures.inboxes.selectors import walk, whole_count
from procedures.policies import staff
from procedures.spreadsheets import XLSX, csv_lines, xlsx_file

MOST_ROWS = 200_000


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """GET says what would be taken; POST takes it, from who proved a moment ago who they are."""
    if request.method != "POST":
        return _asked(request, Search.by(request.GET))
    return require_recent(_taken)(request)


def _taken(request: HttpRequest) -> HttpResponseBase:
    search, seats = Search.by(QueryDict(request.POST.get("query", ""))), seats_of(request.user)
    wanted = [name for name in columns() if name in request.POST.getlist("col")]
    number = whole_count(seats, search.asked)
    if not wanted or number > MOST_ROWS:
        few = not wanted
        return _asked(
            request,
            search,
            _("Choose at least one column.") if few else _("The list has more than 200,000 rows. Narrow the filter."),
        )
    kind = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    told = {"filter": search.asked.codes(), "columns": wanted, "rows": number, "format": kind}
    append(action="inbox.exported", subject=("inboxes.export", kind), actor=request.user, data=told)
    return _file(seats, search, wanted, kind)


def _file(seats: Seats, search: Search, wanted: list[str], kind: str) -> HttpResponseBase:
    language = get_language() or "ar"
    name = f"cases-{timezone.localdate().isoformat()}.{kind}"
    if kind == "xlsx":
        file = xlsx_file(rows(walk(seats, search.asked), wanted), right_to_left=language == "ar")
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)

    def lines() -> Iterator[str]:
        """In the language of the page, to the last line."""
        with override(language):
            yield from csv_lines(rows(walk(seats, search.asked), wanted))

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: HttpRequest, search: Search, fault: str = "") -> HttpResponse:
    seats = seats_of(request.user)
    context = {
        "search": search,
        "query": search.query(),
        "number": whole_count(seats, search.asked),
        "columns": [(name, words, name in PERSONAL) for name, words in columns().items()],
        "fault": fault,
    }
    return render(request, "inboxes/export.html", context, status=400 if fault else 200)
