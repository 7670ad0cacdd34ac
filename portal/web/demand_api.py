"""Published demand as JSON, for the API."""

from portal.model.published import STEP, TABLES
from portal.services.demand.tables import Asked, Line, Single, Tables
from portal.services.demand.weighing import Weights
from portal.web.demand import cell_names


def demand_json(tables: Tables | None, weights: Weights) -> dict:
    """The whole of the newest build; without one everything is empty and `built_at` is null."""
    if tables is None:
        return {"built_at": None, "total": None, "tables": {table: [] for table in TABLES}}
    build = tables.build
    return {
        "built_at": build.built_at.isoformat(),
        "minimum": build.minimum,
        "rounded_down_to": STEP,
        "example": build.example,
        "quarters": list(tables.quarters),
        "total": _asked(tables.total),
        "tables": {table: [_line(line) for line in tables.lines(table)] for table in TABLES},
        "offerings": [vars(single) for single in tables.singles("offering")],
        "proposals": [_proposal(tables, single) for single in tables.singles("proposal")],
        "searches": [{"words": words, "searchers": number} for words, number in tables.words()],
        "funnel": vars(build.funnel),
        "weights": {name: item.value for name, item in weights.by_measure.items()}
        | {"unconfirmed": weights.unconfirmed.value, "seats_unknown": weights.seats_unknown.value},
        "conversion": {level: round(share.mean, 2) for level, share in build.beliefs.shares.items()},
    }


def _asked(asked: Asked) -> dict:
    return {
        "people": asked.people,
        **asked.levels,
        "confirmed": asked.confirmed,
        "employers": asked.employers,
        "seats_asked_for": asked.seats,
        "searches": asked.searches,
    }


def _line(line: Line) -> dict:
    field, value = cell_names(line.cell)
    supply = line.supply
    return {
        "field": line.cell.field,
        "field_name": field,
        "value": line.cell.value,
        "value_name": value,
        **_asked(line.asked),
        "quarters": dict(line.quarters),
        "trend": line.trend,
        "offerings": supply.offerings,
        "seats_offered": supply.seats,
        "next_start": supply.next_start and supply.next_start.isoformat(),
        "index": line.index,
        "gap": line.gap,
    }


def _proposal(tables: Tables, single: Single) -> dict:
    """A proposal with how many would come, its people taken to be as those of all fields."""
    expected = tables.forecast(single, None)
    return vars(single) | {"expected": round(expected.expected), "low": expected.low, "high": expected.high}
