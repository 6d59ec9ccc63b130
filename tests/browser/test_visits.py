"""A visit on site in Chromium: taken along, the network cut, answered, photographed, and received exactly once."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from procedures.audit.models import Entry
from procedures.visits.models import Photograph, Synchronisation, Visit
from tests.browser.sweeping import faults
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.evidence.corpus import photograph
from tests.procedures.visits.factories import PLACE, Inspectorate
from tests.visited.installed import visited_installed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ("ar", "fr")
KEPT = """async () => {
  const found = await indexedDB.databases(), cached = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      cached.push(await (await caches.match(request)).text());
  return { bases: found.length, marks: Object.keys(localStorage).length, cached: cached.join(" ") };
}"""
SEALED = """async (name) => {
  const base = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
  const all = await new Promise((done) => {
    base.transaction("kept").objectStore("kept").getAll().onsuccess = (event) => done(event.target.result);
  });
  base.close();
  return all.map((one) => one.data ? new TextDecoder().decode(one.data) : String(one.key.extractable)).join(" ");
}"""
expect.set_options(timeout=20_000)


@pytest.fixture(autouse=True, scope="module")
def _beside_the_loop_of_the_browser() -> Iterator[None]:
    """The driver of the browser runs a loop in the thread of the tests, which Django takes for a loop of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def house(transactional_db: None) -> Iterator[Inspectorate]:
    with visited_installed():
        yield Inspectorate()


class Phone:
    """A telephone on which somebody of the house has logged in, and the page of a visit."""

    def __init__(self, chromium: Browser, server: str, person: Any, language: str) -> None:
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": 390, "height": 844}, base_url=server, locale=language, bypass_csp=False
        )
        self.context.set_default_timeout(20_000)
        session = at_screen_of(person).cookies["session"].value
        self.context.add_cookies([{"name": "session", "value": session, "url": server}])
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda line: self.wrong.append(line.text) if "Content Security" in line.text else None)
        self.language = language

    def opens(self, visit: Visit) -> None:
        with translation.override(self.language):
            self.page.goto(reverse("visits:site", args=(visit.public_id,)))

    def takes_along(self) -> None:
        self.page.locator("button[data-take]").click()
        self.says("taken")

    def says(self, what: str) -> None:
        expect(self.page.locator(f"[data-say={what}]")).to_be_visible()

    def answers(self, **values: str) -> None:
        for name, value in values.items():
            field = self.page.locator(f"[name='{name.replace('__', '-')}']")
            if field.first.get_attribute("type") == "radio":
                self.page.locator(f"[name='{name.replace('__', '-')}'][value='{value}']").check()
            else:
                field.fill(value)

    def photographs(self, file: Path) -> None:
        self.page.locator("[name='photograph-front']").set_input_files(file)
        expect(self.page.locator("[data-kept=front] li")).to_have_count(1)


@pytest.fixture
def phone(chromium: Browser, live_server: Any, house: Inspectorate) -> Iterator[Any]:
    made: list[Phone] = []

    def pick_up(person: Any, language: str = "fr") -> Phone:
        made.append(Phone(chromium, live_server.url, person, language))
        return made[-1]

    yield pick_up
    for one in made:
        one.context.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "front.jpg"
    file.write_bytes(photograph((2400, 1800)))
    return file


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visit_is_made_without_a_network_and_received_once(
    language: str, house: Inspectorate, phone: Any, picture: Path
) -> None:
    visit = house.begun()
    inspector = phone(house.ines, language)
    page = inspector.page
    inspector.opens(visit)
    inspector.takes_along()
    inspector.context.set_offline(True)
    page.reload()
    expect(page.locator("h1").last).to_have_text(PLACE["place_name"])
    assert page.locator("#visit").get_attribute("data-shell") is None, "the page comes from the telephone"
    inspector.answers(item__exits="no", item__extinguishers="yes", item__corridor="1,8", note__exits="خزانة")
    inspector.photographs(picture)
    inspector.says("kept")
    page.wait_for_timeout(1_000)
    page.reload()
    inspector.says("kept")
    expect(page.locator("[name='item-corridor']")).to_have_value("1,8")
    sealed = page.evaluate(SEALED, f"takwin-visit-{visit.public_id}")
    assert "false" in sealed, "the key cannot be read out"
    for said in ("خزانة", "item-corridor", PLACE["place_address"], "owner-only-word"):
        assert said not in sealed
    assert not Synchronisation.objects.exists()
    inspector.context.set_offline(False)
    inspector.says("sent")
    kept = page.evaluate(KEPT)
    assert (kept["bases"], kept["marks"]) == (0, 0)
    for said in (PLACE["place_name"], "Ines", "owner-only-word", "Amel"):
        assert said not in kept["cached"]
    visit.refresh_from_db()
    assert (visit.answers["item-exits"], visit.answers["item-corridor"]) == ("no", "1,8")
    taken = Photograph.objects.select_related("upload").get()
    assert (Synchronisation.objects.count(), taken.item) == (1, "front")
    assert taken.upload.size < picture.stat().st_size / 2, "made smaller on the telephone"
    assert Entry.objects.filter(action="visit.synchronise").count() == 1
    assert inspector.wrong == []


