"""Addresses of the room that opens files, under /office/files/."""

from django.urls import path

from portal.files.pairs import pair, pairs
from portal.files.views import home, open_one

app_name = "files"

urlpatterns = [
    path("", home, name="home"),
    path("pairs/", pairs, name="pairs"),
    path("pairs/<int:proposal>/", pair, name="pair"),
    path("<slug:code>/", open_one, name="open"),
]
