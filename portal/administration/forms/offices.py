"""Questions about offices."""

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.administration.forms.asked import Asked, Names, a_reason, latin, one_of
from procedures.offices.models import Office
from procedures.offices.reasons import OFFICE_CLOSES
from registers.places.selectors import governorate_names


class Describing(Names):
    """An office: what it is, where, and what it is called."""

    kind = one_of(_("Kind"), Office.Kind.choices, few=True)
    place = one_of(
        _("Governorate"), needed=False, help_text=_("Of a regional directorate. A central service has none.")
    )
    above = one_of(_("Office above"), needed=False, help_text=_("It hears what is contested of this one's decisions."))
    field_order = ("code", "kind", "place", "above", "name_ar", "name_fr", "name_en")

    def __init__(self, *args: Any, office: Office | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        higher = Office.objects.filter(is_open=True).exclude(kind=Office.Kind.OUTSIDE)
        self.higher = {str(each.pk): each for each in (higher.exclude(pk=office.pk) if office else higher)}
        self.offer("above", self.higher.items(), nothing=pgettext_lazy("office above", "None"))
        self.offer(
            "place",
            governorate_names((get_language() or "ar")[:2]).items(),
            nothing=pgettext_lazy("governorate", "None"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Office.Kind.CENTRAL:
            cleaned["place"] = ""
        return cleaned

    def described(self) -> dict[str, Any]:
        said = self.cleaned_data
        above = self.higher.get(said["above"])
        return {"kind": said["kind"], "place": said["place"], "above": above, "names": self.names()}


class Opening(Describing):
    code = latin(
        _("Code"),
        40,
        help_text=_("Small letters, digits and hyphens, for example rd-82. Procedures name central services by it."),
    )

    def described(self) -> dict[str, Any]:
        return super().described() | {"code": self.cleaned_data["code"]}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().lower()
        if not code.replace("-", "").isalnum() or not code.isascii():
            self.add_error("code", _("“Code”: write small letters, digits and hyphens, for example rd-82."))
        return code


class Closing(Asked):
    reason = a_reason(OFFICE_CLOSES)
