"""A case followed without an account: its number and the code on its receipt show where it stands, and nothing else."""

import secrets
import unicodedata
from typing import Any

from django.db import transaction
from django.utils.crypto import constant_time_compare

from procedures.audit.services import append
from procedures.cases.models import Case

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no sign that is read or heard as another
LENGTH = 8
NOBODYS = "-" * LENGTH  # what a code is compared with where no case has the number: both ways take as long


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def grouped(code: str) -> str:
    """As people read it: "K7M2-94QX"."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}" if code else ""


def tracked(*, number: str, code: str) -> Case | None:
    """The case of this number, if the code is its own; the same two steps whether or not the number exists."""
    wanted = _plain(number)[:40]
    kept = Case.objects.filter(number=wanted).values_list("tracking_code", flat=True).first() or NOBODYS
    if not constant_time_compare(_plain(code).replace("-", ""), kept):
        return None
    return Case.objects.select_related("office", "snapshot").get(number=wanted)


def renew_code(*, case: Case, by: Any) -> str:
    """A new code, for instance when the old one was seen by others, which opens nothing from then on."""
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case.pk)
        held.tracking_code = new_code()
        held.save(update_fields=["tracking_code"])
        append(action="case.renew_tracking_code", subject=held, actor=by)
    case.tracking_code = held.tracking_code
    return held.tracking_code


def _plain(typed: str) -> str:
    """Without spaces, in capitals, with the digits and dashes of any keyboard made ours."""
    signs = (str(unicodedata.digit(sign, sign)) for sign in unicodedata.normalize("NFKC", typed) if not sign.isspace())
    return "".join("-" if unicodedata.category(sign[0]) == "Pd" else sign for sign in signs).upper()
