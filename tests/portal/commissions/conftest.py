"""The commission of the engine's tests, with a room of pages."""

from tests.procedures.commissions.conftest import room

__all__ = ["room"]
