"""The site as `load_site` makes it."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from cms_content import selectors


@pytest.fixture
def site(db: None) -> Iterator[None]:
    selectors.forget_site_facts()
    call_command("load_site", verbosity=0)
    yield
    selectors.forget_site_facts()
