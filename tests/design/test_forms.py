"""What every form of the portal promises: labels, errors tied to their control, a summary that leads to each."""

import re
from datetime import date
from typing import Any

from django import forms

from design.forms import QallalineForm, ThreeBoxDate, YesNo, error_summary


class Asked(QallalineForm, forms.Form):
    name = forms.CharField(label="Name", help_text="As on the <card>")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Card"), ("b", "Passport")], widget=forms.RadioSelect)
    born = forms.DateField(label="Born", widget=ThreeBoxDate(attrs={"autocomplete": "bday"}))
    lived_abroad = forms.NullBooleanField(label="Abroad?", widget=YesNo)
    agreed = forms.BooleanField(label="I agree")
    paper = forms.FileField(label="Paper")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)


def asked(**typed: Any) -> Asked:
    return Asked(typed, {})


def ids(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_every_control_has_a_label_that_points_to_it() -> None:
    html = str(Asked())
    controls = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html))
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    assert controls
    assert controls <= labelled


def test_an_error_is_named_by_the_control_it_belongs_to() -> None:
    html = str(asked())
    named = {one for several in re.findall(r'aria-describedby="([^"]+)"', html) for one in several.split()}
    assert named <= ids(html)
    assert {"id_name_error", "id_kind_error", "id_born_error", "id_paper_error", "id_name_helptext"} <= named
    assert 'aria-invalid="true"' in re.search(r'<input[^>]*name="born_month"[^>]*>', html)[0]


def test_the_summary_leads_to_the_first_control_of_each_error() -> None:
    form = asked()
    links = re.findall(r'href="#([^"]+)"', form.error_summary)
    assert links == ["id_name", "id_kind_0", "id_born_0", "id_agreed", "id_paper"]
    assert set(links) <= ids(str(form))
    assert "autofocus" in form.error_summary
    assert 'role="alert"' not in form.error_summary


def test_a_form_without_errors_has_no_summary() -> None:
    assert Asked().error_summary == ""


def test_several_forms_share_one_summary() -> None:
    first, second = asked(), Asked({"other-name": ""}, {}, prefix="other")
    assert "#id_name" in error_summary(first, second)
    assert "#id_other-name" in error_summary(first, second)


def test_no_browser_bubble_and_no_unescaped_help() -> None:
    html = str(Asked())
    assert " required" not in html
    assert "As on the &lt;card&gt;" in html


def test_an_optional_field_says_so() -> None:
    assert str(Asked()).count("(optional)") == 1


def test_a_date_typed_in_three_boxes_is_read_whatever_the_digits() -> None:
    form = asked(born_day="٠٣", born_month="2", born_year="2001")
    form.is_valid()
    assert form.cleaned_data["born"] == date(2001, 2, 3)


def test_an_impossible_date_comes_back_as_it_was_typed() -> None:
    html = str(asked(born_day="31", born_month="2", born_year="2001")["born"])
    assert [re.search(f'name="born_{part}" value="([^"]*)"', html)[1] for part in ("day", "month", "year")] == [
        "31",
        "2",
        "2001",
    ]


def test_half_a_date_is_an_error_and_loses_nothing() -> None:
    form = asked(born_day="x-1", born_month="", born_year="2001")
    assert form["born"].errors
    assert 'value="x\u20101"' in str(form["born"])
    assert 'value="2001"' in str(form["born"])


def test_a_stored_date_fills_the_boxes() -> None:
    html = str(Asked(initial={"born": date(2001, 2, 3)})["born"])
    assert 'value="3"' in html
    assert 'value="2"' in html
    assert 'value="2001"' in html
    assert 'autocomplete="bday-day"' in html
