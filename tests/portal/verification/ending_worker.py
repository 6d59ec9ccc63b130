"""A worker as servers make them: it counts two verifications of one document and ends at once."""

import os
from pathlib import Path


def count_two_and_end(path: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.conf import settings

    from portal.verification import gathering

    def write(counts: dict[tuple[int, object], int]) -> None:
        Path(path).write_text(str([times for _key, times in counts.items()]))

    settings.TAKWIN_COUNT_SECONDS = 60.0
    gathering._write = write  # the database of the test is another process's
    gathering.gather(1)
    gathering.gather(1)
