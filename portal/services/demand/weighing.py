"""Reads how much each kind of signal weighs and what share is believed to come: two published files with reasons."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.model.published import EMPLOYERS, Beliefs, Beta, Figure
from portal.model.text import LocalizedText


@dataclass(frozen=True)
class Assumption:
    """A number that was chosen, and why."""

    value: float
    reason: LocalizedText


@dataclass(frozen=True)
class Weights:
    """How the demand index is made of figures; all numbers are seats one would need."""

    by_measure: Mapping[str, Assumption]
    unconfirmed: Assumption
    seats_unknown: Assumption

    def index(self, figures: list[Figure]) -> float:
        """The demand index of published figures: how many seats they call for."""
        return sum(self._of(figure) for figure in figures)

    def _of(self, figure: Figure) -> float:
        number = figure.seats if figure.row.measure == EMPLOYERS else figure.number
        # A search cannot be confirmed: its weight says already how little it promises.
        is_weaker = not figure.row.confirmed and figure.row.measure != "searches"
        return number * self.by_measure[figure.row.measure].value * (self.unconfirmed.value if is_weaker else 1)


@dataclass(frozen=True)
class Conversion:
    """The beliefs that a forecast begins with, each with its reason."""

    prior: Beliefs
    reasons: Mapping[str, LocalizedText]


def read_weights(folder: Path) -> Weights:
    """The file `weights.json`."""
    data = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    return Weights(
        by_measure={name: _assumption(item, "weight") for name, item in data["weights"].items()},
        unconfirmed=_assumption(data["unconfirmed"], "weight"),
        seats_unknown=_assumption(data["seats_unknown"], "seats"),
    )


def read_conversion(folder: Path) -> Conversion:
    """The file `conversion.json`."""
    data = json.loads((folder / "conversion.json").read_text(encoding="utf-8"))
    shares = {level: Beta(item["yes"], item["no"]) for level, item in data["shares"].items()}
    reasons = {level: LocalizedText(item["reason"]) for level, item in data["shares"].items()}
    return Conversion(
        Beliefs(shares, data["spread"]["value"]), reasons | {"spread": LocalizedText(data["spread"]["reason"])}
    )


def _assumption(item: dict, name: str) -> Assumption:
    return Assumption(item[name], LocalizedText(item["reason"]))
