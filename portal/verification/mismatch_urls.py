"""Addresses of the reports on papers, under /office/mismatches/."""

from django.urls import path

from portal.verification import mismatch_office

app_name = "mismatches"
urlpatterns = [
    path("", mismatch_office.mismatches, name="mismatches"),
    path("<uuid:mismatch>/", mismatch_office.mismatch, name="mismatch"),
    path("<uuid:mismatch>/see/", mismatch_office.see, name="see"),
    path("<uuid:mismatch>/answer/", mismatch_office.answer, name="answer"),
]
