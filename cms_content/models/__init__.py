"""What editors keep: pages, words and values of procedures, and the facts of a site."""

from cms_content.models.overrides import Opening, Override, OverrideRevision, ProcedureValue, ProcedureWords
from cms_content.models.pages import HomePage, ServicePage, StandardPage
from cms_content.models.site import SiteSettings

__all__ = [
    "HomePage",
    "Opening",
    "Override",
    "OverrideRevision",
    "ProcedureValue",
    "ProcedureWords",
    "ServicePage",
    "SiteSettings",
    "StandardPage",
]
