from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "registers.places"
    label = "places"
