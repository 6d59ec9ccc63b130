"""Seven faults, each planted in a copy of the tree: the part of `make test` that guards against it turns red."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.planted.planting import Fault, copied_tree, replace, suite, write

pytestmark = pytest.mark.planted

ENTRY = (
    '        append(action=f"case.{event}", subject=held.case, actor=by, data=told | held.capacity.told | held.told)\n'
)
LOCK = "Case.objects.select_for_update().get(pk=case.pk)"
CHECK = "        _check_signature(key, header[1], signed_bytes(protected, public_id, payload), signature)\n"

RECORDED = (
    "tests/portal/backoffice/test_everything_is_recorded.py"
    "::test_what_is_done_or_read_through_a_route_leaves_its_mark_once"
)


def an_untranslated_sentence(tree: Path) -> None:
    """Empty the first translation of a catalogue."""
    catalogue = tree / "procedures" / "wizard" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    lines = catalogue.read_text().splitlines()
    filled = next(
        at for at, line in enumerate(lines) if line.startswith('msgstr "') and line != 'msgstr ""'
    )  # fmt: skip
    lines[filled] = 'msgstr ""'
    catalogue.write_text("\n".join(lines) + "\n")


def a_second_plugin_that_is_named(tree: Path) -> None:
    write("plugins/neighbour/__init__.py", "procedure = None\n")(tree)
    replace(
        "plugins/foreign_certificate_equivalence/procedure.py",
        "\nfrom ",
        "\nfrom plugins.neighbour import procedure  # noqa: F401\nfrom ",
    )(tree)


FAULTS = (
    Fault(
        "skip the audit: a decision is sent back and nobody is told who did it",
        replace("procedures/cases/services/moving.py", ENTRY, f'        if event != "send_back":\n    {ENTRY}'),
        ("tests/procedures/kernel/test_every_act_is_recorded.py",),
    ),
    Fault(
        "skip the audit: an officer reads a paper and the applicant cannot see it",
        replace(
            "portal/backoffice/views/case.py",
            'record_reading(opened.case, by=request.user, action="paper.read", data={"upload": str(found.pk)})',
            "pass",
        ),
        (RECORDED,),
    ),
    Fault(
        "skip the lock: two officers decide one case",
        replace("procedures/cases/services/moving.py", LOCK, "Case.objects.get(pk=case.pk)"),
        ("tests/trust/test_two_officers.py",),
        database="postgresql",
    ),
    Fault(
        "open an upload: the paper of a draft is shown to whoever has its address",
        replace(
            "procedures/wizard/papers.py",
            "    own = own_draft(request, draft)\n    found",
            "    own = Draft.objects.get(pk=draft)\n    found",
        ),
        ("tests/trust/test_private_files.py::test_for_everybody_else_it_does_not_exist",),
    ),
    Fault(
        "open an upload: the paper of a case is shown to any account",
        replace(
            "portal/desk/views.py",
            "    own = own_case(request.user, case)\n    found = own.uploads",
            "    own = __import__('procedures.cases.models').cases.models.Case.objects.get(public_id=case)\n"
            "    found = own.uploads",
        ),
        ("tests/portal/desk/test_desk.py::test_a_paper_opens_for_whoever_filed_it_and_for_nobody_else",),
    ),
    Fault(
        "drop the seal check: whatever is shaped like a seal is called genuine",
        replace("procedures/documents/cose.py", CHECK, ""),
        ("tests/procedures/documents/test_seal.py::test_a_seal_of_another_document_is_refused",),
    ),
    Fault(
        "leave a msgid: a sentence without its translation",
        an_untranslated_sentence,
        ("tests/house/test_translations.py::test_every_string_is_translated_and_none_is_fuzzy",),
    ),
    Fault(
        "import another plugin",
        a_second_plugin_that_is_named,
        ("tests/house/test_arrows.py::test_a_plugin_imports_the_two_apis_django_and_its_own_files",),
    ),
    Fault(
        "an undeclared URL",
        replace("portal/desk/urls.py", 'path("", signed_in(reading(views.home)), ', 'path("", views.home, '),
        ("tests/house/test_addresses.py::test_every_address_declares_who_may_open_it",),
    ),
)


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Path]:
    """A fresh copy; the PostgreSQL server is the one that the other lanes use."""
    copy = copied_tree(tmp_path)
    server = ROOT / "var" / "test" / "postgresql"
    server.mkdir(parents=True, exist_ok=True)
    (copy / "var" / "test" / "postgresql").symlink_to(server)
    yield copy
    shutil.rmtree(copy)


@pytest.mark.parametrize("database", sorted({fault.database for fault in FAULTS}))
def test_without_a_fault_the_same_parts_are_green(tree: Path, database: str) -> None:
    parts = sorted({part for fault in FAULTS if fault.database == database for part in fault.red})
    done = suite(tree, *parts, database=database)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_turns_its_part_red(tree: Path, fault: Fault) -> None:
    fault.plant(tree)
    done = suite(tree, *fault.red, database=fault.database)
    told = done.stdout[-1500:] + done.stderr[-1000:]
    assert done.returncode == 1, told  # 1: tests ran and failed; anything else is a copy that does not run
    assert " failed" in done.stdout, told
    assert "error" not in done.stdout.splitlines()[-1], told
    print(f"{fault.name}: {done.stdout.splitlines()[-1]}")
