"""What is mine and who looked at it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.mine.consulted import consultations_of, told
from procedures.cases.access import own_case
from procedures.cases.models import Case

ON_A_PAGE = 50


def consulted(request: HttpRequest, case: UUID | None = None) -> HttpResponse:
    """Every reading on record of everything that is mine, or of one case."""
    own: Case | None = own_case(request.user, case) if case else None
    page = Paginator(consultations_of(request.user, case=own), ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"page": page, "readings": told(page.object_list), "case": own}
    return render(request, "mine/consulted.html", context)
