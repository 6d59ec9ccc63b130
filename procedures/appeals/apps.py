from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "procedures.appeals"
    label = "appeals"
