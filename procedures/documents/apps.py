from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "procedures.documents"
    label = "documents"

    def ready(self) -> None:
        from procedures.documents import key_safety  # noqa: F401 - registers its check
