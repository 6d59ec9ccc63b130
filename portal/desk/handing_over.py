"""Hand a case of an organisation over to a colleague."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as flash
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.forms import QallalineForm
from portal.desk.casefile import OwnCase
from portal.desk.telling import tell_of_hand_over
from procedures.cases.access import own_case
from procedures.cases.services import CaseError, hand_over
from procedures.representation import people_of


class Colleague(QallalineForm, forms.Form):
    to = forms.ChoiceField(
        label=gettext_lazy("Colleague who takes it over"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )

    def __init__(self, *args: Any, people: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.choices = [(pk, str(person)) for pk, person in people.items()]


def handing_over(request: HttpRequest, case: UUID) -> HttpResponse:
    file = OwnCase(own_case(request.user, case), request.user)
    if file.case.organisation is None or not file.may_act or file.is_closed:
        raise Http404
    others = [each for each in people_of(file.case.organisation) if each.pk not in (request.user.pk, file.in_charge)]
    people = {str(each.pk): each for each in others}
    form = Colleague(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                hand_over(case=file.case, by=request.user, to=people[form.cleaned_data["to"]])
                tell_of_hand_over(file.case)
        except CaseError as refusal:
            form.add_error("to", str(refusal))
        else:
            flash.success(request, _("The case is handed over. What happens to it is told to your colleague."))
            return redirect("desk:case", case=file.case.public_id)
    return render(
        request, "desk/hand_over.html", {"file": file, "case": file.case, "form": form, "people": bool(people)}
    )
