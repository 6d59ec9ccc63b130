from django.apps import AppConfig


class WizardConfig(AppConfig):
    name = "procedures.wizard"
    label = "wizard"

    def ready(self) -> None:
        from procedures.wizard import receivers  # noqa: F401 - importing it connects the receivers
