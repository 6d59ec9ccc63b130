"""The ornament of documents: each drawing is read and written once for a worker, and placed in a document as a form."""

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import pydyf
from weasyprint.images import SVGImage

from procedures.documents.rendering.fetching import LockedFetcher, assets

Measures = tuple[float, float]


@dataclass(frozen=True)
class Kept:
    """What drawing an ornament writes, compressed, and the states of the pen that it names."""

    operators: bytes
    states: dict[str, dict[str, Any]]


class Ornament(SVGImage):
    """A drawing without words whose operators are kept for each size that it was asked in."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._kept: dict[Measures, Kept | None] = {}

    def draw(self, stream: Any, concrete_width: float, concrete_height: float, style: Any) -> None:
        size = (concrete_width, concrete_height)
        if size not in self._kept:
            self._kept[size] = self._recorded(stream, size, style)
        kept = self._kept[size]
        if kept is None:
            super().draw(stream, concrete_width, concrete_height, style)
        else:
            _place(stream, size, kept)

    def _recorded(self, stream: Any, size: Measures, style: Any) -> Kept | None:
        """None where it needs forms, shades or pictures of its own: it is then drawn anew each time."""
        scratch = stream.add_group(0, 0, *size)
        del stream._resources["XObject"][scratch.id]
        super().draw(scratch, *size, style)
        needs = scratch._resources
        states = {name: dict(state) for name, state in needs["ExtGState"].items()}
        if needs["XObject"] or needs["Pattern"] or needs["Shading"] or any("SMask" in each for each in states.values()):
            return None
        return Kept(zlib.compress(b"\n".join(pydyf._to_bytes(line) for line in scratch.stream), 9), states)


def _place(stream: Any, size: Measures, kept: Kept) -> None:
    states = pydyf.Dictionary({name: pydyf.Dictionary(state) for name, state in kept.states.items()})
    extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array([0, 0, *size]),
        "Resources": pydyf.Dictionary({"ExtGState": states, "Font": None}),
        "Filter": "/FlateDecode",
    }
    name = f"ornament{len(stream._resources['XObject'])}"
    stream._resources["XObject"][name] = pydyf.Stream([kept.operators], extra)
    stream.draw_x_object(name)


@lru_cache(maxsize=1)
def art() -> dict[str, Ornament]:
    """Every drawing by the address under which a document asks for it."""
    drawings = {f"portal:{name}": path for name, path in assets().items() if path.suffix == ".svg"}
    return {
        address: Ornament(ElementTree.parse(path).getroot(), address, LockedFetcher(), None)  # noqa: S314  # our own file
        for address, path in drawings.items()
    }
