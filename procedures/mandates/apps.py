from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "procedures.mandates"
    label = "mandates"
