from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "registers.programmes"
    label = "programmes"
