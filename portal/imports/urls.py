"""Addresses of imports, under /imports/."""

from django.urls import URLPattern

app_name = "imports_desk"

urlpatterns: list[URLPattern] = []
