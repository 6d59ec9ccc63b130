"""Addresses of the practice room, under /office/practice/; on a genuine portal none of them answers."""

from django.urls import path

from portal.practice.views import again, home

app_name = "practice"

urlpatterns = [
    path("", home, name="home"),
    path("again/", again, name="again"),
]
