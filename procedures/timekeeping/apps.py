from django.apps import AppConfig


class TimekeepingConfig(AppConfig):
    name = "procedures.timekeeping"
    label = "timekeeping"
