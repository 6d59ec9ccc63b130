"""Addresses of drafts that go from device to device before there is an account."""

from django.urls import path

from portal.drafts.views import ask_link, open_link
from procedures.policies import by_secret

app_name = "draft_links"
urlpatterns = [
    path("continue/<str:secret>/", by_secret(open_link), name="open"),
    path("<uuid:draft>/link/", by_secret(ask_link), name="ask"),
]
