"""Filings for tests and training: one for each branch, one for each rule that may be broken."""

from procedures import api as p

CERTIFICATE = "foreign_certificate"

SAMPLES = (
    p.Sample(code="with_a_path"),
    p.Sample(code="refused", ends=p.Kind.REFUSE),
    p.Sample(code="within_a_month", answers={f"{CERTIFICATE}.months": 1, f"{CERTIFICATE}.hours": 120}),
    p.Sample(code="at_a_distance", answers={f"{CERTIFICATE}.mode": "distance"}),
    p.Sample(
        code="in_another_language",
        answers={
            f"{CERTIFICATE}.language": "other",
            f"{CERTIFICATE}.country": "DE",
            f"{CERTIFICATE}.title_translated": "Certificat de mécatronique",
        },
    ),
    p.Sample(
        code="of_a_minor",
        answers={"identity.birth_date": p.Ago(years=16, days=200), f"{CERTIFICATE}.issued_on": p.Ago(days=120)},
    ),
    p.Sample(code="of_a_foreigner", answers={"identity.id_type": "passport", "identity.id_number": "X1234567"}),
    p.Sample(code="university_degree", answers={f"{CERTIFICATE}.kind": "university"}, breaks="training_is_vocational"),
    p.Sample(code="tunisian", answers={f"{CERTIFICATE}.country": "TN"}, breaks="certificate_is_foreign"),
    p.Sample(code="title_not_translated", answers={f"{CERTIFICATE}.language": "en"}, breaks="title_is_understood"),
    p.Sample(
        code="too_young",
        answers={f"{CERTIFICATE}.issued_on": "2010-06-30", "stays.since": "2010-01-01", "stays.until": "2010-06-01"},
        breaks="holder_was_old_enough",
    ),
    p.Sample(code="too_many_hours", answers={f"{CERTIFICATE}.hours": 9000}, breaks="hours_are_plausible"),
    p.Sample(
        code="stay_backwards",
        answers={"stays.since": "2021-06-01", "stays.until": "2021-05-01"},
        breaks="stay_runs_forward",
    ),
    p.Sample(code="stay_after", answers={"stays.until": "2022-01-01"}, breaks="stay_precedes_certificate"),
)
