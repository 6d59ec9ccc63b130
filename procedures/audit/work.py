"""Work of the audit chain: its head is signed every day."""

from procedures.audit import keys, services
from procedures.jobs.registry import handles


@handles("audit.seal", daily=True)
def seal(**_: object) -> None:
    """Sign the head where the site has a key; `manage.py audit seal` says what is missing where it has none."""
    try:
        services.sign_head()
    except keys.NoKey:
        return
