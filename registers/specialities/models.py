"""The nomenclature of specialities: what a person can be trained in."""

from django.db import models
from django.utils.translation import get_language


class Speciality(models.Model):
    code = models.CharField(max_length=12, primary_key=True)
    sector_ar = models.CharField(max_length=100)
    sector_fr = models.CharField(max_length=100)
    sector_en = models.CharField(max_length=100)
    name_ar = models.CharField(max_length=150)
    name_fr = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)
    invented = models.BooleanField(default=False)  # demonstration data say that they are

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return str(getattr(self, f"name_{get_language() or 'ar'}", "") or self.name_ar)
