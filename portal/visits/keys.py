"""The key of what a telephone keeps of a visit: made for one session and one visit, given out for 48 hours at most."""

import secrets
import time
from dataclasses import dataclass

from django.http import HttpRequest

from procedures.visits.models import Visit

HOURS = 48
BITS = 256
KEYS = "visit_keys"  # in the session: {visit: [key, moment at which it ends, in milliseconds]}


@dataclass(frozen=True)
class Key:
    """`octets` is what the script seals with; `until` is when it ends, in milliseconds, and tells keys apart."""

    octets: str
    until: int


def key_for(request: HttpRequest, visit: Visit) -> Key:
    """The key of this session for this visit; once its time is over another, and what the old one sealed is lost."""
    now = int(time.time() * 1000)
    held = {name: pair for name, pair in request.session.get(KEYS, {}).items() if pair[1] > now}
    name = str(visit.public_id)
    if name not in held:
        held[name] = [",".join(map(str, secrets.token_bytes(BITS // 8))), now + HOURS * 3_600_000]
    if request.session.get(KEYS) != held:
        request.session[KEYS] = held
    return Key(*held[name])


def forget_key(request: HttpRequest, visit: Visit) -> None:
    """The visit is over: nothing that a telephone still keeps of it is opened with a key of this session."""
    held = dict(request.session.get(KEYS, {}))
    if held.pop(str(visit.public_id), None):
        request.session[KEYS] = held
