"""The demonstration's page of messages sent; mounted in the demonstration only."""

from django.urls import path

from notifications.views import sent, sent_json
from procedures.policies import public

app_name = "notifications"
urlpatterns = [
    path("sent/", public(sent), name="sent"),
    path("sent.json", public(sent_json), name="sent_json"),
]
