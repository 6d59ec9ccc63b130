"""Ready rules about certificates and trainings; each takes the addresses, for every procedure names its own blocks."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from procedures import api as p

HOURS_A_MONTH = p.Parameter("equivalence.hours_a_month", 250, _("Most hours of training in a month"))
LEAST_AGE = p.Parameter("equivalence.least_age", 15, _("Least age of the holder of a vocational certificate"))


def title_is_understood(block: str) -> p.Rule:
    """The title is in Arabic or French, or is translated into one of them: `language`, `title_translated`."""

    @p.rule(
        f"{block}.language",
        f"{block}.title_translated?",
        says=_("The title is in neither Arabic nor French. Write it in one of them too."),
        title=_("The title can be read in Arabic or French"),
    )
    def title_is_understood(language: str, translated: str | None) -> bool:
        return language in ("ar", "fr") or bool(translated)

    return title_is_understood


def hours_are_plausible(block: str) -> p.Rule:
    """The hours of a training fit into its months: `hours`, `months`."""

    @p.rule(
        f"{block}.hours",
        f"{block}.months",
        HOURS_A_MONTH,
        weight=p.Weight.WARNS,
        says=_("%(hours)s hours in %(months)s months is more than %(most)s a month. Check both figures."),
        title=_("Hours and months fit together"),
    )
    def hours_are_plausible(hours: int, months: int, most: int) -> bool:
        return hours <= months * most

    return hours_are_plausible


def holder_was_old_enough(birth_date: p.Need, issued_on: p.Need) -> p.Rule:
    """The holder had the least age when the certificate was issued."""

    @p.rule(
        birth_date,
        issued_on,
        LEAST_AGE,
        says=_("The holder was under %(least)s when the certificate was issued. Check both dates."),
        title=_("The holder was old enough"),
    )
    def holder_was_old_enough(born: date, issued: date, least: int) -> bool:
        return p.age(born, issued) >= least

    return holder_was_old_enough


def stay_runs_forward(group: str) -> p.Rule:
    """In each row the stay begins before it ends: `since`, `until`."""

    @p.rule(
        f"{group}.since",
        f"{group}.until",
        each=group,
        says=_("This stay ends before it begins. Correct one of its dates."),
        title=_("A stay begins before it ends"),
    )
    def stay_runs_forward(since: date, until: date) -> bool:
        return since <= until

    return stay_runs_forward


def stay_precedes(group: str, issued_on: str) -> p.Rule:
    """In each row the stay is over (`until`) when the certificate is issued; otherwise an officer looks at it."""

    @p.rule(
        f"{group}.until",
        issued_on,
        each=group,
        weight=p.Weight.FLAGS,
        says=_("This stay ends after the certificate was issued. The officer will look at it."),
        title=_("A stay lies before the certificate"),
    )
    def stay_precedes_certificate(until: date, issued: date) -> bool:
        return until <= issued

    return stay_precedes_certificate
