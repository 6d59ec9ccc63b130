from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "registers.training"
    label = "training"
