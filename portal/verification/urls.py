"""Addresses that people read, under the language of the page."""

from django.urls import path

from portal.verification import lists, reporting, views

app_name = "verification"
urlpatterns = [
    path("", views.search, name="search"),
    path("file/", views.file, name="file"),
    path("several/", views.several, name="several"),
    path("several/report/", lists.ask, name="ask_list_report"),
    path("several/<str:secret>/", lists.page, name="list_report"),
    path("several/<str:secret>/report.pdf", lists.pdf, name="list_report_pdf"),
    path("report/", reporting.report, name="report"),
    path("report/<uuid:mismatch>/", reporting.followed, name="followed"),
    path("shared/<str:secret>/", views.shared, name="shared"),
    path("<str:public_id>/", views.result, name="result"),
]
