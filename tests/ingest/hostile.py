"""Files made to harm: each a few megabytes at most, each far more once it is read carelessly."""

import zipfile
from collections.abc import Callable
from pathlib import Path

MEBIBYTE = 1024 * 1024
TEN = 10 * MEBIBYTE - 1000

_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*targets: tuple[str, str, str]) -> str:
    found = "".join(f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{part}"/>' for id, kind, part in targets)
    return f"<Relationships>{found}</Relationships>"


def workbook(path: Path, sheet: bytes = b"<worksheet><sheetData/></worksheet>", **parts: bytes) -> None:
    """An XLSX of one sheet; `shared`, `styles` and `book` replace the other parts."""
    book = parts.get(
        "book", b'<workbook xmlns:r="x"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", relations(("r1", "officeDocument", "xl/workbook.xml")))
        package.writestr("xl/workbook.xml", book)
        links = relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
            ("r3", "styles", "styles.xml"),
        )
        package.writestr("xl/_rels/workbook.xml.rels", links)
        package.writestr("xl/worksheets/sheet1.xml", sheet)
        package.writestr("xl/sharedStrings.xml", parts.get("shared", b"<sst/>"))
        package.writestr("xl/styles.xml", parts.get("styles", b"<styleSheet/>"))


def cell(text: str) -> bytes:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'.encode()


HEADER = b"<row>" + cell("code") + cell("title_fi") + cell("run_id") + b"</row>"


def sheet(rows: bytes) -> bytes:
    return b"<worksheet><sheetData>" + HEADER + rows + b"</sheetData></worksheet>"


def _bomb(piece: bytes, size: int = 295 * MEBIBYTE) -> bytes:
    return piece * (size // len(piece))


def _laughs(path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    rows = "<worksheet><sheetData><row><c><v>&a9;</v></c></row></sheetData></worksheet>"
    text = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>{rows}'
    workbook(path, text.encode())


def _outside_file(path: Path) -> None:
    text = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet(b"<row><c><v>&a;</v></c></row>").decode()
    workbook(path, text.encode())


def _many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for number in range(90_000):
            package.writestr(str(number), b"")


def _repeated_long_text(path: Path) -> None:
    row = b'<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>'
    shared = "<sst><si><t>" + "ä" * 32_000 + "</t></si><si><t>A</t></si></sst>"
    workbook(path, sheet(row * 90_000), shared=shared.encode())


def _table(path: Path, row: str, head: str = "code,title_fi,run_id") -> None:
    path.write_text(f"{head}\n" + row * (TEN // len(row.encode())))


def _random_words(width: int) -> str:
    return "".join(f'"{number:0{width}d}",' for number in range(TEN // (width + 3)))


def _wide_header(path: Path) -> None:
    path.write_text(",".join(["code", "title_fi", *(f"c{n}" for n in range(300))]) + "\n" + "x," * 301 + "x\n")


def _unknown_keys(path: Path) -> None:
    keys = ",".join(f'"k{number}":1' for number in range(250_000))
    path.write_text(f'{{"code":"A","title":{{"fi":"T"}},{keys}}}\n' * 2)


_OFFERING = '{"provider":"aalto","code":"A","title":{"fi":"T"},'

HOSTILE: dict[str, Callable[[Path], object]] = {
    "empty_lists.json": lambda path: path.write_text("[" + "[]," * (TEN // 3)),
    "lists_in_one.json": lambda path: path.write_text("[[" + "[]," * (TEN // 3) + "0]]"),
    "deep.json": lambda path: path.write_text("[" * TEN),
    "deep_and_closed.json": lambda path: path.write_text("[" * (TEN // 2) + "]" * (TEN // 2)),
    "objects_in_one.json": lambda path: path.write_text("[{" + '"":{},' * (TEN // 6) + '"":0}]'),
    "open_string.json": lambda path: path.write_text('["' + '\\"' * (TEN // 2)),
    "quotation_marks.json": lambda path: path.write_text('["' + '""' * (TEN // 2)),
    "keys.json": lambda path: path.write_text('{"offerings":[{}],' + '"k":[],' * (TEN // 7) + '"z":0}'),
    "digits.json": lambda path: path.write_text("[" + "9" * TEN + "]"),
    "long_line.jsonl": lambda path: path.write_text('{"a":"' + "x" * (TEN - 10) + '"}'),
    "lists_on_a_line.jsonl": lambda path: path.write_text(("[" + "[]," * 1_390_000 + "0]\n") * 2),
    "words_on_a_line.jsonl": lambda path: path.write_text("[" + _random_words(8)[: 4 * MEBIBYTE - 20] + "0]\n"),
    "deep_line.jsonl": lambda path: path.write_text(("[" * 1_000_000 + "\n") * 9),
    "blank_lines.jsonl": lambda path: path.write_text("\n" * TEN),
    "nul.jsonl": lambda path: path.write_bytes(b"\0" * TEN),
    "short_lines.jsonl": lambda path: path.write_text("{}\n" * (TEN // 3)),
    "unknown_keys.jsonl": _unknown_keys,
    "huge_exponent.jsonl": lambda path: path.write_text(
        "".join(f'{_OFFERING}"{key}":1e999999}}\n' for key in ("level", "hours", "ects", "url", "field", "koski"))
        + f'{_OFFERING}"runs":[{{"id":"a","seats":1e999999}}]}}\n'
    ),
    "many_codes.jsonl": lambda path: path.write_text(f'{_OFFERING}"languages":[' + '"x",' * 290_000 + '"x"]}\n'),
    "many_runs.jsonl": lambda path: path.write_text(f'{_OFFERING}"runs":[' + '{"id":1},' * 140_000 + "{}]}\n"),
    "commas.csv": lambda path: path.write_text("," * TEN),
    "comma_rows.csv": lambda path: _table(path, "," * 150 + "\n"),
    "blank_rows.csv": lambda path: _table(path, "\n"),
    "open_quote.csv": lambda path: path.write_text('code,title_fi\nA,"' + "x\n" * (TEN // 2)),
    "quotes.csv": lambda path: path.write_text("code,title_fi\n" + '"' * TEN),
    "nul.csv": lambda path: path.write_bytes(b"\0" * TEN),
    "short_rows.csv": lambda path: _table(path, "A,T,\n"),
    "runs_of_one.csv": lambda path: _table(path, "A,T," + "x" * 96 + "\n"),
    "disagreeing.csv": lambda path: path.write_text(
        "code,title_fi,run_id\n" + "".join(f"A,T{n},{n}\n" for n in range(99_000))
    ),
    "small_cells.csv": lambda path: _table(
        path,
        ",".join("ab" for _ in range(40)) + "\n",
        ",".join(
            [
                "code",
                *(
                    f"{name}_{lang}"
                    for name in (
                        "title",
                        "summary",
                        "description",
                        "guidance",
                        "recognition",
                        "quality",
                        "keywords",
                        "prerequisites",
                        "assessment",
                        "learning_outcomes",
                    )
                    for lang in ("fi", "sv", "en")
                ),
            ]
        ),
    ),
    "digits.csv": lambda path: path.write_text("code,title_fi,ects,level\nA,T,1," + "9" * TEN),
    "wide.csv": _wide_header,
    "laughs.xlsx": _laughs,
    "outside_file.xlsx": _outside_file,
    "zeros.xlsx": lambda path: workbook(path, bytes(295 * MEBIBYTE)),
    "too_large.xlsx": lambda path: workbook(path, bytes(301 * MEBIBYTE)),
    "cells.xlsx": lambda path: workbook(path, sheet(b"<row>" + _bomb(b"<c/>") + b"</row>")),
    "rows.xlsx": lambda path: workbook(path, sheet(_bomb(b"<row/>"))),
    "values.xlsx": lambda path: workbook(path, sheet(_bomb(b"<row><c><v>1</v></c><c><v>2</v></c></row>"))),
    "full.xlsx": lambda path: workbook(path, sheet((b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>") * 60_000)),
    "depth.xlsx": lambda path: workbook(path, sheet(_bomb(b"<a>"))),
    "attribute.xlsx": lambda path: workbook(path, sheet(b'<row><c r="' + _bomb(b">") + b'"/></row>')),
    "remark.xlsx": lambda path: workbook(path, sheet(b"<!--" + _bomb(b"<") + b"-->")),
    "text.xlsx": lambda path: workbook(path, sheet(b"<row><c><v>" + _bomb(b"x") + b"</v></c></row>")),
    "far_cell.xlsx": lambda path: workbook(path, sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "formulas.xlsx": lambda path: workbook(path, sheet(_bomb(b"<row><c><f>1</f></c><c><f>1</f></c></row>"))),
    "shared.xlsx": lambda path: workbook(path, shared=b"<sst>" + _bomb(b"<si><t>ab</t></si>") + b"</sst>"),
    "shared_rich.xlsx": lambda path: workbook(path, shared=b"<sst><si>" + _bomb(b"<r><t>a</t></r>") + b"</si></sst>"),
    "shared_empty.xlsx": lambda path: workbook(path, shared=b"<sst>" + _bomb(b"<si/>") + b"</sst>"),
    "styles.xlsx": lambda path: workbook(
        path,
        styles=b"<styleSheet><cellXfs>" + _bomb(b'<xf numFmtId="14"/>', 15 * MEBIBYTE) + b"</cellXfs></styleSheet>",
    ),
    "book.xlsx": lambda path: workbook(path, book=_bomb(b"<workbook>")),
    "many_parts.xlsx": _many_parts,
    "repeated_long_text.xlsx": _repeated_long_text,
    "not_a_zip.xlsx": lambda path: path.write_bytes(b"PK\3\4" + bytes(1000)),
    "cut.xlsx": lambda path: _cut(path),
}
"""What writes each file, by its name."""


def _cut(path: Path) -> None:
    workbook(path, sheet(b""))
    content = path.read_bytes()
    path.write_bytes(content[:200] + b"\0" * 40 + content[240:])
