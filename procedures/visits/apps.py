from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "procedures.visits"
    label = "visits"
