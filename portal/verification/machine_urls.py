"""Addresses without a language: what a QR code holds, and what other verifiers fetch."""

from django.urls import path, re_path

from portal.verification import kept, machines, views

urlpatterns = [
    re_path(r"^[Vv]/worker\.js$", kept.worker, name="verification_worker"),
    path("V/shell/<str:tongue>", kept.shell, name="kept_shell"),
    path("V/scan/<str:tongue>", kept.scan, name="kept_scan"),
    re_path(r"^[Vv]/(?P<public_id>[^/]{1,64})/?$", views.document, name="scanned_document"),
    path(".well-known/jwks.json", machines.keys, name="jwks"),
    path("status/<int:number>.cwt", machines.status_list, name="status_list"),
    path("catalogue.json", machines.document_types, name="catalogue"),
]
