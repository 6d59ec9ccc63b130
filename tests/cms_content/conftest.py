"""The site as `load_site` made it in the template of the databases."""

from collections.abc import Iterator

import pytest

from cms_content import selectors


@pytest.fixture
def site(db: None) -> Iterator[None]:
    selectors.forget_site_facts()
    yield
    selectors.forget_site_facts()
