"""Two things WeasyPrint 70 leaves out of the tag tree: the language of a part and the scope of a header cell."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

_original = tags._build_box_tree  # private: the version is pinned and a test looks at what comes out


def _build_box_tree(box: Any, *arguments: Any) -> Iterator[Any]:
    for element in _original(box, *arguments):
        source = getattr(box, "element", None)
        if source is not None and (language := source.get("lang")) and element["S"] != "/Document":
            element["Lang"] = pydyf.String(language)
        if source is not None and element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if source.get("scope", "row") == "row" else "/Column"
        yield element


def install() -> None:
    """Wrap WeasyPrint's builder once; it calls itself by name, so that every level passes here."""
    tags._build_box_tree = _build_box_tree
