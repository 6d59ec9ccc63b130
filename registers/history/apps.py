from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "registers.history"
    label = "history"
