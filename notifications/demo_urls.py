"""The demonstration's page of messages sent; mounted in the demonstration only."""

from django.urls import URLPattern, URLResolver

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = []
