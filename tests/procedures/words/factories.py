"""Small procedures, whole and faulty."""

from dataclasses import replace
from datetime import date
from typing import Any

from procedures import api as p
from procedures.api import fields as f

FILED = date(2026, 11, 23)


class Trip(f.Fieldset):
    legend = "Trip"
    destination = f.Choice("Destination", {"tunisia": "Tunisia", "abroad": "Abroad"})
    country = f.Country("Country", when=p.given(".destination", "abroad"))
    days = f.Whole("Days", least=1, most=30, sample=3)
    note = f.LongText("Note", optional=True)


class Stop(f.Fieldset):
    legend = "Stops"
    town = f.Text("Town")
    nights = f.Whole("Nights", sample=2)


class Report(f.Fieldset):
    legend = "Report"
    fine = f.YesNo("All is well")


MOST_NIGHTS = p.Parameter("trip.most_nights", 5, "Most nights in a town")
abroad = p.given("trip.destination", "abroad", says="the trip goes abroad")


@p.rule("stops.nights", MOST_NIGHTS, each="stops", says="%(nights)s nights are more than %(most)s.", title="Few nights")
def nights_are_few(nights: int, most: int) -> bool:
    return nights <= most


@p.rule("trip.days", "stops.nights", says="The nights do not fit into %(days)s days.")
def nights_fit(days: int, nights: tuple[int, ...]) -> bool:
    return sum(nights) <= days


def trip(**changes: Any) -> p.Procedure:
    """A sound procedure, with `changes` put in."""
    sound = p.Procedure(
        code="trip",
        prefix="TRP",
        version="1.0",
        title="Trip",
        summary="A trip.",
        applicants=(p.PUBLIC,),
        authority=p.Central("trips"),
        about="trip.destination",
        deadline=p.Deadline(p.WorkingDays(10)),
        steps=(
            p.Step("trip", "Trip", (Trip,)),
            p.Step("stops", "Stops", (p.Group("stops", Stop, least=1, most=5),), when=abroad),
        ),
        papers=(
            p.Evidence("ticket", "Ticket"),
            p.Evidence("visa", "Visa", when=abroad),
            p.Evidence("booking", "Booking", each="stops"),
        ),
        rules=(nights_are_few, nights_fit),
        route=(p.Instruction(asks=(Report,)), p.Decision((p.Kind.GRANT, p.Kind.REFUSE)), p.Signature()),
        reasons=(p.Reason("not_now", "Not now."),),
        outputs=(
            p.Output("leave", "Leave", number=990, on=(p.Kind.GRANT,), claims=p.Claims(holder="trip.destination")),
        ),
        retention=p.Months(12),
        samples=(p.Sample(code="at_home"), p.Sample(code="abroad", answers={"trip.destination": "abroad"})),
    )
    return replace(sound, **changes)


ABROAD = {
    "trip": {"destination": "abroad", "country": "FR", "days": 9, "note": None},
    "stops": [{"_row": "k3f9", "town": "Lyon", "nights": 2}, {"_row": "b7aa", "town": "Nice", "nights": 7}],
}
