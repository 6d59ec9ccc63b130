"""Addresses of what is published for everybody, under /circulars/."""

from django.urls import path

from portal.circulars import views

app_name = "circulars"

urlpatterns = [
    path("", views.published, name="list"),
    path("<slug:document>/", views.file, name="file"),
]
