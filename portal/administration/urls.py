"""Addresses of the administration's rooms, under /administration/."""

from django.urls import URLPattern

app_name = "administration"

urlpatterns: list[URLPattern] = []
