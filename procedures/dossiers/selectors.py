"""Read what lies beside a case: its internal notes and the originals that were seen, each in one query."""

from collections.abc import Collection

from django.db.models import QuerySet

from procedures.cases.models import Case
from procedures.dossiers.models import Note, Original, WholeFile
from procedures.evidence.models import Upload
from procedures.evidence.selectors import current_papers
from procedures.jobs.models import Job


def notes_of(case: Case) -> list[Note]:
    """Every note, the latest first, those struck through too. The caller has asked `access.reads_notes`."""
    found = Note.objects.filter(case=case).select_related("by", "office", "struck__by")
    return list(found.order_by("-pk"))


def originals_of(case: Case) -> dict[tuple[str, str], list[Original]]:
    """Originals seen by (paper, row), the latest first, those taken back too."""
    found: dict[tuple[str, str], list[Original]] = {}
    for seen in Original.objects.filter(case=case).select_related("by", "office", "taken_back__by").order_by("-pk"):
        found.setdefault((seen.paper, seen.row), []).append(seen)
    return found


def is_of_these(original: Original, uploads: Collection[Upload]) -> bool:
    """Whether it was compared with the files that count now: a paper handed in again was not seen yet."""
    return set(original.files) == {str(upload.pk) for upload in uploads}


def files_of_paper(case: Case, paper: str, row: str) -> list[Upload]:
    """The files that count for one paper."""
    return list(current_papers(case).filter(paper=paper, row=row))


def job_of(whole: WholeFile) -> str:
    """The key of the work that makes a copy."""
    return f"whole-file:{whole.pk}"


def copies_of(whole_files: QuerySet[WholeFile]) -> list[tuple[WholeFile, bool]]:
    """Copies, the latest first, each with whether its making was given up."""
    found = list(whole_files[:20])
    waiting = [job_of(each) for each in found if each.state == WholeFile.State.PREPARING]
    dead = set()
    if waiting:
        dead = set(Job.objects.filter(key__in=waiting, state=Job.State.DEAD).values_list("key", flat=True))
    return [(each, job_of(each) in dead) for each in found]
