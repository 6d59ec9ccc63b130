"""Everything that changes a visit or a checklist: one function a change, keyword-only, one transaction each.

`by` is the person who acts; `version` is `Visit.version` as that person saw it. NotAllowed, StaleCase and Refused are
those of the cases: nothing has changed then, and `str()` says why.
"""

from procedures.visits.services.checklists import (
    begin_edition,
    change_checklist,
    change_item,
    make_checklist,
    offer_checklist,
    publish_edition,
    remove_item,
)
from procedures.visits.services.closing import close_visit, reopen_report, write_report
from procedures.visits.services.on_site import Received, begin_visit, keep_photograph, synchronise
from procedures.visits.services.planning import call_off_visit, plan_visit, reschedule_visit

__all__ = [
    "Received",
    "begin_edition",
    "begin_visit",
    "call_off_visit",
    "change_checklist",
    "change_item",
    "close_visit",
    "keep_photograph",
    "make_checklist",
    "offer_checklist",
    "plan_visit",
    "publish_edition",
    "remove_item",
    "reopen_report",
    "reschedule_visit",
    "synchronise",
    "write_report",
]
