"""Addresses of what lies beside a case, under /office/cases/."""

from django.urls import path

from portal.dossiers.views import beside, whole

app_name = "dossiers"

urlpatterns = [
    path("<uuid:case>/notes/", beside.note, name="note"),
    path("<uuid:case>/notes/<uuid:note>/strike/", beside.strike, name="strike"),
    path("<uuid:case>/originals/", beside.original, name="original"),
    path("<uuid:case>/originals/<uuid:seen>/take-back/", beside.take_back, name="take_back"),
    path("<uuid:case>/whole/", whole.whole, name="whole"),
    path("<uuid:case>/whole/<uuid:copy>/<slug:kind>/", whole.download, name="download"),
]
