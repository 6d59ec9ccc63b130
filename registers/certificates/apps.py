from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "registers.certificates"
    label = "certificates"