def test_what_arrived_although_the_answer_got_lost_is_received_once(
    house: Inspectorate, phone: Any, picture: Path
) -> None:
    visit = house.begun()
    inspector = phone(house.ines)
    inspector.opens(visit)
    inspector.takes_along()
    inspector.context.set_offline(True)
    inspector.answers(item__exits="no")
    inspector.photographs(picture)
    inspector.says("kept")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.request.url)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    inspector.page.route(re.compile(r"/site/"), lose)
    inspector.context.set_offline(False)
    for _time in range(8):
        inspector.page.wait_for_timeout(1_000)
        expect(inspector.page.locator("[data-say=sending]")).to_be_hidden()
        if inspector.page.locator("[data-say=sent]").is_visible():
            break
        inspector.page.locator("#site button[type=submit]").click()
    inspector.says("sent")
    assert len(lost) == 2
    assert (Synchronisation.objects.count(), Photograph.objects.count()) == (1, 1)


def test_what_a_telephone_keeps_is_erased_after_48_hours(house: Inspectorate, phone: Any) -> None:
    visit = house.begun()
    inspector = phone(house.ines)
    inspector.opens(visit)
    inspector.takes_along()
    inspector.context.set_offline(True)
    inspector.answers(item__exits="no")
    inspector.says("kept")
    inspector.page.wait_for_timeout(1_000)
    inspector.page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=47))
    inspector.page.reload()
    inspector.says("kept")
    inspector.page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=48, minutes=1))
    inspector.page.reload()
    expect(inspector.page.locator("[data-none]")).to_be_visible()
    kept = inspector.page.evaluate(KEPT)
    assert (kept["bases"], kept["marks"]) == (0, 0)


def test_nothing_is_left_on_a_telephone_after_logging_out(house: Inspectorate, phone: Any) -> None:
    visit = house.begun()
    inspector = phone(house.ines)
    inspector.opens(visit)
    inspector.takes_along()
    inspector.page.locator("details.acct summary").first.click()
    inspector.page.locator("details.acct form button").first.click()
    inspector.page.wait_for_url(re.compile(r"/(fr|ar|en)/"))
    inspector.page.goto("/fr/")
    kept = inspector.page.evaluate(KEPT)
    assert (kept["bases"], kept["marks"], kept["cached"]) == (0, 0, "")


def test_two_telephones_that_differ_show_both_versions(house: Inspectorate, phone: Any) -> None:
    visit = house.begun(second=house.imed)
    one, two = phone(house.ines), phone(house.imed)
    for each in (one, two):
        each.opens(visit)
        each.takes_along()
    two.context.set_offline(True)
    two.answers(item__exits="yes")
    two.says("kept")
    one.answers(item__exits="no")
    one.page.locator("#site button[type=submit]").click()
    one.says("sent")
    two.context.set_offline(False)
    expect(two.page.locator("main")).to_contain_text("Ines")
    expect(two.page.locator("[name='keep-item-exits']")).to_have_count(2)
    assert faults(two.page, "two versions of an answer") == []
    two.page.locator("[name='keep-item-exits'][value=there]").check()
    two.page.locator("main .btn-big").click()
    two.says("sent")
    visit.refresh_from_db()
    assert visit.answers["item-exits"] == "no"
    assert two.page.evaluate(KEPT)["bases"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_a_visit_are_clean(
    language: str, chromium: Browser, live_server: Any, house: Inspectorate
) -> None:
    begun, planned = house.begun(), house.planned(announced=False)
    answered = house.answered(item__exits="no", finding__1__text="x")
    context = chromium.new_context(base_url=live_server.url, locale=language, bypass_csp=True)
    session = at_screen_of(house.ines).cookies["session"].value
    context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    page, found = context.new_page(), []
    with translation.override(language):
        looked = [reverse("visits:overview"), reverse("visits:plan", args=(house.at_visit().public_id,))]
        looked += [reverse(f"visits:{name}", args=(planned.public_id,)) for name in ("visit", "change", "call_off")]
        looked += [
            reverse("visits:site", args=(begun.public_id,)),
            reverse("visits:report", args=(answered.public_id,)),
        ]
    for address in looked:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        found += faults(page, address.split("/office/")[1][:60])
    context.close()
    assert found == []
