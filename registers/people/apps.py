from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "registers.people"
    label = "people"
