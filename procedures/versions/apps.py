from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VersionsConfig(AppConfig):
    name = "procedures.versions"
    label = "versions"

    def ready(self) -> None:
        from procedures.versions.receivers import note_after_migrating

        post_migrate.connect(note_after_migrating, sender=self)
