"""Addresses of an organisation's own rooms, under /organisation/."""

from django.urls import URLPattern

app_name = "organisation_desk"

urlpatterns: list[URLPattern] = []
