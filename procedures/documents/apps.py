from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "procedures.documents"
    label = "documents"
