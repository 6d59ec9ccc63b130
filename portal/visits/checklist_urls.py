"""Addresses of the checklists of visits, under /administration/checklists/."""

from django.urls import path

from portal.visits.views import checklists, prints

app_name = "checklists"

urlpatterns = [
    path("", checklists.checklists, name="checklists"),
    path("new/", checklists.making, name="make"),
    path("<slug:checklist>/", checklists.checklist, name="checklist"),
    path("<slug:checklist>/change/", checklists.changing, name="change"),
    path("<slug:checklist>/offer/", checklists.offering, name="offer"),
    path("<slug:checklist>/prepare/", checklists.preparing, name="prepare"),
    path("<slug:checklist>/publish/", checklists.publishing, name="publish"),
    path("<slug:checklist>/lines/new/", checklists.adding, name="add"),
    path("<slug:checklist>/lines/<slug:item>/", checklists.rewriting, name="rewrite"),
    path("<slug:checklist>/lines/<slug:item>/remove/", checklists.removing, name="remove"),
    path("<slug:checklist>/blank.pdf", prints.blank, name="blank"),
]
