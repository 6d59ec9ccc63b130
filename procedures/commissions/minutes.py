"""What the minutes of a session say, drafted from what happened; no applicant is named in them."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, override, pgettext_lazy

from procedures import reading
from procedures.cases.models import StageRecord
from procedures.commissions.models import Attendance, Ballot, Item, Recusal, Seat, Session
from procedures.commissions.precedents import alike
from procedures.commissions.selectors import HEARD, called_to, last_ballot, present_voters, quorum_of
from procedures.documents.frame import row
from procedures.documents.wording import LANGUAGES, Words, clock, day, same, words

OPINIONS = {
    StageRecord.Opinion.FAVOURABLE: pgettext_lazy("opinion of a commission", "Favourable"),
    StageRecord.Opinion.RESERVED: pgettext_lazy("opinion of a commission", "Favourable on conditions"),
    StageRecord.Opinion.UNFAVOURABLE: pgettext_lazy("opinion of a commission", "Unfavourable"),
}
FIXED = {
    "present": _("Those present"),
    "name": _("Name and quality"),
    "chaired": pgettext_lazy("minutes", "chaired"),
    "deliberations": _("Deliberations"),
    "file": pgettext_lazy("minutes", "File"),
    "about": _("What was examined"),
    "votes": _("For · against · abstained"),
    "opinion": _("Opinion"),
    "remarks": _("Remarks"),
}


def document_title() -> Words:
    return words(_("Minutes of a session of the commission"))


def content_of(session: Session) -> dict[str, Any]:
    """Everything that the sealed minutes print beside the frame, in each language; and what a stranger may read."""
    items = list(heard(session))
    rows = [
        row(words(_("Commission")), {language: session.commission.named(language) for language in LANGUAGES}),
        row(words(pgettext_lazy("minutes", "Session")), number_and_day(session)),
        row(words(_("Time and place")), time_and_place(session)),
        row(words(_("Quorum")), quorum_in_words(session)),
    ]
    return {
        "rows": rows,
        "members": [member_of(session, each) for each in called_to(session) if each.is_present],
        "lines": recusals_in_words(session) or [words(_("Nobody present declared an interest in a case."))],
        "items": items,
        "remarks": session.remarks,
        "last": last_words(session),
        "signatory": signatory_of(session),
        "says": {code: words(text) for code, text in FIXED.items()},
        "public": [*rows[:2], rows[3], *_public(session, items)],
    }


def number_and_day(session: Session) -> Words:
    held = day(timezone.localdate(session.opened_at or session.starts_at))
    return words(_("No. %(number)s of %(year)s, %(day)s"), number=session.number, year=session.year, day=held)


def time_and_place(session: Session) -> Words:
    place = {"ar": session.place_ar, "fr": session.place_fr, "en": session.place_fr}
    if session.opened_at is None or session.ended_at is None:
        return words(_("At %(time)s, %(place)s"), time=clock(session.starts_at), place=place)
    hours = {"since": clock(session.opened_at), "until": clock(session.ended_at)}
    return words(_("From %(since)s to %(until)s, %(place)s"), **hours, place=place)


def quorum_in_words(session: Session) -> Words:
    """How many members with a vote were there of how many, and whether that was enough."""
    present = len(present_voters(session))
    called = sum(each.votes for each in called_to(session))
    enough = _("reached") if present >= quorum_of(session) else _("not reached")
    said: Words = {}
    for language in LANGUAGES:
        with override(language):
            text = ngettext_lazy(
                "%(present)s member with a vote present of %(called)s, quorum %(quorum)s: %(enough)s",
                "%(present)s members with a vote present of %(called)s, quorum %(quorum)s: %(enough)s",
                "present",
            )
            said[language] = text % {
                "present": present, "called": called, "quorum": quorum_of(session), "enough": str(enough),
            }  # fmt: skip
    return said


def member_of(session: Session, attendance: Attendance) -> dict[str, Any]:
    """A name as the account has it, and in which quality the person sits."""
    seat, chairs = attendance.seat, attendance.pk == session.chair_id
    quality = {"ar": seat.quality_ar, "fr": seat.quality_fr, "en": seat.quality_fr}
    role = words(Seat.Role(seat.role).label)
    said = {language: " · ".join(filter(None, (role[language], quality[language]))) for language in LANGUAGES}
    if chairs and seat.role != Seat.Role.PRESIDENT:
        chaired = words(FIXED["chaired"])
        said = {language: f"{text} · {chaired[language]}" for language, text in said.items()}
    return {"name": str(seat.person), "quality": said}


def heard(session: Session) -> Iterator[dict[str, Any]]:
    """Each case that was heard: by its number alone, with the vote and the opinion."""
    found = session.items.filter(state__in=HEARD).select_related("case__snapshot").prefetch_related("ballots")
    for item in found:
        ballot = last_ballot(item)
        yield {
            "item": item.pk,
            "number": item.case.number,
            "about": about(item),
            "vote": f"{ballot.in_favour} · {ballot.against} · {ballot.abstained}" if ballot else "–",
            "held": held_in_words(ballot) if ballot else same(""),
            "opinion": opinion_in_words(item),
            "texts": [text for text in (item.conditions, item.explanation, item.reason) if text],
        }


def about(item: Item) -> Words:
    """The answers by which its precedents are found; the procedure where its stage names none."""
    snapshot = item.case.snapshot.content
    found = alike(item.case)
    if not any(found.values()):
        return {language: reading.text(snapshot["procedure"]["title"], language) for language in LANGUAGES}
    separator = {"ar": "، ", "fr": ", ", "en": ", "}
    return {
        language: separator[language].join(
            reading.read_value(snapshot, address, value, language) for address, value in found.items() if value
        )
        for language in LANGUAGES
    }


def opinion_in_words(item: Item, proposed: Ballot | None = None) -> Words:
    """The opinion on a case, or the one that a ballot puts to the vote; without any, what became of the case."""
    told = proposed or item
    if not told.opinion:
        return words(Item.State(item.state).label)
    said = words(OPINIONS[StageRecord.Opinion(told.opinion)])
    answers = {language: _answers(item, told.answers, language) for language in LANGUAGES}
    return {language: f"{text}{answers[language]}" for language, text in said.items()}


def _answers(item: Item, answers: dict[str, Any], language: str) -> str:
    sections = reading.read_answers(item.case.snapshot.content, answers, language=language)
    told = [each.text for section in sections for each in section.items if each.text]
    return "".join(f"{'، ' if language == 'ar' else ', '}{text}" for text in told)


def held_in_words(ballot: Ballot) -> Words:
    """How the vote was held, where that has to be said."""
    if ballot.casting:
        return words(_("tied, decided by whoever chaired"))
    return words(_("secret vote")) if ballot.is_secret else same("")


def recusals_in_words(session: Session) -> list[Words]:
    grounds = {
        Recusal.Ground.DECLARED: _("%(name)s declared an interest in case %(number)s and left the room for it."),
        Recusal.Ground.INTERESTED: _("%(name)s has a part in case %(number)s and left the room for it."),
    }
    found = Recusal.objects.filter(item__session=session, item__state__in=HEARD, attendance__is_present=True)
    return [
        words(grounds[Recusal.Ground(each.ground)], name=str(each.attendance.seat.person), number=each.item.case.number)
        for each in found.select_related("attendance__seat__person", "item__case")
    ]


def last_words(session: Session) -> Words:
    if session.ended_at is None:
        return same("")
    return words(
        _("The session ended at %(time)s. An opinion is not a decision: the decision is prepared and signed after it."),
        time=clock(session.ended_at),
    )


def signatory_of(session: Session) -> dict[str, Any]:
    """Whoever chaired, the day of the signature, and who kept the record."""
    signed = day(timezone.localdate(session.signed_at)) if session.signed_at else same("")
    return {
        "place": signed,
        "capacity": words(_("Whoever chaired; the record was kept by %(name)s"), name=str(session.closed_by or "")),
        "name": str(session.chair.seat.person) if session.chair else "",
    }


def _public(session: Session, items: list[dict[str, Any]]) -> Iterator[dict[str, Words]]:
    """Who was there, and the cases by their numbers: nothing of what the applicants wrote."""
    names = [member["name"] for member in (member_of(session, each) for each in called_to(session) if each.is_present)]
    yield row(words(_("Those present")), same(" · ".join(names)))
    for item in items:
        yield row(words(_("Case %(number)s"), number=item["number"]), item["opinion"])
