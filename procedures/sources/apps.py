from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "procedures.sources"
    label = "sources"
