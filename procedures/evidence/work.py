"""Work that papers leave for later: a scan that could not be done, files that no row knows."""

from django.utils import timezone

from procedures.evidence.parcels import purge_parcels
from procedures.evidence.reading import read_words
from procedures.evidence.scanning import scan_again
from procedures.evidence.shelves import purge_orphans
from procedures.jobs.registry import handles


@handles("evidence.scan")
def scan(upload: str) -> None:
    scan_again(upload_id=upload)


@handles("evidence.read")
def read(upload: str) -> None:
    read_words(upload_id=upload)


@handles("evidence.purge", daily=True)
def purge(day: str) -> None:
    purge_parcels(now=timezone.now())
    purge_orphans()
