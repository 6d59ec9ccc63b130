"""Work of this room: copies of whole files are forgotten after their day. The portal says how one is made."""

from procedures.dossiers.services import forget_old_copies
from procedures.jobs.registry import handles


@handles("dossiers.forget", daily=True)
def forget(**_: object) -> None:
    forget_old_copies()
