"""What is asked about a foreign certificate, and what officers answer."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.api import fields as f
from registers import api as r

KINDS = {"vocational": _("Vocational training"), "university": _("University degree")}
LANGUAGES = {"ar": _("Arabic"), "fr": _("French"), "en": _("English"), "other": _("Another language")}
STATUSES = {"public": _("Public body"), "state_recognised": _("Recognised by the State"), "private": _("Private body")}
MODES = {"presence": _("In presence"), "distance": _("At a distance"), "mixed": _("In presence and at a distance")}
PURPOSES = {"employment": _("Employment"), "study": _("Further training"), "own_business": _("Own business")}


class ForeignCertificate(f.Fieldset):
    legend = _("The certificate")
    kind = f.Choice(_("Kind of training"), KINDS)
    title = f.Text(_("Title in its own language"), help=_("As it is printed."), sample="Zertifikat Mechatronik")
    language = f.Choice(_("Language of the certificate"), LANGUAGES, sample="fr")
    title_translated = f.Text(
        _("Title in Arabic or French"), help=_("Leave it empty when the title is in one of them."), optional=True
    )
    country = f.Country(_("Country that issued it"), sample="FR")
    issuing_body = f.Text(_("Body that issued it"), sample="AFPA Lyon")
    body_status = f.Choice(_("Status of this body"), STATUSES)
    issued_on = f.Date(_("Date of the certificate"), earliest="1956-03-20", latest="today", sample="2021-06-30")
    framework = f.Text(_("Scale of levels of that country"), help=_("For example RNCP or EQF."), sample="RNCP")
    official_level = f.Text(_("Official level on that scale"), least=1, most=60, sample="4")
    months = f.Whole(_("Duration in months"), help=_("Round up: three weeks are 1."), least=1, most=120, sample=10)
    hours = f.Whole(_("Hours of training"), least=1, most=10000, sample=1200)
    mode = f.Choice(_("Way of training"), MODES)


class EntryDiploma(f.Fieldset):
    legend = _("Before this training")
    title = f.Text(_("Diploma you entered with"))
    year = f.Year(_("Year of this diploma"), least=1956, sample=2017)


class Stay(f.Fieldset):
    legend = _("Where you lived during the training")
    country = f.Country(_("Country of the stay"), sample="FR")
    since = f.Date(pgettext_lazy("stay", "From"), latest="today", sample="2020-09-01")
    until = f.Date(pgettext_lazy("stay", "To"), latest="today", sample="2021-06-15")


class Internship(f.Fieldset):
    legend = _("Internships")
    host = f.Text(_("Company or body"))
    subject = f.Text(_("What you did there"))
    weeks = f.Whole(_("Weeks"), least=1, most=200, sample=8)


class Target(f.Fieldset):
    legend = _("What you ask")
    level = f.Choice(_("Tunisian level you ask for"), r.QUALIFICATIONS, sample="BTP")
    speciality = r.SpecialityField(_("Speciality you ask for"))
    purpose = f.Choice(_("What it is for"), PURPOSES)


class Consent(f.Fieldset):
    legend = _("Consent")
    may_ask_issuer = f.Accept(_("The administration may ask the issuing body about my certificate"))


class OfficialClassification(f.Fieldset):
    legend = _("Classification in the issuing country")
    recognised = f.YesNo(_("The body is recognised there"))
    level = f.Text(_("Level found there"), least=1, sample="RNCP 4")
    source = f.Text(_("Where it was found"), help=_("Register, address or letter."), sample="https://www.example.fr/4")
    remarks = f.LongText(_("Remarks for the commission"), optional=True)


class Granted(f.Fieldset):
    legend = _("Equivalence granted")
    level = f.Choice(_("Level granted"), r.QUALIFICATIONS, numbers=r.LEVEL_NUMBERS, sample="BTP")
    speciality = r.SpecialityField(_("Speciality granted"))
