from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "registers.imports"
    label = "imports"
