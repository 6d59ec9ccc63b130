"""What a person may agree to, in their own account: each text by code and version; agreed words are never changed.

A new wording is a new version at the end of its list: whoever agreed to an older one is asked again, and until then
counts as not agreeing. `tests/procedures/consents` holds the digest of every version that was ever shown.
"""

from dataclasses import dataclass
from datetime import date

from procedures.definition import Text
from procedures.definition.texts import worded
from procedures.snapshot import digest


@dataclass(frozen=True)
class ConsentText:
    """`title` says what it is about, `words` what is agreed to; both in the three languages."""

    code: str
    version: int
    since: date
    title: dict[str, str]
    words: dict[str, str]

    @property
    def shown_title(self) -> Text:
        return worded(self.title)

    @property
    def shown(self) -> Text:
        return worded(self.words)

    @property
    def digest(self) -> str:
        return digest({"title": self.title, "words": self.words})


REUSE = "reuse"
TEXTS = (
    ConsentText(
        REUSE,
        1,
        date(2026, 11, 29),
        {
            "ar": "استعمال ما سبق أن قدّمته",
            "fr": "Réutiliser ce que j’ai déjà déposé",
            "en": "Use again what I filed before",
        },
        {
            "ar": "أوافق على أن تعرض عليّ البوّابة، عندما أحرّر مطلبا جديدا، أجوبتي ووثائقي من ملفاتي السابقة. "
            "لا يُستعمل شيء منها إلا إذا اخترته بنفسي، ويمكنني سحب موافقتي متى شئت.",
            "fr": "J’accepte que le portail me propose, quand je prépare une nouvelle demande, les réponses et les "
            "pièces de mes dossiers antérieurs. Rien n’en est repris sans que je le choisisse, et je peux retirer "
            "mon accord à tout moment.",
            "en": "I agree that the portal offers me the answers and papers of my earlier cases when I prepare a new "
            "application. Nothing of them is used unless I choose it, and I may withdraw my agreement at any time.",
        },
    ),
)


def in_force(code: str) -> ConsentText:
    """The latest version of a text; raises KeyError for a code that there is not."""
    found = [text for text in TEXTS if text.code == code]
    if not found:
        raise KeyError(code)
    return max(found, key=lambda text: text.version)


def version_of(code: str, version: int) -> ConsentText:
    """The words of one version, as they were agreed to."""
    return next(text for text in TEXTS if (text.code, text.version) == (code, version))


def codes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.code for text in TEXTS))
