"""Work of verification: links that open nothing any more are forgotten."""

from portal.verification import sharing
from procedures.jobs.registry import handles


@handles("verification.forget_links", daily=True)
def forget_links(**_: object) -> None:
    sharing.forget_links()
