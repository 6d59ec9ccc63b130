"""What was recognised: certificates of structures and what each is worth on a day; equivalences granted."""

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy

from registers.history.models import Period


class Certificate(models.Model):
    """A certificate as it was issued. It is never changed: what it is worth stands in its periods.

    Two columns alone may still be written: the person, when two entries turn out to be one, and the sealed document.
    """

    class Source(models.TextChoices):
        PORTAL = "portal", pgettext_lazy("source", "Portal")
        IMPORT = "import", pgettext_lazy("source", "Import")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    serial = models.CharField(max_length=32, unique=True)  # "2026-11-00427-3-00017": year, structure, count
    paper_number = models.CharField(max_length=60, blank=True)  # as the structure printed it, before the portal
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="certificates")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="certificates")
    structure = models.ForeignKey("structures.Structure", models.PROTECT, related_name="certificates")
    session = models.ForeignKey("training.Session", models.PROTECT, null=True, blank=True, related_name="certificates")
    result = models.ForeignKey("training.Result", models.PROTECT, null=True, blank=True, related_name="certificates")
    holder_ar = models.CharField(max_length=170, blank=True)  # as printed: a later change of name does not change it
    holder_lat = models.CharField(max_length=170, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    issued_on = models.DateField(db_index=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=6, choices=Source.choices)
    homologated = models.BooleanField()
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.PositiveBigIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("structure", "paper_number"),
                condition=~models.Q(paper_number=""),
                name="one_certificate_a_paper_number",
            ),
            models.UniqueConstraint(
                fields=("person", "session"),
                condition=models.Q(session__isnull=False, replaces__isnull=True),
                name="one_certificate_a_person_and_session",
            ),
        )

    def __str__(self) -> str:
        return self.serial


class CertificateStatus(Period):
    """What a certificate is worth. Without a period it is valid."""

    class Status(models.TextChoices):
        SUSPENDED = "suspended", pgettext_lazy("certificate", "Suspended")
        REVOKED = "revoked", pgettext_lazy("certificate", "Revoked")

    subject = models.ForeignKey(Certificate, models.PROTECT, related_name="periods")
    status = models.CharField(max_length=10, choices=Status.choices)

    class Meta(Period.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.subject_id} {self.status} since {self.since}"


class SerialCounter(models.Model):
    """The last number given in a year to certificates of a structure."""

    structure = models.ForeignKey("structures.Structure", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("structure", "year"), name="one_count_a_structure_and_year"),)

    def __str__(self) -> str:
        return f"{self.structure_id} {self.year}: {self.last}"


class Equivalence(models.Model):
    """A foreign certificate held equivalent to a Tunisian level, by the decision of a case."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    holder_ar = models.CharField(max_length=130)
    holder_lat = models.CharField(max_length=130)
    level = models.CharField(max_length=12)
    speciality = models.ForeignKey("specialities.Speciality", models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.level}"
