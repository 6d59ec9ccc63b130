"""The answer: three separate ticks (seal, issuer's key, status), the claims to compare with the paper, one verdict."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from takwin_verify.keys import Key
from takwin_verify.reading import Code
from takwin_verify.seal import BadSeal, Claims, opened
from takwin_verify.status import BadList, StatusList

HOLDS, FAILS, NOT_DONE = "holds", "fails", "not done"
# The exit status of the command, by verdict.
EXITS = {"valid": 0, "not genuine": 1, "no longer valid": 3, "status unknown": 4, "update": 5}


@dataclass(frozen=True)
class Tick:
    """One check: "holds", "fails" or "not done", and why, by a code that `words` spells out."""

    result: str
    why: str


@dataclass(frozen=True)
class Verdict:
    """`said` is a key of EXITS; `state` what the document is worth today; `as_of` the moment of the status list."""

    said: str
    public_id: str
    seal: Tick
    key: Tick
    status: Tick
    claims: Claims | None = None
    state: str = ""
    as_of: datetime | None = None
    warnings: tuple[str, ...] = field(default=())
    rows: Tick | None = None  # of a list alone, see `rows.with_rows`
    listed: tuple[tuple[str, ...], ...] = ()  # its rows, where they are those that the seal binds


def judged(
    code: Code, keys: list[Key], statuses: StatusList | None = None, *, host: str = "", now: datetime | None = None
) -> Verdict:
    """Judge a code under the issuer's keys.

    `host`, where given, is the only address a genuine code leads to. Without `statuses` nothing is said of revocation:
    the verdict is "status unknown", never "valid". A revoked key makes nothing genuine: what it sealed may be forged.
    """
    now = now or datetime.now(UTC)
    if not code.fragment:
        return _not_genuine(code, Tick(NOT_DONE, "no seal"), Tick(NOT_DONE, ""))
    try:
        seal = opened(code.fragment, code.public_id, keys)
    except BadSeal as error:
        if error.why == "version":
            return Verdict("update", code.public_id, Tick(NOT_DONE, "version"), Tick(NOT_DONE, ""), Tick(NOT_DONE, ""))
        unknown = error.why == "key"
        return _not_genuine(
            code,
            Tick(NOT_DONE, "") if unknown else Tick(FAILS, error.why),
            Tick(FAILS, "unknown key") if unknown else Tick(NOT_DONE, ""),
        )
    if why := _fault_of(seal.key, seal.claims.issued_on):
        return _not_genuine(code, Tick(HOLDS, "seal"), Tick(FAILS, why))
    if host and code.host != host.lower():
        return _not_genuine(code, Tick(FAILS, "host"), Tick(HOLDS, "key"))
    state, status = _status(seal.claims, statuses, now)
    late = ("old list",) if statuses and statuses.expires_at < now else ()
    return Verdict(
        {"valid": "valid", "": "status unknown"}.get(state, "no longer valid"),
        code.public_id,
        Tick(HOLDS, "seal"),
        Tick(HOLDS, "key"),
        status,
        claims=seal.claims,
        state=state,
        as_of=statuses.as_of if statuses else None,
        warnings=late,
    )


def _not_genuine(code: Code, seal: Tick, key: Tick) -> Verdict:
    """Nothing that is not ours has a status, and none of its lines is repeated."""
    return Verdict("not genuine", code.public_id, seal, key, Tick(NOT_DONE, ""))


def _fault_of(key: Key, issued_on: date) -> str:
    if key.revoked_at:
        return "revoked key"
    return "" if key.was_in_force(issued_on) else "key of other days"


def _status(claims: Claims, statuses: StatusList | None, now: datetime) -> tuple[str, Tick]:
    if statuses is None:
        expired = claims.expires_on is not None and claims.expires_on < now.date()
        return ("expired", Tick(FAILS, "expired")) if expired else ("", Tick(NOT_DONE, "no list"))
    try:
        state = statuses.state_of(claims.status_index)
    except BadList:
        return "", Tick(NOT_DONE, "no place")
    if state == "valid" and claims.expires_on is not None and claims.expires_on < now.date():
        state = "expired"
    return state, Tick(HOLDS if state == "valid" else FAILS, state)
