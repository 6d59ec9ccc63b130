"""Which of the eight masks gives a QR code its calmest picture: the rule of ISO 18004, counted on whole rows at once.

The library tries each mask module by module, which is a tenth of the cost of a document. A row is a number here whose
bits are its modules, the leftmost highest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import qrcode
from qrcode import main as library
from qrcode.util import mask_func

Rows = tuple[int, ...]
MASKS = range(8)


@dataclass(frozen=True)
class Plan:
    """A version of the code without its data: where data lies, what each mask turns there, and what is fixed."""

    free: Rows
    turned: tuple[Rows, ...]
    fixed: tuple[Rows, ...]


def calmest(code: qrcode.QRCode) -> list[list[bool]]:
    """The modules of a code whose data are known, under the mask that scores least."""
    code.makeImpl(False, 0)
    plan, size = _plan(code.version, code.error_correction), code.modules_count
    data = [
        (row & free) ^ turned for row, free, turned in zip(rows(code.modules), plan.free, plan.turned[0], strict=True)
    ]
    tried = [
        tuple(
            fixed | (bits ^ turned)
            for fixed, bits, turned in zip(plan.fixed[mask], data, plan.turned[mask], strict=True)
        )
        for mask in MASKS
    ]
    best = min(tried, key=lambda symbol: score(symbol, size))
    return [[bool(row >> place & 1) for place in reversed(range(size))] for row in best]


def rows(modules: Sequence[Sequence[bool | None]]) -> Rows:
    return tuple(int("".join("1" if module else "0" for module in row), 2) for row in modules)


def score(symbol: Rows, size: int) -> int:
    """The penalty: long runs, squares, what looks like a finder, and more dark than light or less."""
    columns = _columns(symbol, size)
    lines = (*symbol, *columns)
    total = sum(_runs(line, size) + 40 * _finders(line, size) for line in lines)
    total += 3 * sum(_squares(upper, lower, size) for upper, lower in pairwise(symbol))
    dark = 100 * sum(row.bit_count() for row in symbol) / size**2
    return total + 10 * int(abs(dark - 50) / 5)


def _runs(line: int, size: int) -> int:
    """3 for five modules alike, and 1 for each more."""
    alike = ~(line ^ (line >> 1)) & ((1 << (size - 1)) - 1)
    four = alike & alike >> 1 & alike >> 2 & alike >> 3
    return four.bit_count() + 2 * (four & ~(four << 1)).bit_count()


def _squares(upper: int, lower: int, size: int) -> int:
    """Two by two modules alike."""
    differs = (upper ^ lower) | (upper ^ lower) >> 1 | (upper ^ (upper >> 1))
    return (~differs & ((1 << (size - 1)) - 1)).bit_count()


def _finders(line: int, size: int) -> int:
    """How often a row has, in either order, what a finder has in its middle: at every place at once."""
    light = ~line
    middle = line >> 4 & light >> 5 & line >> 6 & (1 << (size - 10)) - 1  # the same to both
    if not middle:
        return 0
    before = middle & line & light >> 1 & line >> 2 & line >> 3 & light >> 7 & light >> 8 & light >> 9 & light >> 10
    after = middle & light & light >> 1 & light >> 2 & light >> 3 & line >> 7 & line >> 8 & light >> 9 & line >> 10
    return before.bit_count() + after.bit_count()


def _columns(symbol: Rows, size: int) -> Rows:
    lines = [f"{row:0{size}b}" for row in symbol]
    return tuple(int("".join(column), 2) for column in zip(*lines, strict=True))


@lru_cache(maxsize=16)
def _plan(version: int, error_correction: int) -> Plan:
    turned = tuple(_turned(version, mask) for mask in MASKS)
    bare = [_without_data(version, error_correction, mask) for mask in MASKS]
    free = tuple(int("".join("1" if module is None else "0" for module in row), 2) for row in bare[0])
    return Plan(
        free,
        tuple(tuple(row & where for row, where in zip(every, free, strict=True)) for every in turned),
        tuple(rows(modules) for modules in bare),
    )


def _turned(version: int, mask: int) -> Rows:
    size, turns = version * 4 + 17, mask_func(mask)
    return tuple(int("".join("1" if turns(row, column) else "0" for column in range(size)), 2) for row in range(size))


def _without_data(version: int, error_correction: int, mask: int) -> list[list[bool | None]]:
    """As the library has it before it writes data: whatever is not yet said is free."""
    code = qrcode.QRCode(version=version, error_correction=error_correction)
    code.modules_count = version * 4 + 17
    code.modules = library.copy_2d_array(library.precomputed_qr_blanks[version])
    code.setup_type_info(False, mask)
    if version >= 7:
        code.setup_type_number(False)
    return list(map(list, code.modules))
