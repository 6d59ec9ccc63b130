"""What decisions have recognised: equivalences granted (certificates of structures follow with the live register)."""

from django.db import models


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
