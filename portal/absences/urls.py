"""Addresses of absences, under /office/absences/. They hold numbers, never a name."""

from django.urls import path

from portal.absences.views import absences, declaring, declaring_for, returning

app_name = "absences"

urlpatterns = [
    path("", absences, name="absences"),
    path("new/", declaring, name="declare"),
    path("people/<int:person>/new/", declaring_for, name="declare_for"),
    path("<int:absence>/back/", returning, name="back"),
]
