from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsContentConfig(AppConfig):
    name = "cms_content"
    label = "cms_content"
    verbose_name = _("Content")

    def ready(self) -> None:
        from cms_content import signals  # noqa: F401  (connects the receivers)
