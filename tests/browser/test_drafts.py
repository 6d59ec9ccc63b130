"""Drafts in Chromium: saved as one types, kept while offline, gone on with by a link, announced before they end."""

import json
import re
import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.journey.servers import Portal
from tests.browser.answering import press
from tests.browser.conftest import Opener, log_in
from tests.browser.sweeping import faults

pytestmark = pytest.mark.browser

START = "/{}/services/foreign_certificate_equivalence/start/"
STREET, PHONE = "[name=contact-address]", "[name=contact-phone]"
SAVED = "output[name=saving]"
expect.set_options(timeout=20_000)


def started(page: Page, language: str) -> str:
    """The address of the first page of a new application."""
    page.goto(START.format(language))
    press(page.locator("form .btn-big").last)
    return page.url


def types(page: Page, field: str, text: str) -> None:
    page.locator(field).fill(text)
    page.locator(field).blur()


def alert(page: Page, kind: str) -> Any:
    return page.locator(f"[data-unsaved={kind}]")


def copies(page: Page) -> list[str]:
    return list(page.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('takwin'))"))


def expect_no_copies(page: Page) -> None:
    """What was sent is forgotten, as soon as the portal has answered."""
    for _time in range(100):
        if not copies(page):
            return
        page.wait_for_timeout(200)
    raise AssertionError(copies(page))


