"""The facts of a site: whose portal it is, under which names, and how to reach it; all empty until someone says."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from cms_content.wording import LANGUAGES


class FooterLinkBlock(StructBlock):
    label_ar = CharBlock(max_length=80, label=_("Label in Arabic"))
    label_fr = CharBlock(max_length=80, label=_("Label in French"))
    label_en = CharBlock(max_length=80, label=_("Label in English"))
    address = CharBlock(max_length=300, label=_("Address"))


def _words(name: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(f"{name}_{language}") for language in LANGUAGES])


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Nothing of any ministry is written in the code: every name is here, in three languages."""

    portal_name_ar = models.CharField(_("Portal name in Arabic"), max_length=80, blank=True)
    portal_name_fr = models.CharField(_("Portal name in French"), max_length=80, blank=True)
    portal_name_en = models.CharField(_("Portal name in English"), max_length=80, blank=True)
    tagline_ar = models.CharField(_("Line under it in Arabic"), max_length=120, blank=True)
    tagline_fr = models.CharField(_("Line under it in French"), max_length=120, blank=True)
    tagline_en = models.CharField(_("Line under it in English"), max_length=120, blank=True)
    state_ar = models.CharField(_("State in Arabic"), max_length=120, blank=True)
    state_fr = models.CharField(_("State in French"), max_length=120, blank=True)
    state_en = models.CharField(_("State in English"), max_length=120, blank=True)
    authority_ar = models.CharField(_("Authority in Arabic"), max_length=200, blank=True)
    authority_fr = models.CharField(_("Authority in French"), max_length=200, blank=True)
    authority_en = models.CharField(_("Authority in English"), max_length=200, blank=True)
    unit_ar = models.CharField(_("Unit in Arabic"), max_length=200, blank=True)
    unit_fr = models.CharField(_("Unit in French"), max_length=200, blank=True)
    unit_en = models.CharField(_("Unit in English"), max_length=200, blank=True)
    hours_ar = models.CharField(_("Opening hours in Arabic"), max_length=200, blank=True)
    hours_fr = models.CharField(_("Opening hours in French"), max_length=200, blank=True)
    hours_en = models.CharField(_("Opening hours in English"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    address_ar = models.CharField(_("Postal address in Arabic"), max_length=200, blank=True)
    address_fr = models.CharField(_("Postal address in French"), max_length=200, blank=True)
    address_en = models.CharField(_("Postal address in English"), max_length=200, blank=True)
    emblem = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Emblem"),
        help_text=_("Empty by default: emblems of a state are protected."),
    )
    verification_host = models.CharField(
        _("Host of verification"), max_length=120, blank=True, help_text=_("Printed beside each QR code.")
    )
    source_code = models.URLField(_("Address of the source code"), blank=True)
    footer_links = StreamField([("link", FooterLinkBlock())], verbose_name=_("Links in the footer"), blank=True)

    panels = [
        MultiFieldPanel([_words("portal_name"), _words("tagline")], heading=_("Portal")),
        MultiFieldPanel([_words("state"), _words("authority"), _words("unit")], heading=_("Authority")),
        MultiFieldPanel(
            [FieldPanel("phone"), _words("hours"), FieldPanel("email"), _words("address")], heading=_("Contacts")
        ),
        FieldPanel("emblem"),
        FieldPanel("verification_host"),
        FieldPanel("source_code"),
        FieldPanel("footer_links"),
    ]

    class Meta:
        verbose_name = _("Site")

    def texts(self, name: str) -> dict[str, str]:
        return {language: getattr(self, f"{name}_{language}") for language in LANGUAGES}
