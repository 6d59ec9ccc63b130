"""The first page of the administration: its rooms, and what waits in them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.administration.rooms import reads, show


@reads
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return show(request, "administration/home.html", {})
