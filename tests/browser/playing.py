"""People at screens of their own who play a file of the authority, from its opening to the proof that it was told."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from django.db import connections
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, expect

from procedures.api import Ago
from procedures.cases.models import Case
from procedures.definition import Sample
from procedures.documents.models import Document
from procedures.jobs.services import sweep
from procedures.registry import procedure
from procedures.serving.models import Notification
from procedures.testing import sample_answers, sample_stage_answers
from tests.browser.answering import Person, press
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.evidence.corpus import pdf

PICTURES = os.environ.get("TAKWIN_PICTURES", "")
SUBMIT = "main form button.btn-big"


def beside(make: Callable[[], Any]) -> Any:
    """What a worker does beside the pages: sealing runs a loop of its own, and the browser has one in this thread."""

    def made() -> Any:
        try:
            return make()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as worker:
        return worker.submit(made).result()


class Screen:
    """One person's browser; without scripts unless said, and `looked_into` by axe where it may pass the policy."""

    def __init__(
        self,
        chromium: Browser,
        server: str,
        person: Any,
        language: str,
        *,
        scripts: bool = False,
        looked_into: bool = False,
    ) -> None:
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": 1280, "height": 844},
            base_url=server,
            locale=language,
            java_script_enabled=scripts,
            bypass_csp=looked_into,
        )
        self.context.set_default_timeout(20_000)
        session = at_screen_of(person).cookies["session"].value
        self.context.add_cookies([{"name": "session", "value": session, "url": server}])
        self.page: Page = self.context.new_page()
        self.person, self.language, self.scripts = person, language, scripts

    def goes(self, name: str, *args: Any) -> Page:
        self.page.goto(self.address(name, *args))
        return self.page

    def address(self, name: str, *args: Any) -> str:
        with translation.override(self.language):
            return reverse(name, args=args)

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def presses(self) -> None:
        press(self.page.locator(SUBMIT).last)

    def answers(self, code: str, answers: dict[str, Any]) -> None:
        Person(self.page, procedure(code), self.language, answers).answer_page()

    def hands_in(self, paper: str, name: str) -> None:
        file: Any = {"name": name, "mimeType": "application/pdf", "buffer": pdf()}
        self.page.locator(f"input[name=paper-{paper}]").set_input_files(file)

    def shows(self, name: str) -> None:
        for width in (390, 1280) if PICTURES else ():
            self.page.set_viewport_size({"width": width, "height": 844})
            self.page.screenshot(path=f"{PICTURES}/{name}-{self.language}-{width}.png", full_page=True)


