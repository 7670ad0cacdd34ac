"""The shapes that make facts countable: one square is one credit, five squares are the five criteria."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from portal.model.ects import Ects

_STEP = 13
_CELL = 9
_PER_ROW = 10
_MOST = 60


@dataclass(frozen=True)
class Squares:
    """Paths of an SVG of `width` × `height`: full squares, and open ones for the rest of a range."""

    width: float
    height: float
    full: str
    open: str


def scope_squares(ects: Ects | None) -> Squares | None:
    """Ten squares a row; a fraction fills its square from the left; at most six rows. None when not stated."""
    if ects is None or not ects.stated:
        return None
    low, high = min(ects.min, Decimal(_MOST)), min(ects.max, Decimal(_MOST))
    cells = ceil(high)
    full, open_ = [], []
    for cell in range(cells):
        x, y = cell % _PER_ROW * _STEP + 0.75, cell // _PER_ROW * _STEP + 0.75
        filled = max(Decimal(0), min(Decimal(1), low - cell))
        if filled > 0:
            full.append(_square(x, y, float(filled) * _CELL))
        if filled < 1:
            open_.append(_square(x, y, _CELL))
    rows = -(-cells // _PER_ROW)
    return Squares(min(cells, _PER_ROW) * _STEP - 2.5, rows * _STEP - 2.5, "".join(full), "".join(open_))


def criteria_squares(met: int, of: int) -> Squares:
    """One small square a criterion, the met ones full."""
    squares = [f"M{1 + 10 * n} 1h7v7h-7z" for n in range(of)]
    return Squares(of * 10 - 1, 9, "".join(squares[:met]), "".join(squares[met:]))


def _square(x: float, y: float, width: float) -> str:
    return f"M{x:g} {y:g}h{width:g}v{_CELL}h-{width:g}z"
