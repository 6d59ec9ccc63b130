"""Addresses of the catalogue and of the pages that belong to no one service."""

from django.urls import path

from portal.public import precheck, views
from portal.public.choosing.view import choose
from portal.public.tracking import track

app_name = "public"
urlpatterns = [
    path("choose/", choose, name="choose"),
    path("services/", views.catalogue, name="catalogue"),
    path("services/<slug:code>/", views.service, name="service"),
    path("services/<slug:code>/precheck/", precheck.ask, name="precheck"),
    path("track/", track, name="track"),
]
