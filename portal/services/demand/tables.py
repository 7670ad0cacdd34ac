"""One build of demand made readable: lines of the tables with their sums, gaps and trends, all from published figures."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from portal.model.ects import BANDS
from portal.model.published import (
    EMPLOYERS,
    LEVELS,
    PEOPLE,
    SEARCHES,
    STEP,
    WORDS,
    Build,
    Cell,
    Figure,
    Funnel,
    Supply,
    quarter,
    quarter_of,
)
from portal.services.clock import day_in_helsinki
from portal.services.demand.forecasting import Forecast, forecast
from portal.services.demand.weighing import Weights

QUARTERS = 4
"""How many quarters the sums cover, the running one included."""

COUNTED_BY = "language"
"""The table whose sums stand for all: nearly everybody's signal has a language."""


class Trend(StrEnum):
    """How the last whole quarter compares with the one before."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@dataclass(frozen=True)
class Asked:
    """Sums of published figures; what is under the limit is not in them. Levels: people by level."""

    levels: Mapping[str, int]
    confirmed: int = 0
    employers: int = 0
    seats: int = 0
    searches: int = 0

    @property
    def people(self) -> int:
        return sum(self.levels.values())


@dataclass(frozen=True)
class Line:
    """One line: what is asked in a cell (or a sum of cells), what is offered there, and the gap between them.

    index: how many seats the demand calls for; gap: how many of them nobody offers (negative: more is offered).
    quarters: people of each quarter, the oldest first.
    """

    cell: Cell
    asked: Asked
    supply: Supply
    index: int
    quarters: Mapping[str, int]
    trend: Trend | None

    @property
    def gap(self) -> int:
        return self.index - self.supply.seats

    @property
    def is_asked_for(self) -> bool:
        return bool(self.asked.people or self.asked.seats or self.asked.searches)


@dataclass(frozen=True)
class Single:
    """A single offering or proposal: at least so many people, employers and seats that these speak for; 0: too few."""

    id: str
    people: int
    employers: int = 0
    seats: int = 0


class Tables:
    """The tables of one build."""

    def __init__(self, build: Build, weights: Weights) -> None:
        self.build = build
        self._weights = weights
        self.quarters = _last_quarters(quarter(day_in_helsinki(build.built_at)))
        self._figures: dict[Cell, list[Figure]] = defaultdict(list)
        for figure in build.figures:
            if not figure.row.period or quarter_of(figure.row.period) in self.quarters:
                self._figures[figure.row.cell].append(figure)
        self._supplies = {supply.cell: supply for supply in build.supplies}

    @property
    def funnel(self) -> Funnel:
        return self.build.funnel

    def lines(self, table: str, *, field: str | None = None, value: str | None = None) -> list[Line]:
        """Every cell of a table in which something is asked or offered, of one field or one value where that is given."""
        cells = sorted(
            cell
            for cell in {*self._figures, *self._supplies}
            if cell.table == table and field in (None, cell.field) and value in (None, cell.value)
        )
        return [self.line(cell) for cell in cells]

    def line(self, cell: Cell) -> Line:
        nothing = Supply(cell, 0, 0)
        return self._line(cell, self._figures.get(cell, ()), self._supplies.get(cell, nothing))

    def by_field(self, table: str = COUNTED_BY) -> list[Line]:
        """The cells of a table added up by field; the most asked for first."""
        return self._added_up(table, lambda cell: Cell(table, cell.field, ""))

    def by_value(self, table: str, field: str | None = None) -> list[Line]:
        """The cells of a table added up over fields; the most asked for first, scopes in their order."""
        lines = self._added_up(table, lambda cell: Cell(table, "", cell.value), field)
        return sorted(lines, key=lambda line: list(BANDS).index(line.cell.value)) if table == "scope" else lines

    @cached_property
    def total(self) -> Asked:
        """Everything that is asked, as far as it may be shown: the sum of one table's published cells."""
        return _asked(figure for cell, found in self._figures.items() if cell.table == COUNTED_BY for figure in found)

    def widest(self, *tables: str, field: str | None = None, value: str | None = None) -> list[Line]:
        """The lines of these tables in which somebody asks, the widest gap first."""
        lines = [line for table in tables for line in self.lines(table, field=field, value=value)]
        return sorted((line for line in lines if line.is_asked_for), key=lambda line: (-line.gap, line.cell))

    def singles(self, table: str) -> list[Single]:
        """Offerings or proposals with enough people or employers to be shown, the most asked for first."""
        found = [self.single(table, cell.value) for cell in self._figures if cell.table == table]
        return sorted(found, key=lambda single: (-single.people, -single.seats, single.id))

    def single(self, table: str, id: str) -> Single:
        """What may be said of one offering or proposal."""
        figures = {figure.row.measure: figure for figure in self._figures.get(Cell(table, "", id), ())}
        employers = figures.get(EMPLOYERS)
        people = figures[PEOPLE].number if PEOPLE in figures else 0
        return Single(id, people, employers.number, employers.seats) if employers else Single(id, people)

    def words(self) -> list[tuple[str, int]]:
        """What was searched for in vain, and at least by how many; the most wanted first."""
        sums = [(cell.value, _asked(found).searches) for cell, found in self._figures.items() if cell.table == WORDS]
        return sorted(sums, key=lambda pair: (-pair[1], pair[0]))

    def forecast(self, single: Single, field: str | None, minimum: int | None = None) -> Forecast | None:
        """How many would come of those who stand behind a single; None when they are too few to be shown.

        A single's people are not told apart by level: they are taken to be as those of its field.
        """
        if not single.people and not single.seats:
            return None
        levels = self._levels_of(field)
        total = sum(levels.values())
        signals = {level: round(single.people * number / total) for level, number in levels.items()}
        return forecast(self.build.beliefs, signals | {"organisation": single.seats}, minimum)

    def _levels_of(self, field: str | None) -> Mapping[str, int]:
        for asked in (self._asked_by_field.get(field), self.total):
            if asked and asked.people:
                return asked.levels
        return {"would_take_part": 1}

    @cached_property
    def _asked_by_field(self) -> Mapping[str, Asked]:
        return {line.cell.field: line.asked for line in self.by_field()}

    def _added_up(self, table: str, key: Callable[[Cell], Cell], field: str | None = None) -> list[Line]:
        groups: dict[Cell, list[Cell]] = defaultdict(list)
        for cell in {*self._figures, *self._supplies}:
            if cell.table == table and field in (None, cell.field):
                groups[key(cell)].append(cell)
        lines = []
        for sum_cell, cells in groups.items():
            supplies = [self._supplies[cell] for cell in cells if cell in self._supplies]
            starts = [supply.next_start for supply in supplies if supply.next_start]
            supply = Supply(
                sum_cell,
                sum(supply.offerings for supply in supplies),
                sum(supply.seats for supply in supplies),
                min(starts, default=None),
            )
            lines.append(self._line(sum_cell, [f for cell in cells for f in self._figures.get(cell, ())], supply))
        return sorted(lines, key=lambda line: (-line.asked.people, -line.asked.searches, line.cell))

    def _line(self, cell: Cell, figures: Iterable[Figure], supply: Supply) -> Line:
        figures = list(figures)
        quarters = dict.fromkeys(self.quarters, 0)
        for figure in figures:
            if figure.row.measure in LEVELS:
                quarters[figure.row.period] += figure.number
        index = round(self._weights.index(figures))
        return Line(cell, _asked(figures), supply, index, quarters, _trend(list(quarters.values())))


def _asked(figures: Iterable[Figure]) -> Asked:
    levels = dict.fromkeys(LEVELS, 0)
    confirmed = employers = seats = searches = 0
    for figure in figures:
        if figure.row.measure in LEVELS:
            levels[figure.row.measure] += figure.number
            confirmed += figure.number if figure.row.confirmed else 0
        elif figure.row.measure == EMPLOYERS:
            employers, seats = employers + figure.number, seats + figure.seats
        elif figure.row.measure == SEARCHES:
            searches += figure.number
    return Asked(levels, confirmed, employers, seats, searches)


def _trend(numbers: list[int]) -> Trend | None:
    """From the last two whole quarters; None when neither of them has anything to compare."""
    before, last = numbers[-3:-1]
    if not before and not last:
        return None
    if abs(last - before) < STEP:
        return Trend.STEADY
    return Trend.RISING if last > before else Trend.FALLING


def _last_quarters(newest: str) -> tuple[str, ...]:
    year, number = int(newest[:4]), int(newest[-1])
    count = [year * 4 + number - 1 - back for back in range(QUARTERS)]
    return tuple(f"{at // 4}-Q{at % 4 + 1}" for at in reversed(count))
