"""What a filing for an equivalence must meet, and when its questions are put."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from procedures import api as p

ORDER_79 = p.Basis(_("Order no. 79 of 27 September 2010 on equivalence and its advisory commission"))
SCALES = p.Basis(_("Decrees 94-1397 of 20 June 1994 and 2009-2139 of 8 July 2009 on the national scales"))
HOURS_A_MONTH = p.Parameter("equivalence.hours_a_month", 250, _("Most hours of training in a month"))
LEAST_AGE = p.Parameter("equivalence.least_age", 15, _("Least age of the holder of a vocational certificate"))


@p.rule(
    "foreign_certificate.kind",
    says=_("University degrees are for the ministry of higher education. File this one there."),
    title=_("The training is vocational"),
)
def training_is_vocational(kind: str) -> bool:
    return kind == "vocational"


@p.rule(
    "foreign_certificate.country",
    says=_("A Tunisian certificate is classified, not made equivalent. Ask for its classification."),
    title=_("The certificate is foreign"),
    instead="certificate_classification",
)
def certificate_is_foreign(country: str) -> bool:
    return country != "TN"


@p.rule(
    "foreign_certificate.language",
    "foreign_certificate.title_translated?",
    says=_("The title is in neither Arabic nor French. Write it in one of them too."),
    title=_("The title can be read in Arabic or French"),
)
def title_is_understood(language: str, translated: str | None) -> bool:
    return language in ("ar", "fr") or bool(translated)


@p.rule(
    "identity.birth_date",
    "foreign_certificate.issued_on",
    LEAST_AGE,
    says=_("The holder was under %(least)s when the certificate was issued. Check both dates."),
    title=_("The holder was old enough"),
)
def holder_was_old_enough(born: date, issued: date, least: int) -> bool:
    return p.age(born, issued) >= least


@p.rule(
    "foreign_certificate.hours",
    "foreign_certificate.months",
    HOURS_A_MONTH,
    weight=p.Weight.WARNS,
    says=_("%(hours)s hours in %(months)s months is more than %(most)s a month. Check both figures."),
    title=_("Hours and months fit together"),
)
def hours_are_plausible(hours: int, months: int, most: int) -> bool:
    return hours <= months * most


@p.rule(
    "stays.since",
    "stays.until",
    each="stays",
    says=_("This stay ends before it begins. Correct one of its dates."),
    title=_("A stay begins before it ends"),
)
def stay_runs_forward(since: date, until: date) -> bool:
    return since <= until


@p.rule(
    "stays.until",
    "foreign_certificate.issued_on",
    each="stays",
    weight=p.Weight.FLAGS,
    says=_("This stay ends after the certificate was issued. The officer will look at it."),
    title=_("A stay lies before the certificate"),
)
def stay_precedes_certificate(until: date, issued: date) -> bool:
    return until <= issued


longer_than_a_month = ~p.given("foreign_certificate.months", 1, says=_("the training lasted more than a month"))
at_a_distance = p.given("foreign_certificate.mode", "distance", says=_("the training was not wholly at a distance"))
has_a_path = longer_than_a_month & ~at_a_distance
in_another_language = p.given("foreign_certificate.language", "other", says=_("it is in neither ar, fr nor en"))
is_minor = p.under_age("identity.birth_date")
