"""Tables at the desk: templates that are filled in, one's own columns, the file with remarks, and everything exported."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pytest
from editing import begin, send
from factories import make_offering, make_run, offering_json
from sending_files import Sender, counts
from visiting import Visiting, standing

from portal.model.upload import UploadState
from portal.services.files.wording import SHEETS
from portal.services.importing import Importing
from portal.services.wording import translator

LANGUAGES = ("fi", "sv", "en")


@pytest.fixture
def sender(visiting: Visiting) -> Sender:
    return Sender(visiting)


def rows_of_csv(content: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


# Templates


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_template_filled_with_one_row_imports_cleanly(sender: Sender, tmp_path: Path, language: str):
    path = sender.fetch(f"/{language}/desk/files/template.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = {"Koodi": "T-1", "Kod": "T-1", "Code": "T-1", "Nimi fi": "Kivi", "Namn sv": "Sten", "Title en": "Stone"}
    row |= {"Laajuus": "1,5", "Omfattning": "1,5", "Ects": "1,5"}
    for index, cell in enumerate(sheet[1], start=1):
        if cell.value in row:
            sheet.cell(2, index, row[cell.value])
    book.save(path)
    page = sender.send_file(path.name, path.read_bytes())
    assert (counts(page)["new"], counts(page)["left out"]) == ("1", "0")
    assert not {"errors", "warnings"} & {kind for kind, number in sender.upload().counts.items() if number}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_template_has_columns_that_we_all_know(sender: Sender, language: str):
    content = sender.fetch(f"/{language}/desk/files/template.csv")
    (header,) = rows_of_csv(content, "," if language == "en" else ";")
    code = next(index for index, name in enumerate(header) if name in ("Koodi", "Kod", "Code"))
    title = next(index for index, name in enumerate(header) if name in ("Nimi fi", "Namn fi", "Title fi"))
    cells = [""] * len(header)
    cells[code], cells[title] = "T-1", "Kivi"
    page = sender.send_file("t.csv", content + (("," if language == "en" else ";").join(cells) + "\r\n").encode())
    assert counts(page)["new"] == "1" and "warnings" not in sender.upload().counts


def test_a_template_explains_each_column_and_lists_the_codes(sender: Sender, tmp_path: Path):
    book = openpyxl.load_workbook(sender.fetch("/fi/desk/files/template.xlsx", tmp_path))
    assert {"Alat", "Maakunnat", "Kunnat", "Toteutustavat", "Arviointitavat"} <= set(book.sheetnames)
    explained = {row[0].value: row[2].value for row in book.worksheets[1].iter_rows(min_row=3)}
    assert set(explained) == {cell.value for cell in book.worksheets[0][1]} and all(explained.values())
    assert any(
        rule.formula1.startswith("'Toteutustavat'") for rule in book.worksheets[0].data_validations.dataValidation
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_that_a_template_offers_is_understood(sender: Sender, tmp_path: Path, language: str):
    book = openpyxl.load_workbook(sender.fetch(f"/{language}/desk/files/template.xlsx", tmp_path))
    sheet = book.worksheets[0]
    lists = {message.render(translator(language)): name for name, message in SHEETS.items()}
    expected = {}
    for rule in sheet.data_validations.dataValidation:
        names = book[rule.formula1.split("'")[1]]
        column = next(iter(rule.sqref.ranges)).min_col
        for row in range(2, names.max_row + 1):
            sheet.cell(row, column, names.cell(row, 2).value)
            expected.setdefault(lists[names.title], set()).add(names.cell(row, 1).value)
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1, f"T-{row}")
        sheet.cell(row, 2, "Kivi")
        run = next(cell for cell in sheet[1] if cell.value in ("Toteutus id", "Genomförande id", "Run id"))
        sheet.cell(row, run.column, "k")
    book.save(tmp_path / "a.xlsx")
    page = sender.send_file("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert counts(page)["left out"] == "0"
    assert sender.upload().counts.keys().isdisjoint({"errors"})
    sender.press_button(page, "Publish the changes")
    found = [item for item in sender.services.store.of_provider("helsinki") if item.code.startswith("T-")]
    assert {item.field for item in found} - {None} == expected["fields"] - {"001", "011", "061", "999"} | (
        {"001"} if language == "en" else set()
    )  # these are called as the broader fields that they are parts of
    assert {item.runs[0].municipality for item in found} - {None} == expected["municipalities"]
    assert {item.runs[0].mode for item in found} - {None} == expected["modes"]
    assert {code for item in found for code in item.languages} == expected["languages"]
    assert {code for item in found for code in item.target_groups} == expected["target_groups"]


# Columns of one's own

OWN = "Kurssilista 2027;;;\nTunnus nro;Kurssin nimi;Opettaja;Laajuus\nK-1;Mehiläiset;Aino;2\n"


def explained(sender: Sender, path: str, **meanings: str):
    """Say on the page of columns what each header means."""
    page = sender.pages.get(f"{path}/columns")
    fields = standing(page)
    for row in page.main.one("tbody").all("tr"):
        name = row.one("label").text
        if name in meanings:
            fields[row.one("select")["name"]] = meanings[name]
    response = sender.client.post(f"{path}/columns", data=fields)
    return sender.pages.get(response.location)


def test_headers_of_ones_own_are_explained_once_and_remembered(sender: Sender):
    page = sender.send_file("omat.csv", OWN)
    assert "No header was found" in page.main.text and page.link("Say what the columns mean")
    meanings = {"Tunnus nro": "code", "Kurssin nimi": "title_fi", "Opettaja": ""}
    page = explained(sender, page.path, **meanings)
    assert counts(page)["new"] == "1" and "Opettaja" not in page.main.text
    assert counts(sender.send_file("omat2.csv", OWN.replace("K-1", "K-2")))["new"] == "1"


def test_an_unknown_column_is_told_and_keeps_nobody_from_publishing(sender: Sender):
    page = sender.send_file("a.csv", "code,title_fi,opettaja\nA,T,Aino\n")
    assert "Columns that we do not know" in page.main.text and counts(page)["new"] == "1"
    columns = sender.pages.get(f"{page.path}/columns").main
    assert "Aino" in columns.text


def test_what_one_provider_calls_a_column_means_nothing_to_others(visiting: Visiting, sender: Sender):
    page = sender.send_file("omat.csv", OWN)
    explained(sender, page.path, **{"Tunnus nro": "code", "Kurssin nimi": "title_fi"})
    other = Sender(visiting, provider="aalto")
    assert "No header was found" in other.send_file("omat.csv", OWN).main.text


def test_a_meaning_that_does_not_exist_is_not_kept(sender: Sender):
    page = sender.send_file("a.csv", "code,title_fi,opettaja\nA,T,Aino\n")
    fields = standing(sender.pages.get(f"{page.path}/columns"))
    sender.client.post(f"{page.path}/columns", data=fields | {"column-2": "provider.id", "column-99": "code"})
    assert sender.services.uploads._uploads.mapping("helsinki") == {}
    assert sender.upload().state is UploadState.CHECKED


# The file with remarks


def test_a_workbook_comes_back_with_remarks_and_coloured_cells(sender: Sender, tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (
        ["Kurssit 2027"],
        ["code", "title_fi", "ects", "oma"],
        ["A", "Kivi", "viisi", "x"],
        [],
        ["B", "Puu", 2, "y"],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    page = sender.send_file("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    returned = openpyxl.load_workbook(sender.fetch(page.link("The file with remarks"), tmp_path)).active
    assert [cell.value for cell in returned[2]] == ["code", "title_fi", "ects", "oma", "Remarks"]
    assert "ects: This is not a number." in returned["E3"].value
    assert returned["C3"].value == "viisi" and returned["C3"].fill.start_color.rgb.endswith("F6D5D0")
    assert [cell.value for cell in returned[5]][:4] == ["B", "Puu", "2", "y"]


def test_the_file_with_remarks_can_be_mended_and_sent_again(sender: Sender):
    page = sender.send_file("a.csv", "code;title_fi;ects\nA;Kivi;viisi\n")
    returned = sender.fetch(page.link("The file with remarks")).decode("utf-8-sig")
    assert returned.splitlines()[0] == "code;title_fi;ects;Remarks"
    page = sender.send_file("a.csv", returned.replace("viisi", "5"))
    assert counts(page)["new"] == "1" and "warnings" not in sender.upload().counts


def test_a_json_file_gets_a_report(sender: Sender):
    page = sender.send_file("a.json", json.dumps([offering_json(level=99)]))
    report = json.loads(sender.fetch(page.link("The file with remarks")))
    assert report["file"] == "a.json" and report["offerings"]["left_out"] == 1
    assert any(problem["severity"] == "error" and problem["column"] == "level" for problem in report["problems"])


@pytest.mark.parametrize("text", ["=1+1", "+358 40", "-x", "@SUM(A1)", "'=1"])
def test_nothing_that_we_write_begins_with_a_formula(sender: Sender, tmp_path: Path, text: str):
    page = sender.send_file("a.csv", f'code,title_fi,ects\nA,"{text}",viisi\n')
    ((_, title, _, remark),) = rows_of_csv(sender.fetch(page.link("The file with remarks")), ",")[1:]
    assert title[0] == "'" and remark[0] not in "=+-@"
    sender.services.store.save([(make_offering(code="F", title={"fi": text}), {})])
    book = openpyxl.load_workbook(sender.fetch("/fi/desk/files/export.xlsx", tmp_path))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    cells = [cell for row in rows_of_csv(sender.fetch("/fi/desk/files/export.csv")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r") or cell.startswith("-x")]


# Everything exported

WHOLE = make_offering(
    code="=X-1",
    title={"fi": "-5 astetta", "sv": "+ kallt", "en": "Cold"},
    learning_outcomes=[{"fi": "Yksi", "en": "One"}, {"fi": "Kaksi", "en": "Two"}],
    ects={"min": 1.5, "max": 10},
    koski=True,
    keywords=[{"fi": "jää"}],
    price={"amount": 12.5, "currency": "EUR"},
    stackable={"kind": "stackable", "part_of": [{"title": {"fi": "Iso"}, "ects": 60, "url": "https://example.org/a"}]},
    runs=[make_run().model_dump(), make_run(id="-2", mode="onsite", municipality="091", seats=5).model_dump()],
)


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_exported_and_sent_again_changes_nothing(sender: Sender, tmp_path: Path, ending: str, language: str):
    store = sender.services.store
    store.withdraw("helsinki", store.codes("helsinki"))
    importing: Importing = sender.services.importing
    source = tmp_path / "a.jsonl"
    source.write_text("".join(json.dumps(item.to_json()) + "\n" for item in (WHOLE, make_offering(code="B"))))
    importing.offerings(source)
    path = sender.fetch(f"/{language}/desk/files/export.{ending}", tmp_path)
    page = sender.send_file(path.name, path.read_bytes(), complete="1")
    assert counts(page) == {"new": "0", "changed": "0", "unchanged": "2", "left out": "0"}
    assert sender.upload().counts["withdrawn"] == 0


def test_json_lines_hold_everything_that_the_examples_have(sender: Sender, tmp_path: Path):
    path = sender.fetch("/fi/desk/files/export.jsonl", tmp_path)
    page = sender.send_file(path.name, path.read_bytes())
    number = len(sender.services.store.codes("helsinki"))
    assert number > 10 and counts(page) == {"new": "0", "changed": "0", "unchanged": str(number), "left out": "0"}


def test_a_workbook_names_the_offerings_that_it_cannot_hold(sender: Sender, tmp_path: Path):
    sender.services.store.save(
        [(make_offering(code="DE", title={"fi": "Kivi", "de": "Stein"}), {}), (make_offering(code="FI"), {})]
    )
    notes = openpyxl.load_workbook(sender.fetch("/en/desk/files/export.xlsx", tmp_path)).worksheets[1]
    named = [row[0].value for row in notes.iter_rows()]
    assert "DE" in named and "FI" not in named


def test_drafts_and_what_is_withdrawn_can_be_taken_along_apart_from_what_is_published(sender: Sender):
    send(sender, begin(sender, title__fi="Vasta alulla"), ects="ehkä 3")
    store = sender.services.store
    withdrawn, *_ = store.codes("helsinki")
    store.withdraw("helsinki", [withdrawn])
    (draft,) = map(json.loads, sender.fetch("/sv/desk/files/drafts.jsonl").decode().splitlines())
    assert (draft["provider"], draft["title"], draft["ects"]) == ("helsinki", {"fi": "Vasta alulla"}, "ehkä 3")
    gone = [json.loads(line) for line in sender.fetch("/sv/desk/files/withdrawn.jsonl").decode().splitlines()]
    assert withdrawn in {item["code"] for item in gone}
    published = sender.fetch("/sv/desk/files/export.jsonl").decode().splitlines()
    assert withdrawn not in {json.loads(line)["code"] for line in published}


def test_nothing_of_another_provider_is_exported(visiting: Visiting):
    other = Sender(visiting, provider="aalto")
    own = Sender(visiting)
    begin(own, title__fi="Vasta alulla")
    lines = other.fetch("/fi/desk/files/export.jsonl").decode().splitlines()
    assert lines and {json.loads(line)["provider"] for line in lines} == {"aalto"}
    assert not other.fetch("/fi/desk/files/drafts.jsonl") + other.fetch("/fi/desk/files/withdrawn.jsonl")


# Spreadsheets from real life


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bom.csv", "\ufeffcode;title_fi\nA;Mehiläiset\n".encode()),
        ("windows.csv", "Koodi;Nimi;Hinta\nA;Mehiläiset;75,50 €\n".encode("cp1252")),
        ("utf16.csv", "code\ttitle_fi\nA\tMehiläiset\n".encode("utf-16")),
        ("titles.csv", "Kurssit 2027;;\n;;\nKoodi;Nimi;Laajuus\nA;Mehiläiset;1,5 op\n".encode()),
        ("html.csv", "code,title_fi,description_fi\nA,Mehiläiset,<p>Hyvä <b>kurs\n".encode()),
        ("twice.csv", "code,nimi,nimi_fi\nA,Mehiläiset,Ampiaiset\n".encode()),
        ("same.csv", "code,title_fi\nA,Mehiläiset\nA,Mehiläiset\n".encode()),
    ],
)
def test_a_spreadsheet_from_real_life_comes_in(sender: Sender, name: str, content: bytes):
    page = sender.press_button(sender.send_file(name, content), "Publish the changes")
    assert "Published." in page.main.text
    found = sender.services.store.find(sender.services.store.codes("helsinki")["A"]).offering
    assert found.title["fi"] == "Mehiläiset"


def test_days_of_a_workbook_are_days(sender: Sender, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["code", "title_fi", "run_id", "run_start"])
    book.active.append(["A", "Kivi", "k", dt.datetime(2027, 1, 12)])
    book.save(tmp_path / "a.xlsx")
    sender.press_button(sender.send_file("a.xlsx", (tmp_path / "a.xlsx").read_bytes()), "Publish the changes")
    found = sender.services.store.find(sender.services.store.codes("helsinki")["A"]).offering
    assert found.runs[0].start == dt.date(2027, 1, 12)
