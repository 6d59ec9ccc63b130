"""Questions that any administration asks: who one is, a guardian, a legal person."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures import fields as f
from procedures.writing import given

IDS = {"cin": _("National identity card"), "passport": _("Passport"), "residence_card": _("Residence card")}
GENDERS = {"f": pgettext_lazy("gender", "Female"), "m": pgettext_lazy("gender", "Male")}
RELATIONS = {"parent": _("Father or mother"), "guardian": _("Legal guardian"), "other": _("Other representative")}


class Identity(f.Fieldset):
    legend = _("Identity")
    id_type = f.Choice(_("Identity paper"), IDS, fact="person.id_type")
    id_number = f.IdentityNumber(
        _("Number of the identity paper"), help=_("As on the paper, the zeros in front too."), fact="person.id_number"
    )
    last_name_ar = f.Arabic(_("Family name in Arabic"), fact="person.last_name_ar", sample="التونسي")
    first_name_ar = f.Arabic(_("Given name in Arabic"), fact="person.first_name_ar", sample="أمينة")
    last_name_lat = f.Latin(_("Family name in Latin letters"), fact="person.last_name_lat", sample="Tounsi")
    first_name_lat = f.Latin(_("Given name in Latin letters"), fact="person.first_name_lat", sample="Amina")
    birth_date = f.Date(_("Date of birth"), latest="today", fact="person.birth_date", sample="1998-05-14")
    birth_place = f.Text(_("Place of birth"), most=100, sample={"ar": "قابس", "fr": "Gabès", "en": "Gabès"})
    gender = f.Choice(_("Gender"), GENDERS, fact="person.gender")
    nationality = f.Country(_("Nationality"), fact="person.nationality")


class Guardian(f.Fieldset):
    legend = _("Guardian")
    relation = f.Choice(_("Relation to the applicant"), RELATIONS)
    last_name_ar = f.Arabic(_("Family name of the guardian in Arabic"), sample="التونسي")
    first_name_ar = f.Arabic(_("Given name of the guardian in Arabic"), sample="سالم")
    last_name_lat = f.Latin(_("Family name of the guardian in Latin letters"), sample="Tounsi")
    first_name_lat = f.Latin(_("Given name of the guardian in Latin letters"), sample="Salem")
    id_type = f.Choice(_("Identity paper of the guardian"), IDS)
    id_number = f.IdentityNumber(_("Number of the guardian's identity paper"), sample="09876543")
    phone = f.Phone(_("Telephone of the guardian"))
    acts = f.YesNo(_("The guardian files this application"), sample=True)
    email = f.Email(
        _("E-mail of the guardian"),
        help=_("We write to the guardian, who confirms the application before it counts."),
        when=given(".acts", False),
    )


class LegalEntity(f.Fieldset):
    legend = _("Legal person")
    legal_form = f.Text(_("Legal form"))
    tax_number = f.TaxNumber(_("Tax number"), optional=True, fact="organisation.tax_number")
    rne_id = f.Text(
        _("Number in the national business register"), pattern=r"\d{7}[A-Za-z]", optional=True, sample="1234567A"
    )
    denomination_ar = f.Arabic(_("Name in Arabic"), least=3, most=200, digits=True, sample="مركز التكوين")
    denomination_fr = f.Latin(_("Name in French"), least=3, most=200, digits=True, sample="Centre de formation")


class Reply(f.Fieldset):
    """What those whom a measure concerns say before it is decided."""

    legend = _("Your answer")
    stand = f.Choice(
        _("What you say of it"),
        {
            "accepts": _("We accept what was found, and have mended it or will"),
            "in_part": _("We accept a part of it"),
            "contests": _("We contest it"),
        },
    )
    answer = f.LongText(_("Your answer in writing"), help=_("What you did, what you contest, and why."))
