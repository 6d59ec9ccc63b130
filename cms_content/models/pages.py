"""Pages: home, one a service, and plain ones. Facts of a procedure are read from the procedure, never kept here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms_content.blocks import AudienceBlock, GuidanceBlock
from cms_content.choices import procedure_choices


class HomePage(Page):
    """The front door (الصفحة الرئيسية): a promise, a search, the verification door, the catalogue by theme."""

    lead = models.TextField(_("Lead"), max_length=300)
    search_example = models.CharField(_("Example in the search box"), max_length=80, blank=True)
    door_title = models.CharField(_("Title of the verification door"), max_length=80)
    door_text = models.CharField(_("Text of the verification door"), max_length=160)
    audiences = StreamField([("audience", AudienceBlock())], verbose_name=_("Audiences"), blank=True)
    guidance = StreamField(GuidanceBlock(), verbose_name=_("Guidance"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("search_example"),
        MultiFieldPanel([FieldPanel("door_title"), FieldPanel("door_text")], heading=_("Verification door")),
        FieldPanel("audiences"),
        FieldPanel("guidance"),
    ]
    template = "cms_content/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms_content.ServicePage", "cms_content.StandardPage"]
    max_count_per_parent = 3  # one a language

    class Meta:
        verbose_name = _("Home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms_content.showing import home_context  # it reads the models

        return super().get_context(request, *args, **kwargs) | home_context(self)


class ServicePage(Page):
    """The start page of one procedure (صفحة الخدمة): editors guide, the procedure itself says what it takes."""

    procedure = models.CharField(_("Procedure"), max_length=60, choices=procedure_choices)
    lead = models.TextField(_("Lead"), max_length=300, blank=True, help_text=_("Empty: the procedure's own summary."))
    minutes = models.PositiveSmallIntegerField(
        _("Minutes to fill in"), null=True, blank=True, help_text=_("Only if it was measured with real people.")
    )
    guidance = StreamField(GuidanceBlock(), verbose_name=_("Guidance"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("procedure"),
        FieldPanel("lead"),
        FieldPanel("minutes"),
        FieldPanel("guidance"),
    ]
    override_translatable_fields = [SynchronizedField("procedure"), SynchronizedField("minutes")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.FilterField("procedure")]
    template = "cms_content/service.html"
    parent_page_types = ["cms_content.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("Service page")

    def clean(self) -> None:
        super().clean()
        same = ServicePage.objects.filter(procedure=self.procedure, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.locale_id and same.exists():
            raise ValidationError({"procedure": _("This procedure already has a page in this language.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms_content.showing import service_context  # it reads the models

        return super().get_context(request, *args, **kwargs) | service_context(self.procedure, self)


class StandardPage(Page):
    """A page of text: help, accessibility, personal data."""

    lead = models.TextField(_("Lead"), max_length=300, blank=True)
    to_complete = models.BooleanField(
        _("Draft to be completed by the administration"), default=False, help_text=_("Says so at the top of the page.")
    )
    body = StreamField(GuidanceBlock(), verbose_name=_("Text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("to_complete"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("to_complete")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    template = "cms_content/standard.html"
    parent_page_types = ["cms_content.HomePage", "cms_content.StandardPage"]

    class Meta:
        verbose_name = _("Page of text")
