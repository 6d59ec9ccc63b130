"""The portal with one more address, for `bench/verification.py`: a bare indexed SELECT behind the same middleware."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.http import HttpRequest, HttpResponse  # noqa: E402 - after the settings are read
from django.urls import path  # noqa: E402

from config import urls  # noqa: E402
from procedures.documents.models import Document  # noqa: E402


def bare(_request: HttpRequest, public_id: str) -> HttpResponse:
    state = Document.objects.filter(public_id=public_id).values_list("state", flat=True).first()
    return HttpResponse(str(state), content_type="text/plain")


urls.urlpatterns.insert(0, path("bare/<str:public_id>/", bare))
