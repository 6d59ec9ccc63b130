"""A practice key is never taken for a genuine one, nor the other way round: with real keys, in both directions."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import pem, x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core import checks

from procedures.documents import codes
from procedures.documents.cose import BadSeal, opened, sealed
from procedures.documents.key_making import make_keys
from procedures.documents.keys import NoKey, jwk_set, public_key_of, sealer_for
from procedures.documents.models import SealKey
from procedures.documents.sealing import current_chain
from procedures.practice.kinds import is_practice_code, is_practice_kid
from tests.procedures.documents.test_seal import CLAIMS

pytestmark = pytest.mark.django_db
Site = Callable[..., Any]


@pytest.fixture
def site(settings: Any, keys_by_kind: dict[bool, Path], tmp_path: Path) -> Site:
    """An installation of a kind, whose folder holds the keys of a kind."""

    def stands(*, practice: bool, keys: bool) -> Path:
        settings.TAKWIN_PRACTICE = practice
        settings.TAKWIN_KEYS = tmp_path / f"{practice}-{keys}"
        shutil.copytree(keys_by_kind[keys], settings.TAKWIN_KEYS, dirs_exist_ok=True)
        return Path(settings.TAKWIN_KEYS)

    return stands


def told() -> list[str]:
    return [each.msg for each in checks.run_checks(tags=[checks.Tags.security]) if (each.id or "").startswith("takwin")]


@pytest.mark.parametrize("kind", [True, False])
def test_each_kind_of_site_seals_with_its_own_keys(site: Site, kind: bool) -> None:
    make_keys(site(practice=kind, keys=kind))
    assert is_practice_kid(sealer_for("qr").kid) == is_practice_kid(sealer_for("status").kid) == kind
    assert current_chain().signer is not None
    assert told() == []


@pytest.mark.parametrize("kind", [True, False])
def test_neither_kind_of_site_seals_with_a_key_of_the_other(site: Site, kind: bool) -> None:
    site(practice=kind, keys=not kind)
    for purpose in ("qr", "status"):
        with pytest.raises(NoKey, match=f"{purpose}.pem is .*of a practice space"):
            sealer_for(purpose)
    with pytest.raises(NoKey, match=r"pdf.crt is .*of a practice space"):
        current_chain()


@pytest.mark.parametrize("kind", [True, False])
def test_a_check_names_each_key_of_the_other_kind(site: Site, kind: bool) -> None:
    site(practice=kind, keys=not kind)
    assert sorted(sentence.partition(" ")[0] for sentence in told()) == ["pdf.crt", "qr.pem", "status.pem"]


@pytest.mark.parametrize("kind", [True, False])
def test_a_key_of_the_other_kind_is_not_registered(site: Site, kind: bool) -> None:
    folder = site(practice=kind, keys=not kind)
    with pytest.raises(NoKey, match="of a practice space"):
        make_keys(folder)
    assert not SealKey.objects.exists()


def test_the_certificate_of_a_practice_seal_says_so(site: Site) -> None:
    folder = site(practice=True, keys=True)
    for name in ("pdf.crt", "pdf-root.crt", "tsa.crt"):
        certificate = x509.Certificate.load(pem.unarmor((folder / name).read_bytes())[2])
        assert "Takwin practice" in certificate.subject.human_friendly
        assert "Takwin practice" in certificate.issuer.human_friendly


def test_a_practice_seal_opens_with_no_keys_not_even_its_own(site: Site) -> None:
    make_keys(site(practice=True, keys=True))
    sealer, public_id = sealer_for("qr"), codes.new_id()
    key = load_pem_private_key((Path(site(practice=True, keys=True)) / "qr.pem").read_bytes(), None).public_key()
    with pytest.raises(BadSeal, match="practice"):
        opened(sealed(CLAIMS, public_id, sealer), public_id, {sealer.kid: key})  # type: ignore[dict-item]  # EC P-256


def test_published_keys_are_those_of_the_kind_and_practice_says_so(site: Site) -> None:
    make_keys(site(practice=True, keys=True))
    assert [key["takwin_practice"] for key in jwk_set()["keys"]] == [True, True]
    make_keys(site(practice=False, keys=False))  # the same database: a practice key that got in is not published
    published = jwk_set()["keys"]
    assert SealKey.objects.exclude(purpose="pdf").count() == 4
    assert len(published) == 2
    assert not any("takwin_practice" in key for key in published)
    assert public_key_of(SealKey.objects.get(kid=sealer_for("qr").kid.hex()))


def test_the_code_of_a_practice_document_says_so_and_a_genuine_one_never_does(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TAKWIN_PRACTICE = True
    found = codes.new_id()
    assert codes.is_well_formed(found)
    assert is_practice_code(found)
    settings.TAKWIN_PRACTICE = False
    drawn = iter("PRAC" + "0" * 11 + "1" * 15)
    monkeypatch.setattr("procedures.documents.codes.secrets.choice", lambda letters: next(drawn))
    assert codes.new_id().startswith("1" * 15)  # what was drawn first was thrown away
