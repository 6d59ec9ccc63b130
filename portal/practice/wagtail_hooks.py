"""The editors' rooms of a practice space bear its band."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


def band_of_the_editors() -> SafeString | str:
    if not settings.TAKWIN_PRACTICE:
        return ""
    return format_html('<link rel="stylesheet" href="{}">', static("practice/editors.css"))


hooks.register("insert_global_admin_css", band_of_the_editors)
