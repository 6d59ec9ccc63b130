from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "portal.verification"
    label = "verification"

    def ready(self) -> None:
        from portal.verification.letterhead import from_site_settings
        from procedures.documents.letterhead import set_source

        set_source(from_site_settings)
