"""Someone who sees every published figure, knows the rules and the method, and tries to find out about a few people."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from portal.model.published import STEP, Cell, Figure, Row
from portal.services.demand.counting import Tally

FEW = frozenset(range(1, 5))
"""Counts that nobody may be sure of."""

Publisher = Callable[[Mapping[Row, Tally], Mapping[str, Sequence[str]]], list[Figure]]
World = tuple[int, ...]


def row(table: str, value: str, *, field: str = "06", period: str = "2026-Q4") -> Row:
    return Row(Cell(table, field, value), period, "curious", False)


class Enumerator:
    """Thinks through every crowd of at most `most` people, each in one row of either table, and what is published of it.

    It knows that everybody stated everything, so that both tables have the same total. Crowds it cannot think of all
    of (since larger ones would give the same figures) are left out.
    """

    def __init__(self, publish: Publisher, first: int, second: int, most: int) -> None:
        axes = {"region": tuple(map(str, range(first))), "mode": tuple(map(str, range(second)))}
        self.rows = [row(table, value) for table, values in axes.items() for value in values]
        self.worlds: dict[World, set[World]] = defaultdict(set)
        incomplete = set()
        for total in range(most + 1):
            for one in _divided(total, first):
                for other in _divided(total, second):
                    tallies = {r: Tally(n) for r, n in zip(self.rows, one + other, strict=True) if n}
                    shown = {figure.row: figure.number for figure in publish(tallies, axes)}
                    output = tuple(shown.get(r, 0) for r in self.rows)
                    self.worlds[output].add(one + other)
                    if total == most:
                        incomplete.add(output)
        for output in incomplete:
            del self.worlds[output]

    def possible(self) -> Iterator[tuple[World, list[set[int]]]]:
        """Each thing that may be published, and for each row the numbers that it may stand for."""
        for output, worlds in self.worlds.items():
            yield output, [set(numbers) for numbers in zip(*worlds, strict=True)]

    def finds(self) -> list[tuple[World, int, set[int]]]:
        """Where it is sure that there are one to four people in a row: output, number of the row, possible counts."""
        return [
            (output, number, counts)
            for output, rows in self.possible()
            for number, counts in enumerate(rows)
            if counts <= FEW
        ]

    def finds_between_builds(self) -> list[tuple[World, World, int]]:
        """Where two builds, one after the other, make it sure that one to four people came to a row or left it.

        Anybody may come, go or change what they said between two builds.
        """
        seen = list(self.possible())
        return [
            (before, after, number)
            for before, earlier in seen
            for after, later in seen
            for number in range(len(self.rows))
            if (changes := {b - a for a in earlier[number] for b in later[number]}) <= FEW
            or {-change for change in changes} <= FEW
        ]


def _divided(total: int, parts: int) -> Iterator[World]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _divided(total - first, parts - 1))


def sure_of_someone(figures: Sequence[Figure], axes: Mapping[str, Sequence[str]]) -> list[Row]:
    """Hidden rows that cannot be empty, when everybody stands in exactly one row of each table (for any size of crowd).

    Totals of all tables of a group are the same: what the best table proves must fit into the others.
    """
    groups: dict[tuple, dict[Row, int]] = defaultdict(dict)
    for figure in figures:
        if figure.row.cell.field:
            groups[figure.row.cell.field, *figure.row[1:]][figure.row] = figure.number
    found = []
    for (field, *rest), shown in groups.items():
        tables = {table: [Row(Cell(table, field, value), *rest) for value in values] for table, values in axes.items()}
        least = {table: sum(shown.get(r, 0) for r in rows) for table, rows in tables.items()}
        most = {
            table: sum(shown[r] + STEP - 1 if r in shown else STEP - 1 for r in rows) for table, rows in tables.items()
        }
        if max(least.values()) > min(most.values()):
            continue  # not everybody stated everything after all
        for table, rows in tables.items():
            if most[table] - (STEP - 1) < max(least.values()):
                found += [r for r in rows if r not in shown]
    return found
