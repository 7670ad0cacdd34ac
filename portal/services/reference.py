"""Reads the catalogue's own reference data: code lists and POK criteria."""

import csv
import json
from pathlib import Path

from portal.model.codes import CodeList, Codes
from portal.model.criteria import Criterion, RuleSet
from portal.model.text import LANGUAGES, LocalizedText

CRITERIA_VERSION = "1"
PLURALS = "_plural"


def read_codes(folder: Path) -> Codes:
    """Every `<name>.csv` of `folder` becomes the code list `<name>`; labels stand in the columns fi, sv and en."""
    lists: dict[str, CodeList] = {}
    region_by_municipality: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        rows = _rows(path)
        lists[path.stem] = CodeList({row["code"]: _label(row) for row in rows})
        if f"fi{PLURALS}" in rows[0]:
            lists[path.stem + PLURALS] = CodeList({row["code"]: _label(row, PLURALS) for row in rows})
        if path.stem == "municipalities":
            region_by_municipality = {row["code"]: row["region"] for row in rows}
    return Codes(lists, region_by_municipality)


def read_rules(folder: Path, version: str = CRITERIA_VERSION) -> RuleSet:
    """The rule set `pok-<version>.json`."""
    data = json.loads((folder / f"pok-{version}.json").read_text(encoding="utf-8"))
    return RuleSet(
        version=data["version"],
        source=data["source"],
        limits=data["limits"],
        criteria=tuple(
            Criterion(
                id=item["id"],
                title=LocalizedText(item["title"]),
                reasons={name: LocalizedText(text) for name, text in item["reasons"].items()},
            )
            for item in data["criteria"]
        ),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _label(row: dict[str, str], suffix: str = "") -> LocalizedText:
    return LocalizedText({language: row[language + suffix] for language in LANGUAGES})
