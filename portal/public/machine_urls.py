"""Addresses for machines and for whoever typed only the host: no language in them."""

from django.urls import path

from portal.public import machine_views as views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("", views.front_door, name="front_door"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
