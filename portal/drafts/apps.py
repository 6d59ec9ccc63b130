from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "portal.drafts"
    label = "draft_links"
