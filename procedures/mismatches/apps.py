from django.apps import AppConfig


class MismatchesConfig(AppConfig):
    name = "procedures.mismatches"
    label = "mismatches"
