"""Where things are: governorates and their delegations."""

from django.db import models
from django.utils.translation import get_language


class Place(models.Model):
    class Kind(models.TextChoices):
        GOVERNORATE = "governorate"
        DELEGATION = "delegation"

    code = models.CharField(max_length=12, primary_key=True)  # ISO 3166-2 for governorates: "TN-82"
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    name_ar = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    invented = models.BooleanField(default=False)  # demonstration data say that they are

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return str(getattr(self, f"name_{get_language() or 'ar'}", "") or self.name_ar)
