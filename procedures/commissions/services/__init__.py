"""Everything that changes a commission or its sessions: one function an act, keyword-only, one transaction each.

`by` is the person who acts. `version` is `Session.version` as that person saw it: `Overtaken` says that a colleague was
faster. `Refusal` says in a sentence why nothing was changed.
"""

from procedures.commissions.services.carrying import carry_again, carry_opinion
from procedures.commissions.services.closing import (
    close_minutes,
    correct_minutes,
    read_minutes,
    send_back_minutes,
    sign_minutes,
)
from procedures.commissions.services.composing import change_commission, end_seat, seat_person, set_up_commission
from procedures.commissions.services.holding import Overtaken
from procedures.commissions.services.moving import cancel_session, move_session
from procedures.commissions.services.planning import (
    add_to_agenda,
    convene,
    move_on_agenda,
    plan_session,
    remove_from_agenda,
)
from procedures.commissions.services.sitting import adjourn, end_session, note_attendance, open_session, recuse
from procedures.commissions.services.voting import cast_vote, count_votes, put_to_vote, record_hands

__all__ = [
    "Overtaken",
    "add_to_agenda",
    "adjourn",
    "cancel_session",
    "carry_again",
    "carry_opinion",
    "cast_vote",
    "change_commission",
    "close_minutes",
    "convene",
    "correct_minutes",
    "count_votes",
    "end_seat",
    "end_session",
    "move_on_agenda",
    "move_session",
    "note_attendance",
    "open_session",
    "plan_session",
    "put_to_vote",
    "read_minutes",
    "record_hands",
    "recuse",
    "remove_from_agenda",
    "seat_person",
    "send_back_minutes",
    "set_up_commission",
    "sign_minutes",
]
