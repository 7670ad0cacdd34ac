"""Turns exact counts into figures that may be published: the one place where demand is rounded and thinned.

Why it is done this way, and what an attacker may know: docs/decisions/0012-published-demand.md.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from portal.model.errors import ConfigurationError
from portal.model.published import EMPLOYERS, LEVELS, PEOPLE, SINGLES, STEP, Cell, Figure, Row
from portal.services.demand.counting import Tally

MINIMUM = 5
"""The least number that is ever shown. It may be set higher, never lower."""

_CLASSES = 6  # rows of people in a cell and quarter: three levels, each confirmed or not


def publish(tallies: Mapping[Row, Tally], axes: Mapping[str, Sequence[str]], minimum: int = MINIMUM) -> list[Figure]:
    """The figures of all rows that may be shown, in the order of their rows.

    axes: every value that a table can have, so that it is known how many rows may be hidden.
    It remembers nothing: the same people give the same figures, whatever was published before.
    """
    if minimum < MINIMUM:
        raise ConfigurationError(f"At least {MINIMUM} people stand behind a published figure; {minimum} is too few.")
    numbers = {row: _rounded(tally.number, minimum) for row, tally in tallies.items() if _has_a_place(row.cell, axes)}
    for group in _groups(numbers, axes):
        _hold_back(numbers, group, minimum)
    _cap_singles(numbers, minimum)
    return [
        Figure(row, number, _seats(tallies[row].sizes) if row.measure == EMPLOYERS else 0)
        for row, number in sorted(numbers.items())
        if number and _is_published(row)
    ]


def _has_a_place(cell: Cell, axes: Mapping[str, Sequence[str]]) -> bool:
    return not cell.field or cell.value in axes.get(cell.table, ())


def _is_published(row: Row) -> bool:
    """Of single offerings and proposals only the total is shown."""
    return row.cell.table not in SINGLES or not row.period


def _rounded(number: int, minimum: int) -> int:
    """Rounded down, so that a figure is a promise: at least so many. Under the limit 0, like nobody at all."""
    return number // STEP * STEP if number >= minimum else 0


def _groups(numbers: Mapping[Row, int], axes: Mapping[str, Sequence[str]]) -> list[dict[str, list[Row]]]:
    """Rows of the same people: of one field, period, measure and confirmation, in each table all that can be."""
    keys = {(row.cell.field, row.period, row.measure, row.confirmed) for row in numbers if row.cell.field}
    return [
        {
            table: [Row(Cell(table, of, value), period, measure, confirmed) for value in values]
            for table, values in axes.items()
        }
        for of, period, measure, confirmed in sorted(keys)
    ]


def _hold_back(numbers: dict[Row, int], group: Mapping[str, Sequence[Row]], minimum: int) -> None:
    """Lower figures while one table, taken from another, would show that a hidden row is not empty.

    Someone who knows that everybody stated everything knows that all tables of a group add up to the same. If one
    table proves more people than the visible rows of another can hold, somebody stands in its hidden rows.
    """
    while True:
        proven = {table: sum(numbers.get(row, 0) for row in rows) for table, rows in group.items()}
        largest = max(proven, key=lambda table: proven[table])
        if not any(
            _gives_away([numbers.get(row, 0) for row in rows], proven[largest], minimum) for rows in group.values()
        ):
            return
        row = max(group[largest], key=lambda row: numbers.get(row, 0))
        numbers[row] -= STEP


def _gives_away(figures: Sequence[int], proven: int, minimum: int) -> bool:
    """True when `proven` people cannot stand in the rows of these figures with one hidden row empty, but with it can."""
    hidden = minimum - 1
    room = sum(figure + STEP - 1 if figure else hidden for figure in figures)
    return 0 in figures and room - hidden < proven <= room


def _cap_singles(numbers: dict[Row, int], minimum: int) -> None:
    """Keep a single's total so low that the hidden rows of its field can still hold it with one of them empty.

    Its people stand in at least six rows (levels, confirmed or not) of each table. Those rows in which it has enough
    people of its own are visible there too; the rest of its people fit into the hidden rows but one.
    """
    visible: dict[Cell, int] = defaultdict(int)
    for row, number in numbers.items():
        if row.cell.table in SINGLES and row.measure in LEVELS:
            visible[row.cell] += number
    room = (_CLASSES - 1) * (minimum - 1) // STEP * STEP
    for row in numbers:
        if row.measure == PEOPLE:
            numbers[row] = min(numbers[row], visible[row.cell] + room)


def _seats(sizes: Sequence[int]) -> int:
    """How many people the employers speak for, at least; no employer's own number can be read from it.

    Nobody counts for more than the second largest, nor for more than twice what all but the two largest have together;
    and it is rounded down to a step that is no smaller than what the largest adds.
    """
    ordered = sorted(sizes, reverse=True)
    cap = next(cap for cap in range(ordered[1], 0, -1) if 2 * sum(min(size, cap) for size in ordered[2:]) >= cap)
    total = sum(min(size, cap) for size in ordered)
    step = next(step for step in _steps() if step >= cap)
    return total // step * step


def _steps() -> Iterator[int]:
    """5, 10, 20, 50, 100, 200 …"""
    yield STEP
    power = 10
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
