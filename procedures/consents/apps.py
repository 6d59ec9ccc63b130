from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "procedures.consents"
    label = "consents"
