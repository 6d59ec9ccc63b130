from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "procedures.offices"
    label = "offices"
