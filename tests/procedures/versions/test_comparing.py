"""Two definitions side by side, and the released form from which a version never departs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from procedures import released
from procedures.checks.released import faults
from procedures.comparing import differences
from procedures.released import content_of, release
from procedures.resolving import resolve
from tests.procedures.versions.two_versions import FIRST, SECOND
from tests.workbench.questions import say


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(released, "folder_of", lambda code: tmp_path / "released")
    return tmp_path / "released"


def test_what_came_went_and_changed_is_told_with_its_place() -> None:
    found = {(each.part, each.path): each for each in differences(content_of(FIRST), content_of(SECOND))}
    assert set(found) == {
        ("fields", "ask.hours"), ("papers", "permit"), ("rules", "is_long_enough"), ("route", "visit"), ("fee", "fee"),
    }  # fmt: skip
    assert [found[key].what for key in sorted(found)] == ["changed", "changed", "added", "added", "added"]
    assert found["fields", "ask.hours"].before == {"most": 200}
    assert found["fields", "ask.hours"].after == {"most": 100}
    assert found["papers", "permit"].title["fr"] == "Permis"
    back = differences(content_of(SECOND), content_of(FIRST))
    assert {each.path for each in back if each.what == "removed"} == {"permit", "is_long_enough", "visit"}


def test_words_alone_are_told_from_a_changed_meaning() -> None:
    renamed = replace(FIRST, title=say("إعارة", "Prêt", "Loan"))
    (found,) = differences(content_of(FIRST), content_of(renamed))
    assert (found.part, found.keys, found.words_only) == ("procedure", ("title",), True)
    assert not differences(content_of(FIRST), content_of(SECOND))[0].words_only


def test_another_order_is_a_difference() -> None:
    turned = replace(FIRST, route=(FIRST.route[1], FIRST.route[0], FIRST.route[2]))
    (found,) = differences(content_of(FIRST), content_of(turned))
    assert (found.part, found.keys) == ("route", ("order",))


def test_a_snapshot_that_says_more_than_an_older_one_is_no_other_procedure() -> None:
    older = content_of(FIRST)
    for stage in older["route"]:
        del stage["optional"]
    assert differences(older, content_of(FIRST)) == ()


def test_a_released_version_departs_from_its_form_only_under_a_new_number(folder: Path) -> None:
    path = release(FIRST)
    assert json.loads(path.read_text("utf-8"))["procedure"]["version"] == "1.0"
    assert not list(faults(FIRST))
    release(FIRST)  # the same again is no departure
    changed = replace(SECOND, version="1.0")
    (fault,) = faults(changed)
    assert "Raise the major number" in fault.sentence
    assert "fields.ask.hours" in fault.sentence
    with pytest.raises(released.ReleasedOtherwise):
        release(changed)
    assert not list(faults(SECOND))
    release(SECOND)
    assert released.versions_of(FIRST.code) == ["1.0", "2.0"]


def test_words_that_changed_raise_the_minor_number(folder: Path) -> None:
    release(FIRST)
    (fault,) = faults(replace(FIRST, title=say("إعارة", "Prêt", "Loan")))
    assert "Raise the minor number" in fault.sentence


def test_versions_are_put_in_the_order_of_their_numbers(folder: Path) -> None:
    for version in ("1.10", "1.9", "1.2"):
        release(replace(FIRST, version=version))
    assert released.versions_of(FIRST.code) == ["1.2", "1.9", "1.10"]


@pytest.mark.django_db
def test_the_commands_release_and_compare(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = "foreign_certificate_equivalence"
    with pytest.raises(CommandError, match="none before this one"):
        call_command("procedure", "compare", code)
    call_command("procedure", "release", code)
    assert (folder / "1.0.json").exists()
    older = content_of(resolve(code))
    older["procedure"]["version"] = "0.9"
    older["papers"] = older["papers"][1:]
    (folder / "0.9.json").write_text(json.dumps(older), "utf-8")
    call_command("procedure", "compare", code)
    told = capsys.readouterr().out
    assert "added    papers identity" in told
    assert "0.9 -> 1.0: 1 difference(s)." in told
    with pytest.raises(CommandError, match="No procedure has the code"):
        call_command("procedure", "release", "nothing")
