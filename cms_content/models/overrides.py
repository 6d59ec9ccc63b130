"""What editors change of a procedure: its words, its dated values, and when it takes filings."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from cms_content.choices import procedure_choices
from cms_content.wording import LANGUAGES

PAPER = "paper"  # the preview in which a document is printed


class Override(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """One part of one procedure, by its path of codes, and the default it was written against."""

    procedure = models.CharField(_("Procedure"), max_length=60, choices=procedure_choices, db_index=True)
    path = models.CharField(_("Part"), max_length=160)
    default_hash = models.CharField(max_length=64, blank=True, editable=False)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.procedure} · {self.path}"

    @property
    def revisions(self) -> Any:
        return self._revisions

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "cms_content/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from cms_content.overriding import compared  # it reads the models

        return {**super().get_preview_context(request, mode_name), "compared": compared(self)}


class ProcedureWords(Override):
    """A label, help text or sentence of a procedure, said otherwise; a language left empty keeps the default."""

    text_ar = models.TextField(_("Arabic"), blank=True)
    text_fr = models.TextField(_("French"), blank=True)
    text_en = models.TextField(_("English"), blank=True)

    class Meta:
        verbose_name = _("Words of a procedure")
        verbose_name_plural = _("Words of procedures")
        constraints = [models.UniqueConstraint(fields=["procedure", "path"], name="words_once_a_part")]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The words beside the default; of a document also the sheet itself."""
        from cms_content.overriding import output_of  # it reads the models

        return [("", _("Beside the default")), *([(PAPER, _("The document (PDF)"))] if output_of(self) else [])]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        from cms_content.overriding import paper_of  # it reads the models

        if mode_name == PAPER and (pdf := paper_of(self)) is not None:
            return HttpResponse(pdf, content_type="application/pdf")
        return super().serve_preview(request, mode_name)

    @property
    def texts(self) -> dict[str, str]:
        """The languages that are written."""
        given = {language: getattr(self, f"text_{language}").strip() for language in LANGUAGES}
        return {language: text for language, text in given.items() if text}

    def clean(self) -> None:
        from cms_content.overriding import check_words, default_hash  # it reads the models

        super().clean()
        check_words(self)
        self.default_hash = default_hash(self.procedure, self.path)


class ProcedureValue(Override):
    """A delay, a fee, a paper asked or a figure, from a day on, with the text that it rests on."""

    value = models.JSONField(_("Value"), encoder=DjangoJSONEncoder)
    since = models.DateField(_("In force from"))
    basis_ar = models.CharField(_("Text it rests on, in Arabic"), max_length=300, blank=True)
    basis_fr = models.CharField(_("Text it rests on, in French"), max_length=300, blank=True)
    basis_en = models.CharField(_("Text it rests on, in English"), max_length=300, blank=True)
    article = models.CharField(_("Article"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("Value of a procedure")
        verbose_name_plural = _("Values of procedures")
        constraints = [models.UniqueConstraint(fields=["procedure", "path", "since"], name="value_once_a_day")]

    def __str__(self) -> str:
        return f"{super().__str__()} · {self.since}"

    @property
    def basis(self) -> dict[str, str]:
        return {language: text for language in LANGUAGES if (text := getattr(self, f"basis_{language}"))}

    def clean(self) -> None:
        from cms_content.overriding import check_value, default_hash  # it reads the models

        super().clean()
        check_value(self)
        self.default_hash = default_hash(self.procedure, self.path)


class Opening(models.Model):
    """When a procedure takes filings: a window, or closed until further notice, with a sentence for people."""

    procedure = models.CharField(_("Procedure"), max_length=60, choices=procedure_choices, unique=True)
    closed = models.BooleanField(_("Closed to new filings"), default=False)
    opens_on = models.DateField(_("Opens on"), null=True, blank=True)
    closes_on = models.DateField(_("Last day"), null=True, blank=True)
    says_ar = models.CharField(_("Sentence in Arabic"), max_length=300, blank=True)
    says_fr = models.CharField(_("Sentence in French"), max_length=300, blank=True)
    says_en = models.CharField(_("Sentence in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Opening to filings")
        verbose_name_plural = _("Openings to filings")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="window_has_an_order",
            )
        ]

    def __str__(self) -> str:
        return self.procedure

    @property
    def says(self) -> dict[str, str]:
        return {language: text for language in LANGUAGES if (text := getattr(self, f"says_{language}"))}

    def is_open(self, on: date) -> bool:
        begun = self.opens_on is None or self.opens_on <= on
        ended = self.closes_on is not None and self.closes_on < on
        return not self.closed and begun and not ended

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The last day comes before the first. Correct one of them.")})


class OverrideRevision(models.Model):
    """A mark that changes with every change to a procedure's rows: whoever kept what it read compares one value."""

    procedure = models.CharField(max_length=60, primary_key=True)
    mark = models.UUIDField(default=uuid4)

    def __str__(self) -> str:
        return f"{self.procedure} {self.mark}"
