from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "procedures.audit"
    label = "audit"
