"""Why a paper is refused: one sentence a reason, which says how to mend it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("The file is empty. Save it again on your device, then choose it once more."),
    "too_large": _("The file is larger than %(limit)s MB. Photograph the paper again, or split it into several files."),
    "unknown": _("Only PDF, JPEG, PNG and HEIC files can be read here. Save the paper as PDF, or photograph it."),
    "web_page": _("This is a web page or a drawing, not a paper. Print it to PDF, then choose the PDF."),
    "program": _("This is a program, not a paper. Choose the PDF or the photograph of the paper."),
    "archive": _("This is a compressed archive. Choose the papers in it one by one, as PDF or photographs."),
    "office": _("This is a text or spreadsheet file. Save it as PDF, then choose the PDF."),
    "mixed": _("Another file is hidden inside this one. Print the paper to PDF, or photograph it."),
    "damaged": _("The file is incomplete or damaged. Copy it again from its source, or photograph the paper."),
    "too_many_pixels": _(
        "The picture is larger than %(limit)s megapixels. Photograph the paper with your telephone's usual setting."
    ),
    "password": _("The PDF is protected by a password. Save a copy without password, then choose the copy."),
    "script": _("The PDF contains a program. Print it to PDF, then choose the new file."),
    "launch": _("The PDF starts another program or opens another file. Print it to PDF, then choose the new file."),
    "attachment": _("The PDF carries attached files. Print it to PDF, and hand in the attached files one by one."),
    "xfa": _("The PDF is an interactive form. Print the filled form to PDF, then choose the new file."),
    "no_pages": _("The PDF has no pages. Save it again from its source, then choose it once more."),
    "too_many_pages": _("The PDF has more than %(limit)s pages. Keep the pages that were asked, then choose it again."),
    "too_heavy": _("The PDF is too heavy to read. Print it to PDF, or photograph the pages that were asked."),
    "infected": _(
        "The virus scanner found a virus in this file. Take the paper from a clean device, or photograph it."
    ),
    "too_many_files": _(
        "This paper already has %(limit)s files, which is the most. Remove one before you add another."
    ),
    "quota": _("Your files take more than %(limit)s MB together. Remove one, or choose a lighter file."),
    "no_file": _("Choose a file, then press the button."),
}


class PaperRefused(Exception):
    """A file that cannot be received; `message` is the sentence for the person, in the active language when read."""

    def __init__(self, code: str, **limits: Any) -> None:
        super().__init__(code)
        self.code = code
        self.limits = limits

    @property
    def message(self) -> str:
        return str(REASONS[self.code]) % self.limits if self.limits else str(REASONS[self.code])
