"""Why a rule held or failed: one object for the pre-check, the wizard, the officer, the letter and the interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from procedures.definition import Weight


@dataclass(frozen=True)
class Explanation:
    """What a rule said of a filing, or of one row of it; everything in it is JSON-native.

    `outcome` is held, failed, not_asked (a need is hidden), unknown (a source is down: never held against the
    applicant) or empty (a need was left blank). `says` and `title` are {"ar", "fr", "en"}, the values filled in.
    `values` are the arguments by name, `parameters` and `facts` what the engine brought, with their day and time.
    """

    rule: str
    outcome: str
    weight: str
    says: Mapping[str, str]
    title: Mapping[str, str]
    row: str = ""
    needs: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    basis: Mapping[str, Any] | None = None
    instead: str = ""
    eligibility: bool = False

    @property
    def failed(self) -> bool:
        return self.outcome == "failed"

    @property
    def blocks(self) -> bool:
        """Whether it stops the filing."""
        return self.failed and self.weight == Weight.BLOCKS

    @property
    def flags(self) -> bool:
        """Whether it sends the case to a person: a failed rule that flags, or a source that was down."""
        return (self.failed and self.weight == Weight.FLAGS) or self.outcome == "unknown"

    def sentence(self, language: str) -> str:
        """What the applicant reads when it fails."""
        return self.says.get(language) or self.says["en"]

    def claim(self, language: str) -> str:
        """What the rule demands, in a few words; the sentence where it has no title."""
        return self.title.get(language) or self.sentence(language)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"needs": list(self.needs)}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Explanation:
        return cls(**{**content, "needs": tuple(content.get("needs", ()))})
