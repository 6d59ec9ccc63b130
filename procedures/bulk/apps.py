from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "procedures.bulk"
    label = "bulk"
