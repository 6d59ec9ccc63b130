from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    name = "procedures.commissions"
    label = "commissions"
