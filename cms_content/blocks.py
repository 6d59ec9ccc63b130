"""What editors may put on a page: text, note, card, steps, questions and lists of services, in our own look."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)

from cms_content.choices import AUDIENCES, service_choices

TEXT_FEATURES = ["h2", "h3", "bold", "link", "ol", "ul", "document-link"]
SMALL_FEATURES = ["bold", "link", "ol", "ul"]
TONES = [("", _("Information")), ("warn", _("Warning"))]


class NoteBlock(StructBlock):
    tone = ChoiceBlock(TONES, required=False, label=_("Tone"))
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    text = RichTextBlock(features=SMALL_FEATURES, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "cms_content/blocks/note.html"


class CardBlock(StructBlock):
    title = CharBlock(max_length=120, label=_("Title"))
    text = TextBlock(label=_("Text"))
    page = PageChooserBlock(required=False, label=_("Page of this site"))
    address = URLBlock(required=False, label=_("Or an address elsewhere"))

    class Meta:
        icon = "doc-empty"
        label = _("Card")
        template = "cms_content/blocks/card.html"


class StepBlock(StructBlock):
    title = CharBlock(max_length=120, label=_("Title"))
    who = CharBlock(required=False, max_length=120, label=_("Who, how long"))
    text = TextBlock(required=False, label=_("Text"))


class StepsBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    steps = ListBlock(StepBlock(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "cms_content/blocks/steps.html"


class QuestionBlock(StructBlock):
    question = CharBlock(max_length=200, label=_("Question"))
    answer = RichTextBlock(features=SMALL_FEATURES, label=_("Answer"))


class QuestionsBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    questions = ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "cms_content/blocks/questions.html"


class ServicesBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    services = ListBlock(ChoiceBlock(choices=service_choices), min_num=1, label=_("Services"))

    class Meta:
        icon = "list-ul"
        label = _("List of services")
        template = "cms_content/blocks/services.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from cms_content.showing import rows_of  # it reads the models, and they hold this block

        return {**super().get_context(value, parent_context=parent_context), "rows": rows_of(value["services"])}


class GuidanceBlock(StreamBlock):
    text = RichTextBlock(features=TEXT_FEATURES, label=_("Text"), template="cms_content/blocks/text.html")
    note = NoteBlock()
    card = CardBlock()
    steps = StepsBlock()
    questions = QuestionsBlock()
    services = ServicesBlock()


class AudienceBlock(StructBlock):
    kind = ChoiceBlock(AUDIENCES, label=_("For whom"))
    name = CharBlock(max_length=60, label=_("Name"))
    line = CharBlock(required=False, max_length=120, label=pgettext_lazy("of an audience", "Line"))
    services = ListBlock(ChoiceBlock(choices=service_choices), max_num=5, label=_("Services"))

    class Meta:
        icon = "group"
        label = _("Audience")
