"""Reads an offering that is still being written, as far as it can be read."""

import copy
from collections.abc import Mapping

from pydantic import ValidationError

from portal.ingest.findings import Findings
from portal.ingest.preparing import prepare
from portal.ingest.records import Record
from portal.model.offering import Offering

NO_CODE = "–"
_MOST_ROUNDS = 8


def read_unfinished(provider: str, data: Mapping, untitled: Mapping[str, str]) -> Offering:
    """The offering without the values that cannot be used. `untitled`: the title of one that has none yet."""
    prepared = prepare(copy.deepcopy(dict(data)), Findings(Record(row=1, data={}), "")) | {"provider": provider}
    prepared.setdefault("code", NO_CODE)
    prepared.setdefault("title", dict(untitled))
    for _ in range(_MOST_ROUNDS):
        try:
            return Offering.model_validate(prepared)
        except ValidationError as failed:
            places = dict.fromkeys(map(_place, failed.errors(include_url=False, include_input=False)))
        # From the last to the first, so that leaving out one list item does not move those still to be left out.
        for place in reversed(places):
            _leave_out(prepared, place)
        prepared = {"code": NO_CODE} | prepared | {"provider": provider}
        if not prepared.get("title"):
            prepared["title"] = dict(untitled)
    return Offering.model_validate({"provider": provider, "code": NO_CODE, "title": dict(untitled)})


def _place(error: Mapping) -> tuple[str | int, ...]:
    """Where an error is, no deeper than what is left out because of it."""
    if error["type"] == "days_reversed":
        return (*error["loc"], error["ctx"]["last"])
    return error["loc"][: 3 if error["loc"][:1] == ("runs",) else 2]


def _leave_out(data: dict, place: tuple[str | int, ...]) -> None:
    """Of a run or a list only the value itself; of other wholes (a price, a scope) the whole."""
    if not place:
        data.pop("title", None)
        return
    key, *rest = place
    holder = data.get(key)
    if key == "runs" and isinstance(holder, list) and rest:
        _leave_out_of_run(holder, rest)
    elif isinstance(holder, list) and rest and isinstance(rest[0], int) and rest[0] < len(holder):
        del holder[rest[0]]
    elif isinstance(holder, dict) and key not in ("ects", "price") and rest:
        holder.pop(rest[0], None)
    else:
        data.pop(key, None)


def _leave_out_of_run(runs: list, rest: list[str | int]) -> None:
    number, *inside = rest
    if not isinstance(number, int) or number >= len(runs):
        return
    run = runs[number]
    if not isinstance(run, dict) or not inside:
        del runs[number]
    elif inside[0] == "id":
        run["id"] = f"– {number + 1}"
    else:
        run.pop(inside[0], None)
