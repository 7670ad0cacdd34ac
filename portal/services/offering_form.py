"""Between the fields of a form and the provider format: what stands in a field, and what was meant by what is typed.

What cannot be read stays as it was typed, so that the check can tell what is wrong with it. A field that comes back as
it was shown changes nothing, so nothing is lost that a form cannot show.
"""

import copy
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from portal.ingest.cells import value_of_cell
from portal.ingest.cleaning import without_control_characters
from portal.model.ects import plain_number
from portal.model.offering_fields import OfferingField
from portal.model.text import LANGUAGES, LocalizedText

Values = Mapping[str, Sequence[str]]
"""What stands in a form: values by the name of the input; one text, or any number of choices."""

_ONE_LINE = ("line", "scope", "number", "whole", "money", "day", "choice")
_CELLS = {"scope": "scope", "number": "number", "whole": "whole", "money": "price", "day": "day"}


def in_form(fields: Iterable[OfferingField], data: Mapping, language: str) -> dict[str, tuple[str, ...]]:
    """What the inputs hold for data in the provider format; numbers as `language` writes them."""
    return {name: values for field in fields for name, values in _shown(field, data, language).items()}


def from_form(fields: Iterable[OfferingField], data: Mapping, sent: Values, language: str) -> dict:
    """The data with what was typed; keys that no field stands for stay, and so do fields that were not sent."""
    changed = copy.deepcopy(dict(data))
    for field in fields:
        before = _shown(field, data, language)
        typed = {
            name: values
            for name in field.names
            if (name in sent or field.is_ticked) and not _same(field, values := _typed(field, sent, name), before[name])
        }
        if typed:
            _put(field, changed, before | typed, set(typed), language)
    return changed


def _typed(field: OfferingField, sent: Values, name: str) -> tuple[str, ...]:
    values = [_clean(value, field) for value in sent.get(name, ())]
    if field.is_ticked:
        return tuple(dict.fromkeys(filter(None, values)))
    return tuple(values[:1])


def _clean(text: str, field: OfferingField) -> str:
    text = without_control_characters(text.replace("\r\n", "\n").replace("\r", "\n"))
    if field.kind in _ONE_LINE:
        text = text.replace("\n", " ")
    # A first line that is empty has a meaning in a list: the first text is missing in this language.
    return text.rstrip() if field.kind == "lines" else text.strip()


def _same(field: OfferingField, values: tuple[str, ...], before: tuple[str, ...]) -> bool:
    return set(values) == set(before) if field.is_ticked else values == before


# From data to the form


def _shown(field: OfferingField, data: Mapping, language: str) -> dict[str, tuple[str, ...]]:
    value = _at(data, field.keys)
    if field.kind == "lines":
        return {f"{field.path}.{code}": (_clean(_lines_shown(value, code), field),) for code in LANGUAGES}
    if field.by_language:
        texts = value if isinstance(value, Mapping) else {}
        return {f"{field.path}.{code}": (_clean(str(texts.get(code, "")), field),) for code in LANGUAGES}
    if field.kind == "choices":
        return {field.path: tuple(map(str, value)) if isinstance(value, list) else ()}
    if field.kind == "yes":
        return {field.path: ("1",) if value is True else ()}
    return {field.path: (_clean(_written(field, value, language), field),)}


def _lines_shown(value: object, language: str) -> str:
    texts = value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []
    return "\n".join(_one_line(text.get(language, "")) for text in texts if isinstance(text, Mapping))


def _one_line(text: object) -> str:
    return " ".join(str(text).split("\n"))


def _written(field: OfferingField, value: object, language: str) -> str:
    if value is None:
        return ""
    if field.kind == "parts":
        return "\n".join(_part_shown(part, language) for part in value) if isinstance(value, list) else str(value)
    if field.kind == "list":
        return "\n".join(map(_one_line, value)) if isinstance(value, list) else str(value)
    if isinstance(value, Mapping) and "min" in value and "max" in value:
        return f"{_number(value['min'], language)}–{_number(value['max'], language)}"
    if field.kind == "day" and isinstance(value, str) and (day := _iso_day(value)):
        return f"{day.day}.{day.month}.{day.year}"
    return _number(value, language)


def _number(value: object, language: str) -> str:
    if isinstance(value, float):
        value = f"{Decimal(str(value)):f}"
        return value if language == "en" else value.replace(".", ",")
    return str(value)


