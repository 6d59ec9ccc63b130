from django.apps import AppConfig


class AbsencesConfig(AppConfig):
    name = "portal.absences"
    label = "portal_absences"
