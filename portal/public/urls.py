"""Addresses of the catalogue and of the pages that belong to no one service."""

from django.urls import path

from portal.public import views
from portal.public.tracking import track

app_name = "public"
urlpatterns = [
    path("services/", views.catalogue, name="catalogue"),
    path("services/<slug:code>/", views.service, name="service"),
    path("track/", track, name="track"),
]
