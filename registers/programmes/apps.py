from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "registers.programmes"
    label = "programmes"

    def ready(self) -> None:
        # Models are loaded only now; structures ask through a door of their own, for the arrow points there.
        from registers.programmes.homologations import HomologationsOfStructures
        from registers.structures.above import above

        above.homologations = HomologationsOfStructures()
