"""The addresses of what is mine, under /mine/."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.mine import data, documents, mandates, views
from procedures.policies import signed_in

app_name = "mine"

reading = require_GET
writing = require_http_methods(["GET", "POST"])
wallet = signed_in(reading(documents.wallet))

urlpatterns = [
    path("data/", signed_in(reading(data.data)), name="data"),
    path("data/download/", signed_in(require_POST(data.download)), name="download"),
    path("data/consents/<slug:code>/", signed_in(require_POST(data.consent)), name="consent"),
    path("data/close/", signed_in(writing(data.close)), name="close"),
    path("mandates/", signed_in(writing(mandates.mandates)), name="mandates"),
    path("mandates/<uuid:mandate>/", signed_in(require_POST(mandates.answer)), name="mandate"),
    path("consulted/", signed_in(reading(views.consulted)), name="consulted"),
    path("consulted/<uuid:case>/", signed_in(reading(views.consulted)), name="consulted_case"),
    path("documents/", signed_in(reading(documents.documents)), name="documents"),
    path("documents/<slug:document>/", signed_in(writing(documents.document)), name="document"),
    path(
        "documents/<slug:document>/credential.jwt",
        signed_in(reading(documents.wallet)),
        {"form": "credential"},
        "credential",
    ),
    path("documents/<slug:document>/badge.jwt", signed_in(reading(documents.wallet)), {"form": "badge"}, "badge"),
    path(
        "documents/<slug:document>/links/<uuid:link>/withdraw/",
        signed_in(require_POST(documents.withdraw)),
        name="withdraw_link",
    ),
]
