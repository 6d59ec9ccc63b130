"""The account behind an entry of the register: it is known by the documents that were issued to it, and not else."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from procedures import api as p
from registers.certificates.models import Certificate
from registers.people.questions import proposal_of


def account_behind_pair(proposal: p.Need) -> p.Fact:
    """The account to which a certificate of one of both entries was issued, as "account:<id>"; "" where none was."""

    @p.fact(proposal, title=_("Account of the person"))
    def account_behind_pair(proposal: str) -> str:
        found = proposal_of(proposal)
        if found is None:
            return ""
        theirs = Certificate.objects.filter(person__in=(found.left_id, found.right_id))
        own = theirs.filter(document__case__organisation=None, document__case__opened_by=None)
        accounts = own.exclude(document__case=None).order_by("pk").values_list("document__case__applicant", flat=True)
        first = accounts.first()
        return f"account:{first}" if first else ""

    return account_behind_pair
