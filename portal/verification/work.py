"""Work of verification: reports on lists are made, and what nobody needs any more is forgotten."""

from portal.verification import listing, sharing
from procedures.jobs.registry import handles


@handles("verification.forget_links", daily=True)
def forget_links(**_: object) -> None:
    sharing.forget_links()


@handles("verification.report_list", atomic=True)
def report_list(report_id: int) -> None:
    listing.make_report(report_id)


@handles("verification.forget_lists", daily=True)
def forget_lists(**_: object) -> None:
    listing.forget_reports()
