from django.apps import AppConfig


class CircularsConfig(AppConfig):
    name = "portal.circulars"
    label = "circulars"
