"""The names that editors set for the site, as the letterhead of documents."""

from cms_content.selectors import authority
from procedures.documents.letterhead import Letterhead


def from_site_settings() -> Letterhead:
    named = authority()
    return Letterhead(state=named["state"], authority=named["authority"])
