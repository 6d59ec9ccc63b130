"""Addresses of the doubts that the public reported, under /office/doubts/."""

from django.urls import path

from portal.directory import office

app_name = "doubts"

urlpatterns = [
    path("", office.doubts, name="doubts"),
    path("<uuid:doubt>/", office.doubt, name="doubt"),
    path("<uuid:doubt>/take-up/", office.take_up, name="take_up"),
    path("<uuid:doubt>/answer/", office.answer, name="answer"),
]
