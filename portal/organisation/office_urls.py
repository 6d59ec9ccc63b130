"""Addresses of the requests for organisations' accounts, under /office/organisations/."""

from django.urls import path

from portal.organisation.views import office

app_name = "organisation_office"

urlpatterns = [
    path("", office.claims, name="claims"),
    path("<uuid:claim>/", office.claim, name="claim"),
    path("<uuid:claim>/proof/", office.proof, name="proof"),
]
