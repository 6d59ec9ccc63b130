from django.apps import AppConfig


class InboxesConfig(AppConfig):
    name = "portal.inboxes"
    label = "portal_inboxes"
