"""The model's judgement of a record, complete: every wrong value is told, not only the first layer of them."""

from collections.abc import Mapping

from pydantic import ValidationError

from portal.ingest.explaining import REMEDIES, explain
from portal.ingest.findings import Findings, without_indexes, written
from portal.model.message import N_, Message
from portal.model.offering import Offering

DECORATIONS = frozenset({
    "url", "runs.url", "contact.email", "contact.url", "quality_assurance.url", "organisations.contact",
    "stackable.part_of.url", "skills",
})  # fmt: skip
"""Values that an offering can do without: where one cannot be used, it is left out and the offering goes in."""

_STAND_INS: Mapping[str, object] = {
    "provider": "x", "code": "x", "title": {"en": "x"}, "min": 0, "max": 100_000, "amount": 0,
}  # fmt: skip
_MOST_ERRORS = 5_000
_MOST_ROUNDS = 6

Keys = tuple[str | int, ...]


def validate(data: dict, findings: Findings) -> Offering | None:
    """The offering of prepared data, which is changed on the way.

    The model judges a whole (days in order, a title) only where the parts are right. So wrong parts are told, replaced,
    and the rest judged again. Where something needed was wrong, `findings` has an error and the result, with stand-ins
    in it, serves only to look for further problems.
    """
    told: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        try:
            return Offering.model_validate(data)
        except ValidationError as failed:
            if failed.error_count() > _MOST_ERRORS:
                message = Message(N_("There are more than {limit} problems here."), {"limit": _MOST_ERRORS})
                findings.error("", message, Message(N_("Mend these first and send the file again.")))
                return None
            errors = failed.errors(include_url=False, include_input=False)
        # From the last to the first, so that leaving out one list item does not move those still to be mended.
        for error in errors:
            _tell(error, data, findings, told)
        for error in reversed(errors):
            _mend(data, _place(data, error), is_language=error["loc"][-1:] == ("[key]",))
    return None


def _tell(error: Mapping, data: dict, findings: Findings, told: set[str]) -> None:
    keys = _place(data, error)
    path = written(keys)
    if path in told:
        return
    told.add(path)
    value = _at(data, keys)
    plain = without_indexes(path)
    if plain in DECORATIONS:
        message = Message(N_("This value cannot be used. We left it out."))
        findings.warn(path, message, REMEDIES[plain], value)
        return
    if error["loc"][-1:] == ("[key]",):
        error = {"type": "language_key"}
    findings.error(path, *explain(error, plain), value)


def _place(data: dict, error: Mapping) -> Keys:
    """The keys of an error as far as the data has them; a single value that stands for several counts whole."""
    keys: list[str | int] = []
    inside: object = data
    for key in error["loc"]:
        if isinstance(inside, dict):
            if isinstance(key, int):
                continue
            keys.append(key)
            inside = inside.get(key)
        elif isinstance(inside, list) and isinstance(key, int):
            keys.append(key)
            inside = inside[key] if key < len(inside) else None
        else:
            break
    if error["type"] == "days_reversed":
        keys.append(error["ctx"]["last"])
    elif error["type"] == "title_missing":
        keys.append("title")
    return tuple(keys)


def _at(data: object, keys: Keys) -> object:
    for key in keys:
        data = data.get(key, "") if isinstance(data, dict) else data[key]
    return data


def _mend(data: dict, keys: Keys, is_language: bool) -> None:
    """Replace a wrong value by one that the model accepts, or leave it out."""
    if not keys:
        return
    holder = _at(data, keys[:-1])
    last = keys[-1]
    if isinstance(last, str):
        if last == "id" and not is_language:
            holder[last] = written(keys)  # unlike any other run's
        elif last in _STAND_INS and not is_language:
            holder[last] = _STAND_INS[last]
        else:
            holder.pop(last, None)
    elif keys[-2] == "skills":
        del holder[last]
    elif keys[-2] in ("runs", "part_of"):
        holder[last] = {"id": written(keys), "title": {"en": "x"}}
    elif keys[-2] in ("learning_outcomes", "keywords"):
        holder[last] = {}
    else:
        _at(data, keys[:-2]).pop(keys[-2], None)
