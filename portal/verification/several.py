"""A list of codes, typed or pasted or brought as a file, and what the register says of each."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from portal.verification.answers import TONES, is_practice, said_of_state, short_name
from portal.verification.counting import count_verifications
from portal.verification.forms import fault_of
from procedures.documents import codes
from procedures.documents.models import Document
from procedures.documents.selectors import statuses_of
from procedures.practice.kinds import is_practice_code

UNKNOWN, MISTYPED, PRACTICE = "unknown", "mistyped", "practice"
ORDER = ("valid", "suspended", "revoked", "replaced", "expired", PRACTICE, UNKNOWN, MISTYPED)


@dataclass(frozen=True)
class Line:
    """One code of the list, with the line on which it stood."""

    number: int
    typed: str
    public_id: str = ""
    state: str = MISTYPED
    said: str = ""  # the state in a word, or what is wrong with the code
    tone: str = "off"
    title: str = ""
    who: str = ""
    issued_on: date | None = None

    @property
    def code(self) -> str:
        return codes.grouped(self.public_id) if self.public_id else self.typed


def answers(typed: list[tuple[int, str]]) -> list[Line]:
    """What the register says of each, in five queries however many there are; each is counted once for today."""
    read = [(number, text, codes.normalise(text)) for number, text in typed]
    wanted = {public_id for _number, _text, public_id in read if isinstance(public_id, str)}
    found = Document.objects.filter(public_id__in=wanted, state=Document.State.ISSUED)
    known = {document.public_id: document for document in found.defer("cose", "claims")}
    worth = statuses_of(list(known.values())) if known else {}
    if known:
        count_verifications(list(known.values()))
    lines = []
    for number, text, public_id in read:
        if isinstance(public_id, codes.Mistyped):
            lines.append(Line(number, text[:64], said=fault_of(public_id)))
        elif document := known.get(public_id):
            lines.append(_line(number, text, document, PRACTICE if is_practice(document) else worth[document.pk]))
        else:
            state = PRACTICE if is_practice_code(public_id) else UNKNOWN
            lines.append(Line(number, text, public_id, state, said_of_state(state), TONES[state][2]))
    return lines


def counts(lines: list[Line]) -> list[tuple[str, str, int]]:
    """Of each state that is there: its tone, its word, how many."""
    found = Counter(line.state for line in lines)
    tones = {state: tones[2] for state, tones in TONES.items()}
    return [(tones.get(state, "off"), said_of_state(state), found[state]) for state in ORDER if found[state]]


def _line(number: int, text: str, document: Document, state: str) -> Line:
    language = get_language() or "ar"
    return Line(
        number,
        text,
        document.public_id,
        state,
        said_of_state(state),
        TONES[state][2],
        document.titles.get(language) or document.titles.get("ar", ""),
        short_name(document),
        document.issued_on,
    )
