"""A practice space and a genuine portal never work on each other's database; each says how to mend it."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.practice.models import PracticeMark
from procedures.practice.services import Genuine, mark_database
from procedures.practice.starting import refuse_another_kind
from tests.procedures.documents.factories import filed_case, person

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db


def mark() -> None:
    PracticeMark.objects.create(made_at=timezone.now())


def told() -> list[str]:
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    return [each.msg for each in found if each.id == "takwin.E011"]


def test_a_genuine_portal_starts_on_its_own_database() -> None:
    refuse_another_kind()
    assert told() == []


def test_a_practice_space_starts_on_its_own_database(settings: Any) -> None:
    settings.TAKWIN_PRACTICE = True
    mark()
    refuse_another_kind()
    assert told() == []


def test_a_genuine_portal_refuses_a_practice_database(settings: Any) -> None:
    mark()
    with pytest.raises(ImproperlyConfigured, match=r"database of a practice space.*set TAKWIN_PRACTICE=1"):
        refuse_another_kind()
    assert len(told()) == 1


def test_a_practice_space_refuses_a_genuine_database(settings: Any) -> None:
    settings.TAKWIN_PRACTICE = True
    with pytest.raises(ImproperlyConfigured, match=r"no mark of a practice space.*prepare_practice"):
        refuse_another_kind()
    assert len(told()) == 1


@pytest.mark.parametrize("held", [filed_case, person])
def test_a_database_with_genuine_cases_or_accounts_never_becomes_practice(settings: Any, held: Any) -> None:
    settings.TAKWIN_PRACTICE = True
    held()
    with pytest.raises(Genuine, match="not practice"):
        mark_database()
    settings.TAKWIN_KEYS = "/nowhere"
    with pytest.raises(CommandError, match=r"Nothing was changed"):
        call_command("prepare_practice", "--again", stdout=StringIO())
    assert not PracticeMark.objects.exists()


def test_an_empty_database_is_marked_once_and_that_is_recorded(settings: Any) -> None:
    settings.TAKWIN_PRACTICE = True
    assert mark_database()
    assert not mark_database()
    assert Entry.objects.filter(action="practice.marked").count() == 1


def test_nothing_is_marked_nor_deleted_without_the_setting(settings: Any) -> None:
    with pytest.raises(Genuine, match="TAKWIN_PRACTICE=1"):
        mark_database()
    for arguments in ((), ("--again",)):
        with pytest.raises(CommandError, match="TAKWIN_PRACTICE=1"):
            call_command("prepare_practice", *arguments, stdout=StringIO())


def test_an_unmarked_database_is_never_emptied(settings: Any, tmp_path: Path) -> None:
    settings.TAKWIN_PRACTICE, settings.TAKWIN_KEYS = True, tmp_path
    with pytest.raises(CommandError, match="nothing was deleted"):
        call_command("prepare_practice", "--again", stdout=StringIO())


def test_a_practice_space_with_a_genuine_key_is_not_prepared(settings: Any, keys_by_kind: dict[bool, Path]) -> None:
    settings.TAKWIN_PRACTICE, settings.TAKWIN_KEYS = True, keys_by_kind[False]
    with pytest.raises(CommandError, match=r"qr.pem is not of a practice space"):
        call_command("prepare_practice", stdout=StringIO())


SAYING = (
    "import django; django.setup(); from django.conf import settings as s; from django.core.mail import get_connection;"
    "print(type(get_connection()).__module__, s.TAKWIN_DEMONSTRATION, s.TAKWIN_DEVELOPMENT_SEAL,"
    " s.TAKWIN_TIME_STAMP_URL == '', s.VAR.name)"
)


@pytest.mark.parametrize(
    ("practice", "said"), [("1", "dummy True True True practice"), ("", "smtp False False False var")]
)
def test_one_setting_gives_a_production_site_another_folder_and_lets_no_mail_out(practice: str, said: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TAKWIN_", "DJANGO_"))}
    told = subprocess.run(
        [sys.executable, "-c", SAYING, "make_keys"],
        cwd=ROOT,
        env=clean
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "TAKWIN_SECRET_KEY": "not-a-secret-of-any-site-" * 3,
            "TAKWIN_HOSTS": "practice.example.tn",
            "TAKWIN_PUBLIC_URL": "https://practice.example.tn",
            "TAKWIN_TIME_STAMP_URL": "https://time.example.tn",
            "TAKWIN_SMTP_HOST": "mail.example.tn",
            "TAKWIN_PEOPLE_KEYS": str(site.TAKWIN_PEOPLE_KEYS),
            "TAKWIN_PRACTICE": practice,
        },
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == f"django.core.mail.backends.{said}"
