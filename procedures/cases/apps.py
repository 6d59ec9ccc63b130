from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "procedures.cases"
    label = "cases"
