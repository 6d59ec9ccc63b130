from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class JobsConfig(AppConfig):
    name = "procedures.jobs"
    label = "jobs"

    def ready(self) -> None:
        """The filesystem broker wants its folders to be there before the first message."""
        options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        for folder in ("data_folder_in", "data_folder_out", "control_folder"):
            if folder in options:
                Path(str(options[folder])).mkdir(parents=True, exist_ok=True)
