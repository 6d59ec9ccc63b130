"""The whole file on paper: a first page that says which copy this is, then its chapters."""

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.backoffice.wording import state_in_words
from portal.dossiers.chapters import chapters_of
from portal.dossiers.chapters.parts import Told, lines, moment
from procedures.documents.rendering import print_sheet
from procedures.dossiers.models import WholeFile


def print_whole_file(whole: WholeFile, told: Told) -> bytes:
    """A tagged PDF in the language in which it was asked for."""
    with translation.override(told.language):
        case = told.case
        copy = pgettext("copy", "Copy of the office") if told.for_office else pgettext("copy", "Copy to hand over")
        context = {
            "language": told.language,
            "title": _("Whole file"),
            "number": case.number,
            "office": str(case.office),
            "copy": copy,
            "footer": f"{case.number} · {copy}",
            "is_internal": told.for_office,
            "demonstration": settings.TAKWIN_DEMONSTRATION,
            "facts": _facts(whole, told),
            "chapters": list(chapters_of(told)),
        }
        return print_sheet(
            "documents/whole_file.html",
            context,
            identifier=f"whole file {whole.public_id}",
            issued_on=localdate(whole.asked_at),
        )


def _facts(whole: WholeFile, told: Told) -> list[tuple[str, str]]:
    case = told.case
    reason = lines(WholeFile.Reason(whole.reason).label, whole.words if told.for_office else "")
    facts = [
        (_("Applicant"), case.applicant_name),
        (_("Procedure"), told.file.title),
        (_("Edition of the procedure"), case.procedure_version),
        (_("Office"), str(case.office)),
        (_("Filed on"), moment(case.filed_at)),
        (_("State"), state_in_words(case.state)),
        (_("Copy made on"), moment(whole.asked_at)),
        (_("Asked for by"), str(whole.by)),
        (_("Needed for"), reason),
    ]
    mandate = told.opened.mandate
    if mandate is not None:
        facts.insert(1, (_("Filed by"), str(mandate.proxy)))
    return facts