def another(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_each_answer_is_saved_as_it_is_typed_and_tabs_are_merged(language: str, visit: Opener) -> None:
    one = visit(language=language)
    address = started(one, language)
    types(one, STREET, "12 rue de Carthage")
    expect(one.locator(SAVED)).to_have_text(re.compile(r"\d\d:\d\d"))
    two = another(one.context, address)
    expect(two.locator(STREET)).to_have_value("12 rue de Carthage")
    types(one, STREET, "14 rue de Carthage")
    expect(one.locator(SAVED)).not_to_be_empty()
    types(two, PHONE, "98123456")
    expect(two.locator(STREET)).to_have_value("14 rue de Carthage")
    types(one, PHONE, "98654321")
    expect(alert(one, "stale")).to_be_visible()
    assert not faults(one, "a conflict between tabs")
    press(alert(one, "stale").locator("button"))
    assert {"98123456", "98654321"} <= set(one.locator("table bdi").all_inner_texts())
    press(one.locator("button[name=next]"))
    two.reload()
    expect(two.locator(PHONE)).to_have_value("98654321")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_is_typed_offline_is_kept_encrypted_and_merged_on_return(language: str, visit: Opener) -> None:
    page = visit(language=language)
    context, address = page.context, started(page, language)
    types(page, STREET, "12 rue de Carthage")
    expect(page.locator(SAVED)).not_to_be_empty()
    context.set_offline(True)
    types(page, STREET, "secret street")
    expect(alert(page, "offline")).to_be_visible()
    assert not faults(page, "saving fails")
    page.locator("button.btn-big[name=next]").click()  # nothing is lost by going on either
    expect(alert(page, "offline")).to_be_visible()
    assert page.url == address
    [copy] = copies(page)
    assert "secret" not in page.evaluate("copy => localStorage[copy]", copy)
    page.close(run_before_unload=False)
    context.set_offline(False)
    back = another(context, address)
    expect(back.locator(STREET)).to_have_value("secret street")
    expect_no_copies(back)
    expect(another(context, address).locator(STREET)).to_have_value("secret street")
    # another device changed another answer, and the same one, while this one was offline
    context.set_offline(True)
    types(back, STREET, "offline street")
    types(back, PHONE, "98123456")
    expect(alert(back, "offline")).to_be_visible()
    elsewhere = visit(language=language, state={"cookies": context.cookies(), "origins": []})
    elsewhere.goto(address)
    types(elsewhere, STREET, "street of the other device")
    expect(elsewhere.locator(SAVED)).not_to_be_empty()
    context.set_offline(False)
    expect(alert(back, "stale")).to_be_visible()
    press(alert(back, "stale").locator("button"))
    shown = set(back.locator("table bdi").all_inner_texts())
    assert {"offline street", "street of the other device"} <= shown


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_shared_device_keeps_nothing_and_a_logout_clears_it(language: str, visit: Opener) -> None:
    page = visit(language=language)
    context, address = page.context, started(page, language)
    context.set_offline(True)
    types(page, STREET, "12 rue de Carthage")
    expect(alert(page, "offline")).to_be_visible()
    assert len(copies(page)) == 1
    context.set_offline(False)
    page.goto(f"/{language}/accounts/login/?next={urlsplit(address).path}")
    log_in(page, "trainee")
    expect(page.locator(STREET)).to_have_value("12 rue de Carthage")
    context.set_offline(True)
    types(page, STREET, "14 rue de Carthage")
    expect(alert(page, "offline")).to_be_visible()
    assert len(copies(page)) == 1
    context.set_offline(False)
    page.goto(f"/{language}/accounts/logout/")
    press(page.locator("main form .btn-big, main form button").first)
    assert copies(page) == []
    address = started(page, language)
    press(page.locator("button[name=shared]"))
    context.set_offline(True)
    types(page, STREET, "12 rue de Carthage")
    expect(alert(page, "offline")).to_be_visible()
    assert copies(page) == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_draft_goes_by_link_to_another_device_and_is_announced_before_it_ends(
    language: str, visit: Opener, portal: Portal
) -> None:
    here = visit(scripts=False, language=language)
    address = started(here, language)
    stale = another(here.context, address)
    for page, street in ((here, "first street"), (stale, "second street")):
        page.locator(STREET).fill(street)
        press(page.locator("button[name=later]"))
    assert {"first street", "second street"} <= set(stale.locator("table bdi").all_inner_texts())
    mail = f"drafts-{language}-{time.time_ns()}@example.tn"
    asking = visit(language=language, state=here.context.storage_state())
    asking.goto(address.replace("/holder/", "/link/"))
    found = faults(asking, "asking for a link")
    asking.locator("input[name=email]").fill(mail)
    press(asking.locator("form:has(input[name=email]) .btn-big"))
    found += faults(asking, "a link is sent")
    there, link = visit(scripts=False, language=language), link_sent_to(mail, portal, asking)
    asking.goto(link)
    assert not found + faults(asking, "a link is opened")
    there.goto(link)
    press(there.locator("main form .btn-big"))
    assert there.url == address
    assert there.locator(STREET).input_value() == "first street"
    there.goto(f"/{language}/accounts/login/?next={urlsplit(address).path}")
    log_in(there, "trainee")
    assert there.locator(STREET).input_value() == "first street"
    assert here.goto(address).status == 404  # type: ignore[union-attr]  # claimed by the account
    ends(portal, address)
    there.goto(f"/{language}/desk/messages/")
    assert there.locator(f"a[href*='{draft_in(address)}']").count() == 1
    assert gone(portal, address) == {"draft": 0, "files": []}
    assert there.goto(address).status == 404  # type: ignore[union-attr]  # a page always answers


def draft_in(address: str) -> str:
    found = re.search(r"/drafts/([0-9a-f-]{36})/", address)
    assert found
    return found[1]


def link_sent_to(email: str, portal: Portal, page: Page) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        messages = page.request.get(f"{portal.url}/demo/sent.json").json()
        found = [re.search(r"\S+/drafts/continue/\S+", each["body"]) for each in messages if each["to"] == email]
        if found and found[0]:
            return found[0][0]
        page.wait_for_timeout(300)
    raise AssertionError("no link was sent")


ENDS = """
import json
from datetime import timedelta
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from portal.drafts.work import tell_all
from procedures.evidence.models import Upload
from procedures.wizard.models import Draft
from procedures.wizard.services import purge_drafts
draft, now = Draft.objects.filter(pk="{draft}"), timezone.now()
"""


def run(portal: Portal, draft: str, program: str) -> dict[str, Any]:
    said = portal.manage("shell", "-v", "0", "-c", ENDS.replace("{draft}", draft) + program)
    return dict(json.loads(said.splitlines()[-1]))


def ends(portal: Portal, address: str) -> None:
    """Give the draft a file, let it end in ten days, and do the work of the day."""
    program = """
path = storages["private"].save("papers/x.pdf", ContentFile(b"x"))
Upload.objects.create(draft=draft.get(), paper="identity", name="x.pdf", kind="application/pdf", size=1,
                      sha256="0" * 64, stored=path, state="clean")
draft.update(expires_at=now + timedelta(days=10))
print(json.dumps({"told": tell_all(now=now)}))
"""
    assert run(portal, draft_in(address), program)["told"] >= 1


def gone(portal: Portal, address: str) -> dict[str, Any]:
    """Ten days later: what is left of the draft and of its files."""
    program = """
paths = list(Upload.objects.filter(draft__in=draft).values_list("stored", flat=True))
purge_drafts(now=now + timedelta(days=11))
print(json.dumps({"draft": draft.count(), "files": [path for path in paths if storages["private"].exists(path)]}))
"""
    return run(portal, draft_in(address), program)
