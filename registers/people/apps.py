from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "registers.people"
    label = "people"

    def ready(self) -> None:
        from registers.people import key_safety  # noqa: F401 - registers its check
