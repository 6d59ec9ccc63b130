from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "procedures.serving"
    label = "serving"
