from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "procedures.evidence"
    label = "evidence"
