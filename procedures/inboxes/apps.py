from django.apps import AppConfig


class InboxesConfig(AppConfig):
    name = "procedures.inboxes"
    label = "inboxes"

    def ready(self) -> None:
        """From here on a case that is saved is written in its lists within the same transaction."""
        from django.db.models.signals import post_save

        from procedures.cases.models import Case
        from procedures.inboxes.keeping import case_was_saved

        post_save.connect(case_was_saved, sender=Case, dispatch_uid="inboxes.lines")
