from django.apps import AppConfig


class SpecialitiesConfig(AppConfig):
    name = "registers.specialities"
    label = "specialities"
