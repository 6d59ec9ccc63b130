"""Addresses without a language: what a QR code holds, and what other verifiers fetch."""

from django.urls import path, re_path

from portal.verification import machines, views

urlpatterns = [
    re_path(r"^[Vv]/(?P<public_id>[^/]{1,64})/?$", views.document, name="scanned_document"),
    path(".well-known/jwks.json", machines.keys, name="jwks"),
    path("status/<int:number>.cwt", machines.status_list, name="status_list"),
    path("catalogue.json", machines.document_types, name="catalogue"),
]
