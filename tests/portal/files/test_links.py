"""From the page of a structure, a document or a proposed pair, those who may open a file reach its page filled in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from procedures.audit.models import Entry
from procedures.offices.models import Role
from procedures.resolving import resolve
from registers.people.services import merge
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.documents.factories import issued_decision, keys_in
from tests.procedures.files.factories import Directorate, opened, prepares, the_equivalence_service
from tests.procedures.installed import installed
from tests.procedures.kernel.factories import staff_of, the_central_service
from tests.registers.people.test_duplicates import a_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Directorate:
    settings.TAKWIN_KEYS, settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "keys", tmp_path / "private"
    keys_in(settings.TAKWIN_KEYS)
    return Directorate()


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def opens(code: str, about: Any) -> str:
    return f"{reverse('files:open', args=(code,))}?about={about}"


def test_an_inspector_reaches_the_files_about_a_structure_from_its_page_and_others_see_no_link(
    place: Directorate,
) -> None:
    number = place.structure.number
    page, home = reverse("directory:structure", args=(number,)), f"{reverse('files:home')}?about={number}"
    officer, _delegate = the_equivalence_service()
    for screen in (Client(), at_screen_of(place.owner), at_screen_of(place.desk), at_screen_of(officer)):
        assert home not in screen.get(page).content.decode()
    screen = at_screen_of(place.inspector)
    assert home in screen.get(page).content.decode()
    shown = screen.get(home).content.decode()
    assert opens("formal_notice", number) in shown
    assert opens("forced_closure", number) in shown


def test_a_central_officer_reaches_the_revocation_of_a_document_from_its_page(place: Directorate) -> None:
    officer, delegate = the_equivalence_service()
    document = issued_decision()
    page = reverse("backoffice:document", args=(document.public_id,))
    link = opens("certificate_revocation", document.public_id)
    assert link in at_screen_of(officer).get(page).content.decode()
    assert link not in at_screen_of(delegate).get(page).content.decode()
    assert f'value="{document.public_id}"' in at_screen_of(officer).get(link).content.decode()
    home = at_screen_of(officer).get(reverse("files:home"), {"about": document.public_id})
    assert [each.code for each in home.context["procedures"]] == ["certificate_revocation"]


def test_a_document_that_is_revoked_offers_no_file_to_revoke_it(place: Directorate) -> None:
    officer, _delegate = the_equivalence_service()
    document = issued_decision()
    document.periods.create(status="revoked", since=document.prepared_at, reason="error")
    page = at_screen_of(officer).get(reverse("backoffice:document", args=(document.public_id,)))
    assert reverse("files:open", args=("certificate_revocation",)) not in page.content.decode()


def test_a_central_officer_compares_a_proposed_pair_on_record_and_opens_a_file_about_it(place: Directorate) -> None:
    officer, delegate = the_equivalence_service()
    pair = a_proposal(cards=False)
    screen = at_screen_of(officer)
    assert reverse("files:pairs") in screen.get(reverse("files:home")).content.decode()
    assert reverse("files:pair", args=(pair.pk,)) in screen.get(reverse("files:pairs")).content.decode()
    shown = screen.get(reverse("files:pair", args=(pair.pk,))).content.decode()
    assert "98 % alike" in shown
    assert opens("register_merge", pair.pk) in shown
    (entry,) = Entry.objects.filter(action="people.proposal_read")
    assert (entry.actor, entry.subject_id) == (officer.pk, str(pair.pk))
    assert f'value="{pair.pk}"' in screen.get(opens("register_merge", pair.pk)).content.decode()
    editor = staff_of(the_central_service(), Role.EDITOR, "Emna")
    for other in (delegate, place.inspector, editor, place.owner):
        for name, *args in (("files:pairs",), ("files:pair", pair.pk)):
            assert at_screen_of(other).get(reverse(name, args=args)).status_code == 404, (other, name)


def test_pairs_are_compared_by_nobody_while_no_file_can_be_opened_about_them(place: Directorate) -> None:
    screen, pair = at_screen_of(the_equivalence_service()[0]), a_proposal(cards=False)
    with installed(replace(resolve("register_merge"), open=False)):
        for name, *args in (("files:pairs",), ("files:pair", pair.pk)):
            assert screen.get(reverse(name, args=args)).status_code == 404, name
    assert not Entry.objects.filter(action="people.proposal_read").exists()


def test_what_a_link_names_and_nothing_knows_offers_no_file(place: Directorate) -> None:
    shown = at_screen_of(place.inspector).get(reverse("files:home"), {"about": "82-99999-9<b>"})
    assert list(shown.context["procedures"]) == []


@pytest.mark.parametrize(
    ("sample", "paper"),
    [("one_person", "Decision to merge two entries"), ("told_apart", "Decision to tell two entries apart")],
)
def test_who_signs_reads_the_paper_that_will_be_sealed_and_no_other(
    place: Directorate, sample: str, paper: str
) -> None:
    officer, delegate = the_equivalence_service()
    pair = a_proposal(cards=False)
    if sample == "told_apart":
        merge(proposal=pair, by=officer, reason="x")
    case = opened("register_merge", officer, {"target": {"pair": str(pair.pk)}}, sample=sample)
    prepares(case, officer, "register")
    shown = at_screen_of(delegate).get(reverse("backoffice:act", args=(case.public_id, "sign"))).content.decode()
    papers = ("Decision to merge two entries", "Decision to tell two entries apart")
    assert [title for title in papers if title in shown] == [paper]
    assert "Decide as the file says" in shown
