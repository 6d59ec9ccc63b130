"""Addresses of the public directory of structures, under /structures/."""

from django.urls import URLPattern

app_name = "directory"

urlpatterns: list[URLPattern] = []
