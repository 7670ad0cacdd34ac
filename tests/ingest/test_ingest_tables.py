"""What a provider is promised about CSV and XLSX tables."""

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest
from hostile import cell, sheet, workbook
from records_for_tests import check_file, errors, warnings

from portal.ingest.cells import value_of_cell
from portal.ingest.columns import COLUMN_BY_HEADER, COLUMNS, plain_header
from portal.ingest.reading import read_records
from portal.model.errors import UnreadableFile
from portal.model.offering import Offering


def _one(path):
    (checked,) = check_file(path)
    return checked


def _workbook(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("scope", "5", Decimal(5)),
        ("scope", "1,5", Decimal("1.5")),
        ("scope", "5 op", Decimal(5)),
        ("scope", "5 sp", Decimal(5)),
        ("scope", "5 ECTS", Decimal(5)),
        ("scope", "2–10", {"min": Decimal(2), "max": Decimal(10)}),
        ("scope", "2-10 op", {"min": Decimal(2), "max": Decimal(10)}),
        ("scope", "viisi", "viisi"),
        ("day", "12.1.2027", "2027-01-12"),
        ("day", "2027-01-12", "2027-01-12"),
        ("day", "2027-01-12 00:00:00", "2027-01-12"),
        ("day", "31.2.2027", "31.2.2027"),
        ("price", "75", {"amount": Decimal(75), "currency": "EUR"}),
        ("price", "75,50 €", {"amount": Decimal("75.50"), "currency": "EUR"}),
        ("price", "1 200 €", {"amount": Decimal(1200), "currency": "EUR"}),
        ("price", "1\u00a0200 €", {"amount": Decimal(1200), "currency": "EUR"}),
        ("price", "Maksuton", {"amount": Decimal(0), "currency": "EUR"}),
        ("price", "avgiftsfri", {"amount": Decimal(0), "currency": "EUR"}),
        ("price", "1.200", "1.200"),
        ("yes_no", "Kyllä", True),
        ("yes_no", "x", True),
        ("yes_no", "nej", False),
        ("yes_no", "ehkä", "ehkä"),
        ("whole", "20.0", 20),
        ("whole", "2,5", Decimal("2.5")),
        ("code", "5.0", "5"),
        ("municipality", "49", "049"),
        ("region", "1", "01"),
        ("choices", "FI, sv;EN|de\nfr", ["fi", "sv", "en", "de", "fr"]),
        ("lines", "yksi; kaksi\n\n• kolme", ["yksi", "kaksi", "kolme"]),
        ("parts", "Iso | 10 | https://x.fi\nPieni", [
            {"title": "Iso", "ects": Decimal(10), "url": "https://x.fi"}, {"title": "Pieni"},
        ]),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_people_write_it(kind, text, value):
    assert value_of_cell(kind, text) == value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_recognised(write, delimiter, encoding):
    text = delimiter.join(["code", "title_fi", "ects"]) + "\r\n" + delimiter.join(["A-1", "Tekoäly", "5"]) + "\r\n"
    assert _one(write("a.csv", text.encode(encoding))).offering.title == {"fi": "Tekoäly"}


@pytest.mark.parametrize(
    "header", ["KOODI;Nimi;Laajuus", "kod;namn_fi;omfattning", " Code ;TITLE-fi;Ects", "tunniste;Nimi fi;laajuus"]
)
def test_headers_are_known_in_three_languages_and_any_case(write, header):
    offering = _one(write("a.csv", f"{header}\nA-1;Tekoäly;5\n")).offering
    assert (offering.title, offering.ects.min) == ({"fi": "Tekoäly"}, 5)


def test_no_name_stands_for_two_columns():
    names = [(plain_header(name), column.name) for column in COLUMNS for name in (column.name, *column.fi, *column.sv)]
    assert [name for name, column in names if COLUMN_BY_HEADER[name].name != column] == []


def test_every_column_leads_to_a_key_of_the_model():
    def leads(path):
        model = Offering.model_json_schema()
        where = model
        for key in path.split("."):
            options = [where, *where.get("anyOf", ())]
            options += [option["items"] for option in options if "items" in option]
            options = [
                model["$defs"][option["$ref"].rpartition("/")[2]] if "$ref" in option else option for option in options
            ]
            where = next((option["properties"][key] for option in options if key in option.get("properties", ())), None)
            if where is None:
                return key in ("fi", "sv", "en")
        return True

    assert [column.path for column in COLUMNS if not leads(column.path)] == []


def test_rows_of_one_code_are_one_offering_even_when_they_are_apart(write):
    path = write("a.csv", "code,title_fi,run_id,run_start\nA,T,1,12.1.2027\nB,U,1,\nA,,2,13.1.2027\n")
    first, second = check_file(path)
    assert [run.start for run in first.offering.runs] == [dt.date(2027, 1, 12), dt.date(2027, 1, 13)]
    assert (first.row, second.row, read_records(path).total) == (2, 3, 2)


def test_a_later_row_that_disagrees_is_a_warning_and_the_first_counts(write):
    checked = _one(write("a.csv", "code,title_fi,run_id\nA,T,1\nA,Muu,2\n"))
    assert checked.offering.title == {"fi": "T"}
    assert [(problem.row, problem.column) for problem in checked.problems if problem.severity == "warning"] == [
        (3, "title_fi")
    ]


def test_a_row_without_run_values_is_an_offering_without_runs(write):
    assert _one(write("a.csv", "code,title_fi,run_id,run_start\nA,T,,\n")).offering.runs == ()


def test_a_problem_names_the_row_and_the_column_as_the_file_writes_it(write):
    checked = _one(write("a.csv", "Koodi;Nimi;Toteutus id;Alkaa\n\nA;T;1;12.1.2027\nA;;2;keväällä\nA;;;2027-01-01\n"))
    found = [(p.row, p.column, p.value) for p in checked.problems if p.severity == "error"]
    assert found == [(4, "Alkaa", "keväällä"), (5, "Toteutus id", "")]


def test_a_row_without_a_code_is_an_error_at_the_code_column(write):
    checked = _one(write("a.csv", "tunniste,nimi\n,T\n"))
    assert [(p.row, p.column) for p in checked.problems if p.severity == "error"] == [(2, "tunniste")]


def test_rows_above_the_header_are_skipped(write):
    assert _one(write("a.csv", "sep=;\nKevään tarjonta;;\n\ncode;title_fi\nA;T\n")).row == 5


def test_unknown_and_repeated_columns_are_warnings(write):
    file = read_records(write("a.csv", "code,title_fi,opettaja,nimi\nA,T,x,U\n"))
    assert [problem.column for problem in file.problems] == ["opettaja", "nimi"]
    assert next(iter(file)).data["title"] == {"fi": "T"}


def test_outcomes_of_three_languages_pair_up_by_position(write):
    checked = _one(write("a.csv", "code,title_fi,learning_outcomes_fi,lärandemål\nA,T,yksi;kaksi,ett\n"))
    assert checked.offering.learning_outcomes == ({"fi": "yksi", "sv": "ett"}, {"fi": "kaksi"})


def test_an_open_quotation_mark_is_told(write):
    file = read_records(write("a.csv", 'code,title_fi\nA,"T\nB,U\n'))
    assert [problem.severity for problem in file.problems] == ["warning"]


def test_a_cell_over_the_limit_leaves_out_one_offering(write):
    first, second = check_file(write("a.csv", f"code,title_fi,description_fi\nA,T,{'x' * 100_001}\nB,U,y\n"))
    assert (errors(first), second.offering is not None) == (["description_fi"], True)


def test_more_than_200_columns_are_refused_and_empty_ones_do_not_count(write):
    wide = "code,title_fi" + "," * 250
    assert _one(write("a.csv", f"{wide}\nA,T{',' * 250}\n")).offering is not None
    with pytest.raises(UnreadableFile, match="200"):
        read_records(write("b.csv", f"code,title_fi\nA,T{',' * 250}x\n"))


@pytest.mark.parametrize(
    ("text", "field", "is_told"),
    [
        ("6", "06", False),
        ("61", "061", True),
        ("613", "0613", True),
        ("11", "011", True),
        ("10", "10", False),
        ("0613", "0613", False),
    ],
)
def test_a_field_code_gets_back_its_leading_zero(write, text, field, is_told):
    checked = _one(write("a.csv", f"code,title_fi,field\nA,T,{text}\n"))
    assert (checked.offering.field, warnings(checked) == ["field"]) == (field, is_told)


def test_dates_numbers_and_booleans_of_a_workbook_are_read(tmp_path):
    header = ["code", "title_fi", "ects", "koski", "run_id", "run_start", "run_municipality", "run_price", "run_region"]
    row = [5.0, "Tekoäly", 1.5, True, 1, dt.date(2027, 1, 12), 49, 75.5, 1]
    offering = _one(_workbook(tmp_path / "a.xlsx", header, row)).offering
    (run,) = offering.runs
    assert (offering.code, offering.ects.min, offering.koski) == ("5", Decimal("1.5"), True)
    assert (run.id, run.start, run.municipality, run.region) == ("1", dt.date(2027, 1, 12), "049", "01")
    assert run.price.amount == Decimal("75.5")


def test_a_sheet_of_instructions_may_stand_first(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Lue tämä ensin"])
    table = book.create_sheet("Tarjonta")
    table.append(["code", "title_fi"])
    table.append(["A", "T"])
    book.save(tmp_path / "a.xlsx")
    assert _one(tmp_path / "a.xlsx").offering.code == "A"


def test_a_formula_without_a_result_is_a_warning_at_its_cell(tmp_path):
    file = read_records(_workbook(tmp_path / "a.xlsx", ["code", "title_fi", "laajuus"], ["A", "T", "=1+4"]))
    assert [(problem.row, problem.column) for problem in file.problems] == [(2, "laajuus")]
    assert "ects" not in next(iter(file)).data


def test_rich_and_spoken_text_and_prefixed_names_are_read(tmp_path):
    rich = (
        b'<row><c t="inlineStr"><is><r><t>A</t></r><r><t>1</t></r><rPh><t>zzz</t></rPh></is></c>'
        + cell("T")
        + b"</row>"
    )
    workbook(tmp_path / "a.xlsx", sheet(rich))
    assert next(iter(read_records(tmp_path / "a.xlsx"))).data["code"] == "A1"
    prefixed = sheet(b"<row>" + cell("A") + cell("T") + b"</row>").replace(b"</", b"</x:")
    prefixed = (
        prefixed.replace(b"<", b"<x:")
        .replace(b"<x:/x:", b"</x:")
        .replace(b"<x:worksheet>", b'<x:worksheet xmlns:x="y">')
    )
    workbook(tmp_path / "b.xlsx", prefixed)
    assert next(iter(read_records(tmp_path / "b.xlsx"))).data["code"] == "A"


def test_csv_and_xlsx_of_the_same_rows_give_the_same_offering(tmp_path, write):
    rows = [["code", "title_fi", "ects", "run_id", "run_start"], ["A", "T", "2–10", "r", "12.1.2027"]]
    from_csv = _one(write("a.csv", "\n".join(";".join(row) for row in rows)))
    assert from_csv.offering == _one(_workbook(tmp_path / "a.xlsx", *rows)).offering


def test_a_workbook_with_a_document_type_is_refused(tmp_path):
    good = sheet(b"<row>" + cell("A") + cell("T") + b"</row>")
    workbook(tmp_path / "a.xlsx", good)
    assert _one(tmp_path / "a.xlsx").offering.code == "A"
    workbook(tmp_path / "b.xlsx", b"<!DOCTYPE worksheet>" + good)
    with pytest.raises(UnreadableFile, match="damaged"):
        read_records(tmp_path / "b.xlsx")


@pytest.mark.parametrize("kind", ["number", "scope", "whole", "price"])
def test_a_number_of_hundreds_of_digits_is_not_read_as_one(kind):
    assert value_of_cell(kind, "9" * 200) == "9" * 200
