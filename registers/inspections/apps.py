from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "registers.inspections"
    label = "inspections"
