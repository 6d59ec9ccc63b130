"""Addresses of visits on site, under /office/visits/. What a telephone keeps lies under one visit's site/."""

from django.urls import path

from portal.visits.views import on_site, overview, planning, prints, report

app_name = "visits"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("cases/<uuid:case>/plan/", planning.plan, name="plan"),
    path("<uuid:visit>/", planning.visit, name="visit"),
    path("<uuid:visit>/change/", planning.change, name="change"),
    path("<uuid:visit>/call-off/", planning.call_off, name="call_off"),
    path("<uuid:visit>/begin/", on_site.begin, name="begin"),
    path("<uuid:visit>/site/", on_site.site, name="site"),
    path("<uuid:visit>/site/shell/", on_site.shell, name="shell"),
    path("<uuid:visit>/site/worker.js", on_site.worker, name="worker"),
    path("<uuid:visit>/site/photographs/", on_site.photographs, name="photographs"),
    path("<uuid:visit>/photographs/<uuid:photograph>/", on_site.photograph, name="photograph"),
    path("<uuid:visit>/report/", report.report, name="report"),
    path("<uuid:visit>/close/", report.close, name="close"),
    path("<uuid:visit>/reopen/", report.reopen, name="reopen"),
    path("<uuid:visit>/checklist.pdf", prints.checklist, name="checklist"),
    path("<uuid:visit>/report.pdf", prints.report, name="report_file"),
]
