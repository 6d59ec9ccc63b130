from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "procedures.practice"
    label = "practice"

    def ready(self) -> None:
        from procedures.practice import starting  # noqa: F401 - registers its check
