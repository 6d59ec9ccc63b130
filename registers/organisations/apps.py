from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "registers.organisations"
    label = "organisations"