class Play:
    """Who opens and prepares, who signs, whom it concerns, who stands at the desk; and the steps files share."""

    def __init__(self, chromium: Browser, server: str, language: str, *, scripts: bool = False, **people: Any) -> None:
        self.at = {part: Screen(chromium, server, person, language, scripts=scripts) for part, person in people.items()}

    def close(self) -> None:
        for screen in self.at.values():
            screen.context.close()

    def opens(self, code: str, sample: str, target: dict[str, str]) -> Case:
        screen = self.at["opener"]
        found: Sample = next(each for each in procedure(code).samples if each.code == sample)
        assert all(isinstance(each, Ago | bool) for each in found.answers.values())
        answers = sample_answers(procedure(code), screen.language, sample=found)
        answers["target"] = target
        screen.goes("files:home")
        screen.shows("home")
        press(screen.page.locator(f"main a[href$='/office/files/{code}/']"))
        screen.answers(code, answers)
        screen.hands_in("proof", "constat.pdf")
        screen.shows(f"open-{code}")
        screen.presses()
        case = Case.objects.order_by("pk").last()
        assert case is not None, screen.reads()
        assert str(case.public_id) in screen.page.url, screen.reads()
        assert case.number in screen.reads()
        screen.shows(f"case-{code}")
        return case

    def prepares(self, case: Case, kind: str, reason: str = "") -> None:
        """The opener prepares it, and finds no way to sign it."""
        screen = self.at["opener"]
        screen.goes("backoffice:act", case.public_id, "prepare_decision")
        screen.page.locator(f"[name=kind][value={kind}]").check()
        if reason:
            screen.page.locator(f"[name=reasons][value={reason}]").check()
        case.refresh_from_db()
        stage = procedure(case.procedure).route[case.stage].name
        answers = sample_stage_answers(procedure(case.procedure), stage, screen.language)
        for block, given in answers.items():
            for name, text in given.items():
                screen.page.locator(f"[name={block}-{name}]").fill(text)
        screen.shows(f"prepare-{case.procedure}-{kind}")
        screen.presses()
        assert "prepare_decision" not in screen.page.url, screen.reads()
        screen.goes("backoffice:act", case.public_id, "sign")
        assert screen.page.locator(SUBMIT).count() == 0

    def signs(self, case: Case) -> list[str]:
        """Outputs of the documents that are sealed once a second person signed."""
        screen = self.at["signer"]
        screen.goes("backoffice:act", case.public_id, "sign")
        screen.shows(f"sign-{case.procedure}")
        screen.presses()
        assert "/sign/" not in screen.page.url, screen.reads()
        beside(sweep)
        case.refresh_from_db()
        found = case.documents.filter(state=Document.State.ISSUED).order_by("pk")
        return list(found.values_list("output", flat=True))

    def answers_in_writing(self, case: Case) -> None:
        """Those concerned say what they have to say, in their account."""
        screen = self.at["concerned"]
        screen.goes("desk:home")
        screen.shows("desk")
        press(screen.page.locator(f"main a[href*='/asked/{case.public_id}']"))
        self._replies(screen)
        screen.shows(f"hearing-{case.procedure}")
        screen.presses()
        screen.goes("desk:case", case.public_id)
        screen.shows(f"own-{case.procedure}")

    def answers_on_paper(self, case: Case) -> None:
        """The desk writes down what came in a letter from those who have no account."""
        screen = self.at["desk"]
        screen.goes("backoffice:act", case.public_id, "hear_on_paper")
        self._replies(screen)
        screen.shows(f"on-paper-{case.procedure}")
        screen.presses()
        assert "hear_on_paper" not in screen.page.url, screen.reads()

    def reads_in_account(self, case: Case, output: str) -> None:
        """Those concerned open the page of the case and the document; that is the proof that they were told."""
        screen = self.at["concerned"]
        screen.goes("desk:case", case.public_id)
        screen.shows(f"told-{case.procedure}")
        link = screen.page.locator(f"main a[href$='{case.documents.get(output=output).public_id}/']")
        assert link.is_visible()
        assert self.fetches(case, output).startswith(b"%PDF")
        proof = self.proof(case)
        assert (proof.way, proof.person) == (Notification.Way.ACCOUNT, screen.person)
        self.shows_proof(case)

    def hands_over(self, case: Case, output: str, on: date) -> None:
        """The desk notes the day on which the paper was collected; that is the proof that they were told."""
        assert not Notification.objects.filter(decision__case=case).exists()
        screen, document = self.at["desk"], case.documents.get(output=output)
        page = screen.goes("backoffice:document", document.public_id)
        press(page.locator(f"main a[href*='{document.public_id}/hand-over/']"))
        for name, value in (("way", "desk"), ("capacity", "organisation"), ("proof", "identity_card")):
            page.locator(f"[name={name}][value={value}]").check()
        for part in ("day", "month", "year"):
            page.locator(f"[name=on_{part}]").fill(str(getattr(on, part)))
        page.locator("[name=to_name]").fill("سنية بن علي")
        screen.shows(f"hand-over-{case.procedure}")
        screen.presses()
        assert "hand-over" not in page.url, screen.reads()
        proof = self.proof(case)
        assert (proof.way, proof.on) == (Notification.Way.PAPER, on)
        self.shows_proof(case)

    def shows_proof(self, case: Case) -> None:
        """Officers read on the case how and when it was told, with the number of the entry that proves it."""
        screen = self.at["opener"]
        screen.goes("backoffice:case", case.public_id)
        assert str(self.proof(case).entry) in screen.page.locator("section#notified").inner_text()
        screen.shows(f"proof-{case.procedure}")

    def proof(self, case: Case) -> Notification:
        return Notification.objects.filter(decision__case=case).latest("pk")

    def fetches(self, case: Case, output: str) -> bytes:
        screen = self.at["concerned"]
        address = screen.address("desk:document", case.documents.get(output=output).public_id)
        return screen.context.request.get(address).body()

    def visits(self, case: Case) -> None:
        """The opener plans the visit without notice, makes it, finds that the exits are shut, reports and closes it."""
        screen = self.at["opener"]
        page = screen.goes("backoffice:case", case.public_id)
        press(page.locator("a[href$='/plan/']").first)
        page.locator("[name=lead]").select_option(str(screen.person.pk))
        page.locator("[name=announced][value=no]").check()
        page.locator("[name=place_address]").fill("12 نهج قرطاج")
        screen.shows("visit-plan")
        screen.presses()
        press(page.locator("form[action$='/begin/'] button"))
        self._looks(screen)
        screen.shows("visit-site")
        page.locator("form#site button[type=submit]").click()
        if screen.scripts:
            expect(page.locator("[data-say=sent]")).to_be_visible(timeout=20_000)
        press(page.locator("main a[href$='/report/']"))
        page.locator("[name=wrong-exits-remedy]").fill("يُفتح مخرج النجدة. Ouvrir l'issue de secours.")
        screen.shows("visit-report")
        screen.presses()
        press(page.locator("form[action$='/close/'] button"))
        screen.shows("visit-closed")

    def _looks(self, screen: Screen) -> None:
        """Every line answered as it should be, but one."""
        for each in screen.page.locator("form#site [type=radio][value=yes]").all():
            each.check()
        screen.page.locator("[name='item-exits'][value=no]").check()
        for each in screen.page.locator("form#site input[inputmode=decimal]").all():
            each.fill("25")

    def _replies(self, screen: Screen) -> None:
        screen.page.locator("[name=reply-stand][value=in_part]").check()
        screen.page.locator("[name=reply-answer]").fill("تمّ إصلاح ما يلزم. Tout est réparé.")
        screen.hands_in("reply", "facture.pdf")
