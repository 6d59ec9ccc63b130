from django.apps import AppConfig


class StructuresConfig(AppConfig):
    name = "registers.structures"
    label = "structures"
