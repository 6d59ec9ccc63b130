from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "procedures.dossiers"
    label = "dossiers"
