"""What the administration publishes for everybody: the list, and each sealed document. No account."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.circulars.listing import circulars
from procedures.documents.access import open_document
from procedures.documents.publishing import published_documents
from procedures.policies import public

ON_A_PAGE = 20


@public
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    page = Paginator(published_documents(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "circulars/list.html", {"page": page, "circulars": circulars(list(page.object_list))})


@public
@require_safe
def file(request: HttpRequest, document: str) -> FileResponse:
    """The sealed bytes of a published document; any other document is not there."""
    return open_document(get_object_or_404(published_documents(), public_id=document.upper()))
