"""A real site seals with keys and a clock that somebody vouches for, and nobody else reads its keys."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import checks
from django.utils import timezone

from procedures.documents.key_making import make_keys
from procedures.documents.key_rotation import rotate
from procedures.documents.key_safety import keys_are_safe
from procedures.documents.keys import NoKey
from procedures.documents.models import SealKey
from procedures.documents.sealing import current_chain


def told() -> list[str]:
    return [each.msg for each in checks.run_checks(tags=[checks.Tags.security]) if (each.id or "").startswith("takwin")]


@pytest.fixture
def real_site(settings: Any) -> Any:
    settings.TAKWIN_DEVELOPMENT_SEAL = False
    settings.TAKWIN_TIME_STAMP_URL = "https://time.example.tn"
    return settings


def test_the_demonstration_may_seal_with_its_own_keys() -> None:
    assert told() == []


def test_a_real_site_with_development_keys_is_refused_at_its_start_and_at_the_seal(real_site: Any) -> None:
    assert ["development certificate" in sentence for sentence in told()] == [True]
    with pytest.raises(NoKey, match="development certificate"):
        current_chain()


def test_a_real_site_without_a_time_stamping_service_is_refused(real_site: Any, tmp_path: Path) -> None:
    real_site.TAKWIN_TIME_STAMP_URL, real_site.TAKWIN_KEYS = "", tmp_path
    tmp_path.chmod(0o700)
    assert ["TAKWIN_TIME_STAMP_URL" in sentence for sentence in told()] == [True]
    with pytest.raises(NoKey, match="TAKWIN_TIME_STAMP_URL"):
        current_chain()


def test_a_real_site_makes_no_development_certificate(real_site: Any, tmp_path: Path) -> None:
    real_site.TAKWIN_KEYS = tmp_path / "keys"
    assert make_keys(real_site.TAKWIN_KEYS) == ["qr.pem", "status.pem"]
    assert told() == []


def test_keys_that_others_can_read_are_refused(settings: Any, tmp_path: Path) -> None:
    settings.TAKWIN_KEYS = tmp_path / "keys"
    make_keys(settings.TAKWIN_KEYS)
    assert list(keys_are_safe()) == []
    (settings.TAKWIN_KEYS / "pdf.pem").chmod(0o640)
    assert ["pdf.pem" in sentence for sentence in told()] == [True]
    settings.TAKWIN_KEYS.chmod(0o755)
    assert len(told()) == 2


def test_a_key_that_waits_for_its_turn_is_looked_at_too(settings: Any, tmp_path: Path) -> None:
    settings.TAKWIN_KEYS = tmp_path / "keys"
    make_keys(settings.TAKWIN_KEYS)
    rotate("qr")
    (settings.TAKWIN_KEYS / "next" / "qr.pem").chmod(0o644)
    assert ["qr.pem" in sentence for sentence in told()] == [True]


def test_a_file_beside_a_label_is_named(settings: Any, tmp_path: Path) -> None:
    settings.TAKWIN_KEYS = tmp_path / "keys"
    make_keys(settings.TAKWIN_KEYS)
    (settings.TAKWIN_KEYS / "qr.label").write_text("in a module")
    assert told() == ["qr.pem seals nothing beside a label. Delete it."]


def test_a_key_that_ends_soon_or_is_taken_by_nobody_is_told_with_the_database(settings: Any, tmp_path: Path) -> None:
    def warned() -> list[tuple[str, str]]:
        found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
        return [(each.id or "", each.msg.split()[1]) for each in found if (each.id or "").startswith("takwin")]

    settings.TAKWIN_KEYS = tmp_path / "keys"
    make_keys(settings.TAKWIN_KEYS)
    assert warned() == []
    SealKey.objects.filter(purpose="qr").update(not_after=timezone.now() + timedelta(days=29))
    SealKey.objects.filter(purpose="status").update(revoked_at=timezone.now())
    SealKey.objects.filter(purpose="pdf").delete()
    assert sorted(warned()) == [("takwin.W001", "pdf"), ("takwin.W001", "status"), ("takwin.W002", "qr")]


def test_the_public_half_of_a_key_may_be_read_by_all(tmp_path: Path, settings: Any) -> None:
    settings.TAKWIN_KEYS = tmp_path
    tmp_path.chmod(0o700)
    (tmp_path / "audit-1.pub.pem").write_text("public")
    (tmp_path / "audit-1.pub.pem").chmod(0o644)
    assert [each.id for each in keys_are_safe() if each.id == "takwin.E004"] == []
