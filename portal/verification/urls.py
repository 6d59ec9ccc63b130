"""Addresses that people read, under the language of the page."""

from django.urls import path

from portal.verification import reporting, views

app_name = "verification"
urlpatterns = [
    path("", views.search, name="search"),
    path("file/", views.file, name="file"),
    path("several/", views.several, name="several"),
    path("report/", reporting.report, name="report"),
    path("report/<uuid:mismatch>/", reporting.followed, name="followed"),
    path("shared/<str:secret>/", views.shared, name="shared"),
    path("<str:public_id>/", views.result, name="result"),
]
