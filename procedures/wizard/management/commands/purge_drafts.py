"""Delete drafts past their day with their files, and files that no row knows."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from procedures.evidence.shelves import purge_orphans
from procedures.wizard.services import purge_drafts


class Command(BaseCommand):
    help = "Delete drafts past their day with their files, and files that no row knows."

    def handle(self, *args: Any, **options: Any) -> None:
        drafts, files = purge_drafts(now=timezone.now()), purge_orphans()
        self.stdout.write(f"{drafts} drafts and {files} orphaned files deleted.")
