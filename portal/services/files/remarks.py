"""The sender's own table given back: the same rows, a column of remarks, and the cells that need mending in colour."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from portal.ingest.cleaning import without_control_characters
from portal.ingest.findings import short
from portal.ingest.guarding import guarded
from portal.ingest.reading import TABLES, open_table
from portal.ingest.tables import Table
from portal.model.message import N_, Message
from portal.model.problem import Severity
from portal.model.upload import Upload
from portal.services.files.reports import Report
from portal.services.files.workbook import BAD, DOUBTFUL, HEAD, Cell, Sheet, write_workbook
from portal.services.importing import problem_to_json
from portal.services.wording import translator

HEADER = Message(N_("Remarks"))
_LONGEST_GAP = 1_000
_MOST_CHARACTERS = 5_000
_COLOURS = {Severity.ERROR: BAD, Severity.WARNING: DOUBTFUL}


class _Remark(NamedTuple):
    column: str
    severity: Severity
    text: str


def write_remarks(item: Upload, path: Path, target: Path, report: Report) -> None:
    """XLSX for XLSX, CSV for CSV, a JSON report for JSON; in the sender's language. The target appears when whole."""
    translate = translator(item.language)
    unfinished = target.with_name(f"unfinished{target.suffix}")
    if path.suffix not in TABLES:
        _write_json(item, unfinished, report, translate)
    else:
        remarks = _by_row(report, translate)
        with open_table(path, item.mapping) as table:
            if path.suffix == ".xlsx":
                write_workbook(unfinished, [Sheet("Osaset", _cells(table, remarks, HEADER.render(translate)))])
            else:
                _write_csv(unfinished, table, remarks, HEADER.render(translate))
    unfinished.replace(target)


def _by_row(report: Report, translate: Callable[[str], str]) -> dict[int, list[_Remark]]:
    """Remarks by the number of the row; a sentence that many rows share is kept once."""
    said: dict[str, str] = {}
    remarks: dict[int, list[_Remark]] = defaultdict(list)
    for kind in ("errors", "warnings", "infos"):
        for problem in report.problems(kind):
            if isinstance(problem.row, int):
                sentence = f"{problem.message.render(translate)} {problem.remedy.render(translate)}"
                text = f"{problem.column}: {sentence}" if problem.column else sentence
                remarks[problem.row].append(
                    _Remark(
                        said.setdefault(problem.column, problem.column), problem.severity, said.setdefault(text, text)
                    )
                )
    return remarks


def _rows(table: Table) -> Iterator[tuple[int, Sequence[str]]]:
    """Number and cells of every row; blank rows come too, so that a row keeps its number, unless they are very many."""
    expected = 1
    for number, cells in table.rows():
        for blank in range(max(expected, number - _LONGEST_GAP), number):
            yield blank, ()
        yield number, [without_control_characters(cell or "") for cell in cells]
        expected = number + 1


def _told(remarks: list[_Remark]) -> str:
    return " | ".join(remark.text for remark in remarks)[:_MOST_CHARACTERS]


def _cells(table: Table, remarks: dict[int, list[_Remark]], header: str) -> Iterator[list[Cell]]:
    names = [short(name) for name in table.header.names]
    width = len(names)
    for number, cells in _rows(table):
        found = remarks.get(number, [])
        row: list[Cell] = [Cell(guarded(text)) if text else Cell(None) for text in cells[:width]]
        if number == table.header.row:
            row = [Cell(cell.value, HEAD) for cell in row] + [Cell(None)] * (width - len(row)) + [Cell(header, HEAD)]
        elif found:
            row += [Cell(None)] * (width - len(row)) + [Cell(guarded(_told(found)))]
            for remark in reversed(found):  # errors come first, so their colour stays
                if remark.column in names and (colour := _COLOURS.get(remark.severity)):
                    index = names.index(remark.column)
                    row[index] = Cell(row[index].value, colour)
        yield row


def _write_csv(target: Path, table: Table, remarks: dict[int, list[_Remark]], header: str) -> None:
    width = len(table.header.names)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=table.delimiter)
        for number, cells in _rows(table):
            row = [guarded(text) for text in cells[:width]]
            last = header if number == table.header.row else guarded(_told(remarks.get(number, [])))
            writer.writerow([*row, *[""] * (width - len(row)), last])


def _write_json(item: Upload, target: Path, report: Report, translate: Callable[[str], str]) -> None:
    """In the shape of `portal import --report`, a problem at a time."""
    counts = {name: item.counts[name] for name in ("new", "changed", "unchanged", "left_out")}
    with target.open("w", encoding="utf-8") as file:
        file.write(f'{{"file": {json.dumps(item.name)}, "offerings": {json.dumps(counts)}, "problems": [')
        before = "\n"
        for kind in ("errors", "warnings", "infos"):
            for problem in report.problems(kind):
                file.write(before + json.dumps(problem_to_json(problem, translate), ensure_ascii=False))
                before = ",\n"
        file.write("\n]}\n")
