"""The addresses of what is mine, under /mine/."""

from django.urls import path
from django.views.decorators.http import require_GET

from portal.mine import views
from procedures.policies import signed_in

app_name = "mine"

reading = require_GET

urlpatterns = [
    path("consulted/", signed_in(reading(views.consulted)), name="consulted"),
    path("consulted/<uuid:case>/", signed_in(reading(views.consulted)), name="consulted_case"),
]
