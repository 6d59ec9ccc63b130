from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "procedures"
    label = "procedures"

    def ready(self) -> None:
        from procedures import system_checks  # noqa: F401 (Django's checks register when they are imported)
