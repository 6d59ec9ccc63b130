"""What an editor changes in one place is on the page, in the wizard and in the sealed PDF."""

import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from procedures.documents.models import Document
from procedures.jobs.services import sweep
from tests.cms_content.factories import ADDRESS, CODE, set_value, write_words
from tests.procedures.kernel.factories import House

pytestmark = pytest.mark.django_db(transaction=True)
HELP = "كما هو مكتوب على بطاقة تعريفك"


@pytest.fixture
def site() -> None:
    call_command("load_site", verbosity=0)


@pytest.mark.usefixtures("site")
def test_a_changed_fee_delay_and_help_text_reach_page_wizard_and_pdf(
    client: Client, settings: object, tmp_path: Path
) -> None:
    call_command("make_keys", verbosity=0)
    set_value("fee", 7500)
    set_value("deadline", 30)
    write_words("field.identity.first_name_ar.help", ar=HELP)

    page = client.get(f"/ar/{ADDRESS}/").content.decode()
    assert "7,500" in page
    assert "30" in page

    started = client.get(f"/ar/services/{CODE}/start/").content.decode()
    assert "7,500" in started
    assert "30 يوم عمل" in started
    first = client.post(f"/ar/services/{CODE}/start/", follow=True).content.decode()
    assert HELP in first

    case = House().files()
    while sweep():
        pass
    call_command("work", once=True, verbosity=0)
    receipt = Document.objects.get(case=case, output="receipt")
    assert receipt.content["promise"]["after"]["fr"].startswith("30 ")
    file = Path(settings.TAKWIN_PRIVATE_STORAGE) / receipt.stored
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert "7,500 dinars" in text.replace("\u00a0", " ")
    assert "30 jours" in text.replace("\u00a0", " ")