def _part_shown(part: object, language: str) -> str:
    if not isinstance(part, Mapping):
        return _one_line(part)
    title = part.get("title", "")
    if isinstance(title, Mapping):
        title = LocalizedText({key: str(text) for key, text in title.items()}).choose(language).text
    scope = part.get("ects", "")
    if isinstance(scope, Mapping):
        scope = f"{_number(scope.get('min'), language)}–{_number(scope.get('max'), language)}"
    cells = [_one_line(title), _number(scope, language), _one_line(part.get("url") or "")]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def _iso_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        return None


# From the form to data


def _put(
    field: OfferingField, data: dict, values: Mapping[str, tuple[str, ...]], typed: set[str], language: str
) -> None:
    if field.kind == "lines":
        lines = {code: values[f"{field.path}.{code}"][0] for code in LANGUAGES if f"{field.path}.{code}" in typed}
        _set(data, field.keys, _lines_read(_at(data, field.keys), lines))
    elif field.by_language:
        for name in sorted(typed):
            code = name.rpartition(".")[2]
            _set(data, (*field.keys, code), values[name][0] if values[name] else "")
    else:
        _set(data, field.keys, _read(field, values[field.path], _at(data, field.keys), language))
    if field.keys[0] == "price":
        _leave_out_price_without_amount(data)


def _read(field: OfferingField, values: tuple[str, ...], before: object, language: str) -> object:
    if field.kind == "choices":
        return list(values)
    if field.kind == "yes":
        return bool(values) or None
    text = values[0] if values else ""
    if field.kind == "parts":
        return _parts_read(text, before, language)
    if field.kind == "list":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if field.kind == "day":
        text = re.sub(r"\.\s+(?=\d)", ".", text)
    if field.path == "level" and re.fullmatch(r"[0-9]{1,3}", text):
        return int(text)
    if not text or field.kind not in _CELLS:
        return text
    return _plain(_meant(field, text))


def _meant(field: OfferingField, text: str) -> object:
    value = value_of_cell(_CELLS[field.kind], text)
    return value["amount"] if field.kind == "money" and isinstance(value, dict) else value


def _plain(value: object) -> object:
    """The same as JSON has it."""
    if isinstance(value, Decimal):
        return plain_number(value)
    return {key: _plain(part) for key, part in value.items()} if isinstance(value, dict) else value


def _lines_read(before: object, typed: Mapping[str, str]) -> list[dict]:
    """Texts by language, line by line. A blank line says that the text is missing in this language; where nothing can
    be missing, since there are as many texts as elsewhere, it is only a blank line."""
    stored = before if isinstance(before, list) else [before] if isinstance(before, dict) else []
    stored = [text if isinstance(text, dict) else {} for text in stored]
    kept = {code for text in stored for code in text} - set(typed)
    lines = {code: [str(text.get(code, "")) for text in stored] for code in sorted(kept)}
    read = {code: [line.strip() for line in text.split("\n")] for code, text in typed.items()}
    longest = max((len(_without_end(texts)) for texts in lines.values()), default=0)
    for code, texts in read.items():
        said = [line for line in texts if line]
        others = [len(_without_end(other)) for name, other in read.items() if name != code]
        lines[code] = said if len(said) >= max([longest, *others]) else texts
    length = max(map(len, lines.values()), default=0)
    rows = ({code: texts[i] for code, texts in lines.items() if i < len(texts) and texts[i]} for i in range(length))
    return [row for row in rows if row]


def _without_end(texts: list[str]) -> list[str]:
    return texts[: max((i + 1 for i, text in enumerate(texts) if text), default=0)]


def _parts_read(text: str, before: object, language: str) -> list[dict]:
    """`title | ects | url`; a line that stands as it was shown keeps what it does not show."""
    known = {_part_shown(part, language): part for part in before} if isinstance(before, list) else {}
    found = []
    for line in filter(str.strip, text.split("\n")):
        if line.strip() in known:
            found.append(known[line.strip()])
            continue
        title, scope, url, *_ = (*(cell.strip() for cell in line.split("|")), "", "")
        part = {"title": {language: title}, "ects": _plain(value_of_cell("scope", scope)) if scope else "", "url": url}
        found.append({key: value for key, value in part.items() if value not in ("", {language: ""})})
    return found


def _leave_out_price_without_amount(data: dict) -> None:
    price = data.get("price")
    if isinstance(price, dict) and set(price) <= {"currency"}:
        del data["price"]


def _at(data: object, keys: Sequence[str]) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _set(data: dict, keys: Sequence[str], value: object) -> None:
    """Put a value at its place; nothing (an empty text or list, None) leaves the place out, and an emptied whole too."""
    key, *rest = keys
    if rest:
        part = data.get(key)
        part = part if isinstance(part, dict) else {}
        _set(part, rest, value)
        value = part
    if value in (None, "", [], {}):
        data.pop(key, None)
    else:
        data[key] = value
