"""File at a desk for a person who came: with their account where they have one, else with a name and a receipt."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from portal.accounts.models import Recovery
from portal.accounts.recovery import NotRecovered, find_account
from procedures.cases.at_desk import note_desk_filing
from procedures.cases.models import Case
from procedures.definition import Audience, Procedure
from procedures.offices.models import Role
from procedures.offices.selectors import offices_of, roles_of
from procedures.registry import procedures
from procedures.resolving import resolve
from procedures.wizard.access import hold_draft
from procedures.wizard.contesting import begin_appeal_at_desk
from procedures.wizard.models import Draft
from procedures.wizard.services import start_draft

PEOPLE = (Audience.TRAINEE, Audience.PUBLIC)


class AtDesk(QallalineForm, forms.Form):
    """Which service, for whom, and by which paper the officer knows them."""

    procedure = forms.ChoiceField(label=_("Service"), widget=forms.RadioSelect)
    paper = forms.ChoiceField(
        label=_("Identity paper that you have seen"), choices=Recovery.Paper.choices, widget=forms.RadioSelect
    )
    account = forms.CharField(
        label=_("E-mail or telephone of their account"),
        help_text=_("Leave it empty where there is none: the case is then followed by the code of the receipt."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name, where there is no account"), max_length=130, required=False)

    def __init__(self, *args: Any, officer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer, self.person = officer, None
        service: Any = self.fields["procedure"]
        service.choices = [(each.code, str(each.title)) for each in open_to_people()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("account", "").strip()
        if typed:
            self.person = self._account(typed)
        elif not cleaned.get("name", "").strip():
            self.add_error("name", _("Give the e-mail or telephone of the account, or the name of the person."))
        return cleaned

    def _account(self, typed: str) -> Any:
        try:
            person = find_account(typed)
        except NotRecovered as unknown:
            raise ValidationError({"account": str(unknown)}) from None
        if person == self.officer or roles_of(person):
            raise ValidationError({"account": _("Nobody files at a desk for themselves or for another officer.")})
        return person


class Contesting(QallalineForm, forms.Form):
    """By which paper the officer knows whoever contests a decision at the desk."""

    paper = forms.ChoiceField(
        label=_("Identity paper that you have seen"),
        choices=Recovery.Paper.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which identity paper you have seen.")},
    )


class AcrossTheCounter:
    """The person's side, as starting a draft asks for it: no session of theirs is open here."""

    def __init__(self, person: Any) -> None:
        self.user = person


def open_to_people() -> list[Procedure]:
    """Services that a person files for themselves, and that take applications today."""
    found = [resolve(code) for code in sorted(procedures())]
    filed = [each for each in found if each.open and not each.contests]
    return [each for each in filed if any(one.audience in PEOPLE for one in each.applicants)]


@transaction.atomic
def begin(request: HttpRequest, form: AtDesk) -> Draft:
    """A draft of the person's own, held by this session of the officer's, and the record of both."""
    office = offices_of(request.user, Role.DESK_OFFICER).order_by("pk")[0]
    person = form.person or _without_account(form.cleaned_data["name"])
    procedure, side = resolve(form.cleaned_data["procedure"]), AcrossTheCounter(person)
    draft = start_draft(request=side, procedure=procedure)  # type: ignore[arg-type]  # only its user is asked
    hold_draft(request, draft)
    note_desk_filing(
        draft_id=draft.pk,
        officer=request.user,
        applicant=person,
        office=office,
        paper_seen=form.cleaned_data["paper"],
    )
    return draft


@transaction.atomic
def begin_appeal(request: HttpRequest, case: Case, paper: str) -> Draft:
    """An appeal of the person's own, held by this session of the officer's. Raises cases.services.NotAllowed."""
    office = offices_of(request.user, Role.DESK_OFFICER).order_by("pk")[0]
    draft = begin_appeal_at_desk(case=case, officer=request.user, office=office, paper_seen=paper)
    hold_draft(request, draft)
    return draft


def _without_account(name: str) -> Any:
    """A row that stands for the person; nobody logs in with it before a desk gives it an address."""
    return get_user_model().objects.create_user(None, name=name.strip(), language=get_language() or "ar")
