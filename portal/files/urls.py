"""Addresses of the room that opens files, under /office/files/."""

from django.urls import path

from portal.files.views import home, open_one

app_name = "files"

urlpatterns = [
    path("", home, name="home"),
    path("<slug:code>/", open_one, name="open"),
]
