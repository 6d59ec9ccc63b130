"""What the wizard does every day: drafts past their day go, with their files."""

from django.utils import timezone

from procedures.jobs.registry import handles
from procedures.wizard.services import purge_drafts


@handles("wizard.purge", daily=True)
def purge(day: str) -> None:
    purge_drafts(now=timezone.now())
