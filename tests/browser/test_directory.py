"""A doubt, by clicks and keys alone: reported without an account or scripts, and its answer is where it was told."""

import pytest

from tests.browser.answering import press
from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
WORDS = "Une affiche promet un diplôme d’ingénieur en six mois, rue de Marseille."


def test_a_doubt_is_reported_and_its_address_tells_what_becomes_of_it(visit: Opener) -> None:
    page = visit(scripts=False, language="fr", guarded=True)
    page.goto("/fr/structures/")
    press(page.locator(".dirl h3 a").first)
    press(page.locator("a[href$='/doubt/']").first)
    page.locator("main [name=kind]").first.check()
    page.locator("main [name=words]").fill(WORDS)
    press(page.locator("main form[method=post] .btn-big"))
    assert page.locator("h1").inner_text() == "Votre signalement est reçu"
    told = page.url
    page.goto("/fr/structures/")
    page.goto(told)
    assert page.locator("h1").inner_text() == "Votre signalement est reçu"
