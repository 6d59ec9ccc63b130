"""What a certificate is worth is never two things at once; and a certificate is never changed."""

from typing import Any

from django.db import migrations

from registers.certificates import guards
from registers.history.exclusion import no_overlap


def install(apps: Any, editor: Any) -> None:
    model = apps.get_model("certificates", "Certificate")
    guards.install(editor, [field.column for field in model._meta.concrete_fields])


def remove(apps: Any, editor: Any) -> None:
    guards.remove(editor)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_certificates")]
    operations = [
        no_overlap("certificates", "CertificateStatus", "subject"),
        migrations.RunPython(install, remove),
    ]
