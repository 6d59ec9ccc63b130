"""Structures of private vocational training: the permanent number, and what held of each from day to day."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registers.history.models import Period
from registers.structures.doubts.models import Doubt as Doubt  # a table of this room, in a folder of its own


class Status(models.TextChoices):
    DECLARED = "declared", pgettext_lazy("structure", "Declared")
    ACTIVE = "active", pgettext_lazy("structure", "Active")
    SUSPENDED = "suspended", pgettext_lazy("structure", "Suspended")
    CLOSED = "closed", pgettext_lazy("structure", "Closed")


class TrainingKind(models.TextChoices):
    INITIAL = "initial", _("Initial training")
    CONTINUING = "continuing", _("Continuing training")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    DISTANCE = "distance", _("Distance training")


class Regime(models.TextChoices):
    CHARTER = "charter", _("Terms-and-conditions charter")
    AUTHORISATION = "authorisation", _("Prior authorisation")


class NumberSeries(models.Model):
    """The last serial given in a governorate; the row is locked inside the transaction that takes the next."""

    governorate = models.CharField(max_length=2, primary_key=True)  # "82" of TN-82
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.governorate}: {self.last}"


class Details(models.Model):
    """What a structure is called, where it is and who answers for it."""

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    name_ar = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")  # a governorate
    delegation = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    address_ar = models.CharField(max_length=200, blank=True)
    address_fr = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    kinds = models.JSONField(default=list)  # of TrainingKind

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """In the language of the page where it is known in it."""
        return str((self.address_ar if get_language() == "ar" else self.address_fr) or self.address_ar)


class Structure(Details):
    """A site where people are trained; a branch names the structure it belongs to.

    Its own columns are the newest ones written, for lists and labels; what held on a day, `selectors.details` says.
    """

    number = models.CharField(max_length=10, unique=True)  # "82-00042-0": never changes, never given again
    legacy_number = models.CharField(max_length=60, blank=True, db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="branches")
    opened_on = models.DateField()
    invented = models.BooleanField(default=False)  # demonstration data say that they are
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return str((self.name_ar if get_language() == "ar" else self.name_fr) or self.name_ar)


class StructureDetails(Details, Period):
    subject = models.ForeignKey(Structure, models.PROTECT, related_name="details")

    class Meta(Period.Meta):
        pass

    def __str__(self) -> str:
        return self.name_ar


class NameWord(models.Model):
    """A folded word of a name that a structure has or had, so that a search by its beginning is an index's work."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="words")
    word = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("structure", "word"), name="a_word_once_a_structure"),)

    def __str__(self) -> str:
        return self.word


class StructureStatus(Period):
    subject = models.ForeignKey(Structure, models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=10, choices=Status.choices)
    # of a branch: what its own file says, where a measure against its parent says more; empty: the same
    own = models.CharField(max_length=10, choices=Status.choices, blank=True)

    class Meta(Period.Meta):
        pass


class Authorisation(Period):
    """The receipt of the charter, and the capacity it was given for."""

    subject = models.ForeignKey(Structure, models.PROTECT, related_name="authorisations")
    receipt_number = models.CharField(max_length=60, blank=True)
    capacity = models.PositiveIntegerField()
    regime = models.CharField(max_length=14, choices=Regime.choices, default=Regime.CHARTER)

    class Meta(Period.Meta):
        pass


class Direction(Period):
    """Who directs the structure. Not public."""

    subject = models.ForeignKey(Structure, models.PROTECT, related_name="directions")
    name_ar = models.CharField(max_length=130)
    name_lat = models.CharField(max_length=130, blank=True)
    interim = models.BooleanField(default=False)

    class Meta(Period.Meta):
        pass

    def __str__(self) -> str:
        return str((self.name_ar if get_language() == "ar" else self.name_lat) or self.name_ar)


class Teaching(Period):
    """A speciality that a structure may train in; the diploma needs a homologation besides."""

    exclusive: ClassVar[tuple[str, ...]] = ("subject", "speciality")

    subject = models.ForeignKey(Structure, models.PROTECT, related_name="teachings")
    speciality = models.ForeignKey("specialities.Speciality", models.PROTECT, related_name="teachings")
    target = models.CharField(max_length=12, blank=True)  # "attestation", "CAP"...
    capacity = models.PositiveIntegerField(null=True, blank=True)

    class Meta(Period.Meta):
        pass

    @property
    def structure(self) -> Any:
        return self.subject
