"""The nomenclature of specialities: what a person can be trained in, and where that is halted for a time."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registers.history.models import Period


class Speciality(models.Model):
    code = models.CharField(max_length=12, primary_key=True)
    sector = models.CharField(max_length=12, blank=True, db_index=True)  # code; its names stand beside it
    sector_ar = models.CharField(max_length=100)
    sector_fr = models.CharField(max_length=100)
    sector_en = models.CharField(max_length=100)
    name_ar = models.CharField(max_length=150)
    name_fr = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)
    isced_f = models.CharField(max_length=4, blank=True)  # ISCED-F 2013, as fine as it is known
    isco08 = models.CharField(max_length=4, blank=True)
    levels = models.JSONField(default=list, blank=True)  # ["CAP", "BTP"]: what it may lead to; empty: not said
    invented = models.BooleanField(default=False)  # demonstration data say that they are

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return str(getattr(self, f"name_{get_language() or 'ar'}", "") or self.name_ar)


class Moratorium(Period):
    """A circular halts something in a speciality, everywhere or in one governorate."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("No structure may add the speciality")
        HOMOLOGATION = "homologation", _("No new homologation")
        ENROLMENT = "enrolment", _("No new trainees")

    exclusive: ClassVar[tuple[str, ...]] = ("subject", "governorate", "kind")

    subject = models.ForeignKey(Speciality, models.PROTECT, related_name="moratoria")
    governorate = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.OPENING)
    reference = models.CharField(max_length=120, blank=True)  # of the circular

    class Meta(Period.Meta):
        verbose_name_plural = "moratoria"

    @property
    def speciality(self) -> Speciality:
        return self.subject


class Retirement(Period):
    """While it holds, the speciality is offered to nobody any more; what names it keeps its name."""

    subject = models.ForeignKey(Speciality, models.PROTECT, related_name="retirements")

    class Meta(Period.Meta):
        pass
