"""Sites of both kinds."""

from tests.procedures.practice.kinds import in_practice, keys_by_kind

__all__ = ["in_practice", "keys_by_kind"]
