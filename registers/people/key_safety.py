"""A site does not start with keys of people's identifiers that are not whole, or that others can read."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from registers.people.vault import NoKey, read_pairs

OTHERS = 0o077


@checks.register(checks.Tags.security)
def people_keys_are_safe(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    """One error for each fault; a file that is not there yet has none here: production refuses to start without it."""
    path = Path(settings.TAKWIN_PEOPLE_KEYS)
    if not path.exists():
        return
    try:
        read_pairs(path)
    except NoKey as wrong:
        yield checks.Error(f"TAKWIN_PEOPLE_KEYS: {wrong}", id="takwin.E005")
    if path.stat().st_mode & OTHERS:
        yield checks.Error(f"TAKWIN_PEOPLE_KEYS: others can read {path}. Run chmod 600 on it.", id="takwin.E006")
