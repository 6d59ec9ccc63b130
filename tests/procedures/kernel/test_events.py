"""Listeners: told one by one, isolated from each other, told again when they failed."""

import types

import pluggy
import pytest

from procedures import events, hookspecs
from procedures.jobs import services
from procedures.jobs.models import Job

pytestmark = pytest.mark.django_db
hookimpl = pluggy.HookimplMarker("takwin")


@pytest.fixture
def heard(monkeypatch):
    """Two listeners: one that notes, one that fails."""
    told: list[tuple[str, int]] = []
    manager = pluggy.PluginManager("takwin")
    manager.add_hookspecs(hookspecs)

    def listener(name, act):
        module = types.ModuleType(name)
        module.case_decided = hookimpl(act)
        manager.register(module, name=name)

    listener("deaf", lambda case_id: 1 // 0)
    listener("attentive", lambda case_id: told.append(("attentive", case_id)))
    monkeypatch.setattr(events, "plugin_manager", lambda: manager)
    return told


def test_a_listener_that_fails_is_tried_again_and_disturbs_nobody(heard):
    events.announce("case_decided", key="7", case_id=7, decision_id=8)
    events.announce("case_decided", key="7", case_id=7, decision_id=8)
    services.sweep()

    assert heard == [("attentive", 7)]
    deaf = Job.objects.get(kind="hook", payload__plugin="deaf")
    assert (deaf.state, deaf.tries) == (Job.State.NEW, 1)
    assert Job.objects.get(kind="hook", payload__plugin="attentive").state == Job.State.DONE


def test_a_listener_that_is_gone_is_recorded(heard):
    services.add(kind="hook", key="x", payload={"event": "case_decided", "plugin": "gone", "ids": {"case_id": 1}})
    services.sweep()
    assert "LookupError" in Job.objects.get(key="x").error
