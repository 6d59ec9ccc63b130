"""Addresses of the inbox beside the list itself, under /office/."""

from django.urls import path

from portal.inboxes.views import bulk, export, inbox, workload

app_name = "inboxes"

urlpatterns = [
    path("filters/", inbox.save_filter, name="save_filter"),
    path("filters/<uuid:kept>/delete/", inbox.delete_filter, name="delete_filter"),
    path("cases/<uuid:case>/follow/", inbox.follow, name="follow"),
    path("export/", export.export, name="export"),
    path("several/", bulk.bulk_acts, name="bulk_acts"),
    path("several/new/", bulk.new_bulk, name="new_bulk"),
    path("several/<uuid:bulk>/", bulk.bulk, name="bulk"),
    path("several/<uuid:bulk>/order/", bulk.order, name="order"),
    path("several/<uuid:bulk>/undo/", bulk.undo, name="undo"),
    path("several/<uuid:bulk>/drop/", bulk.drop, name="drop"),
    path("workload/", workload.workload, name="workload"),
    path("workload/<int:person>/", workload.cases_of, name="cases_of"),
]
