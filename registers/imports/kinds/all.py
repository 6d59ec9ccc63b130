"""Every kind of table, in the order in which a structure fills the portal."""

from collections.abc import Mapping

from registers.imports.kinds.base import Kind
from registers.imports.kinds.structures import Structures

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (Structures(),)}
