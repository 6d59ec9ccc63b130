"""Chance that is the same at each loading."""

from random import Random

SEED = 2026


def chance_of(*about: object) -> Random:
    """A source of chance of its own for each thing: what is added to the country changes nothing else in it."""
    return Random("-".join(map(str, (SEED, *about))))  # noqa: S311 - invents a country, guards nothing
