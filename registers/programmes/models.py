"""National programmes, the offers of structures that follow them, and the homologation of what they lead to."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registers.history.models import Period


class Mode(models.TextChoices):
    RESIDENTIAL = "residential", _("Residential")
    ALTERNANCE = "alternance", _("Work-study")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    DISTANCE = "distance", _("Distance")


class Programme(models.Model):
    """A version of a national reference: what is taught, for how long, and up to which level."""

    code = models.CharField(max_length=30)
    version = models.CharField(max_length=10, default="1")
    title_ar = models.CharField(max_length=200)
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    speciality = models.ForeignKey("specialities.Speciality", models.PROTECT, related_name="programmes")
    level = models.CharField(max_length=12)  # "CC", "CAP", "BTP", "BTS", "attestation"
    hours = models.PositiveIntegerField()
    mode = models.CharField(max_length=14, choices=Mode.choices, default=Mode.RESIDENTIAL)
    isced_f = models.CharField(max_length=4, blank=True)
    isco08 = models.CharField(max_length=4, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)  # groups begin under it before that day only
    invented = models.BooleanField(default=False)  # demonstration data say that they are

    class Meta:
        ordering = ("code", "version")
        constraints = (models.UniqueConstraint(fields=("code", "version"), name="one_programme_a_version"),)

    def __str__(self) -> str:
        return str(getattr(self, f"title_{get_language() or 'ar'}", "") or self.title_ar)


class Offer(models.Model):
    """A structure gives a programme in a place and a mode."""

    structure = models.ForeignKey("structures.Structure", models.PROTECT, related_name="offers")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="offers")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=14, choices=Mode.choices)
    language = models.CharField(max_length=2, default="ar")
    places = models.PositiveIntegerField(null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)  # the first day without it
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("structure", "programme", "pk")
        constraints = (
            models.UniqueConstraint(fields=("structure", "programme", "place", "mode"), name="one_offer_a_programme"),
        )

    def __str__(self) -> str:
        return f"{self.structure} {self.programme}"


class Homologation(Period):
    """The diploma of an offer counts as a national one, from a day until another."""

    subject = models.ForeignKey(Offer, models.PROTECT, related_name="homologations")
    diploma = models.CharField(max_length=12)  # "CC", "CAP", "BTP", "BTS"
    capacity = models.PositiveIntegerField(null=True, blank=True)
    conditions = models.TextField(blank=True)
    decision_reference = models.CharField(max_length=80, blank=True)

    class Meta(Period.Meta):
        pass

    @property
    def offer(self) -> Offer:
        return self.subject
