"""Wagtail's admin for editors: procedures first, nothing that a portal of services does not use."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms_content.forms import PartForm, ValueForm
from cms_content.models import Opening, ProcedureValue, ProcedureWords
from cms_content.reports import changes_to_review
from procedures.added_reasons import ADDED

LEFT_OUT = {"help", "explorer-forms", "redirects"}


class WordsViewSet(SnippetViewSet):
    model = ProcedureWords
    icon = "edit"
    menu_label = _("Words")
    list_display = ["__str__", "live", "has_unpublished_changes", "latest_revision"]
    list_filter = ["procedure", "live"]
    search_fields = ["path", "text_ar", "text_fr", "text_en"]
    panels = [
        FieldPanel("target"),
        MultiFieldPanel(
            [FieldPanel("text_ar"), FieldPanel("text_fr"), FieldPanel("text_en")],
            heading=_("Text"),
            help_text=_(
                "A language left empty keeps the default. The words of a document are written in Arabic and in French, "
                "a paragraph apart from the next by an empty line; see it as a PDF under Preview before you publish."
            ),
        ),
        PublishingPanel(),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return self.get_edit_handler().get_form_class()

    def get_edit_handler(self) -> Any:
        return _with_form(self.panels, PartForm, self.model)


class ValuesViewSet(SnippetViewSet):
    model = ProcedureValue
    icon = "calendar"
    menu_label = _("Delays, fees, papers, figures")
    list_display = ["__str__", "since", "live", "has_unpublished_changes"]
    list_filter = ["procedure", "live"]
    panels = [
        FieldPanel("target"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("asked")], heading=_("Value")),
        FieldPanel("table"),
        FieldPanel("since"),
        MultiFieldPanel(
            [FieldPanel("basis_ar"), FieldPanel("basis_fr"), FieldPanel("basis_en"), FieldPanel("article")],
            heading=_("Text it rests on"),
            help_text=_("Without a text the value is shown as an assumption."),
        ),
        PublishingPanel(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProcedureValue]:
        """Reasons that were added are kept in the administration."""
        found: QuerySet[ProcedureValue] = ProcedureValue.objects.exclude(path__startswith=ADDED)
        return found

    def get_form_class(self, for_update: bool = False) -> Any:
        return self.get_edit_handler().get_form_class()

    def get_edit_handler(self) -> Any:
        return _with_form(self.panels, ValueForm, self.model)


class OpeningViewSet(SnippetViewSet):
    model = Opening
    icon = "lock-open"
    menu_label = _("Openings")
    list_display = ["procedure", "closed", "opens_on", "closes_on"]


class ProceduresGroup(SnippetViewSetGroup):
    menu_label = _("Procedures")
    menu_icon = "clipboard-list"
    menu_order = 110
    items = (WordsViewSet, ValuesViewSet, OpeningViewSet)


register_snippet(ProceduresGroup)


def _with_form(panels: list[Any], form: type[PartForm], model: Any) -> Any:
    from wagtail.admin.panels import ObjectList

    return ObjectList(panels, base_form_class=form).bind_to_model(model)


def trim_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in LEFT_OUT]


def report_addresses() -> list[URLPattern]:
    return [path("procedures/review/", changes_to_review, name="cms_content_review")]


def report_in_menu() -> MenuItem:
    return MenuItem(_("Changes to review"), reverse("cms_content_review"), icon_name="warning", order=50)


hooks.register("construct_main_menu", trim_menu)
hooks.register("register_admin_urls", report_addresses)
hooks.register("register_reports_menu_item", report_in_menu)
