"""Offerings as rows of a table: whatever a table can hold comes back as it was."""

import csv
import json

import openpyxl
import pytest
from factories import make_offering
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import offering_jsons

from portal.ingest.guarding import guarded, unguarded
from portal.ingest.reading import read_records
from portal.model.offering import Offering
from portal.services.files.exporting import Exporting
from portal.services.files.offering_rows import exported_columns, is_carried
from portal.services.files.wording import HINTS, hint_of

COLUMNS = exported_columns(True)
on_one_store = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
)
offerings = offering_jsons().map(Offering.model_validate)


class OneOffering:
    """What an export asks of a store."""

    def __init__(self, offering: Offering) -> None:
        self._offering = offering

    def of_provider(self, provider: str, *_: object):
        return iter([self._offering])


def export_of(offering: Offering) -> Exporting:
    return Exporting(OneOffering(offering), drafts=None)


def read_back(path, provider: str) -> Offering:
    (record,) = read_records(path)
    return Offering.model_validate(record.data | {"provider": provider})


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@on_one_store
@given(offering=offerings.filter(lambda offering: is_carried(offering, COLUMNS)))
def test_what_a_table_can_hold_is_read_back_whole(tmp_path, ending, language, offering):
    exporting, path = export_of(offering), tmp_path / f"a.{ending}"
    if ending == "csv":
        path.write_text("".join(exporting.csv(offering.provider, language)), encoding="utf-8", newline="")
    else:
        exporting.xlsx(offering.provider, language, path)
    assert read_back(path, offering.provider) == offering


@on_one_store
@given(offering=offerings)
def test_json_lines_hold_every_offering_whole(offering):
    (line,) = export_of(offering).json_lines(offering.provider)
    assert Offering.model_validate(json.loads(line)) == offering


@pytest.mark.parametrize(
    "parts",
    [
        {"title": {"de": "Stein", "fi": "Kivi"}},
        {"contact": {"name": "Aino", "email": "aino@example.org"}},
        {"certificate": {"type": "digital", "description": {"fi": "Osaamismerkki"}}},
        {"price": {"amount": 5, "currency": "SEK"}},
        {"price": {"amount": 5, "vat": "excluded"}},
        {"learning_outcomes": [{"fi": "Yksi; kaksi"}]},
        {"keywords": [{"fi": "vain suomeksi"}, {"sv": "bara på svenska"}]},
    ],
)
def test_what_a_table_cannot_hold_is_known(parts):
    assert is_carried(make_offering(), COLUMNS)
    assert not is_carried(make_offering(**parts), COLUMNS)


@given(text=st.text(st.sampled_from("'=+-@\t\r\n1a,. "), max_size=6))
def test_a_guarded_text_is_harmless_and_comes_back(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("number", ["-5", "-5.25", "-5,5", "12"])
def test_numbers_stay_numbers(number):
    assert guarded(number) == number


def test_every_column_has_a_hint_and_every_hint_a_column():
    hints = {id(hint_of(column)) for column in exported_columns(False)}
    assert hints == {id(hint) for hint in HINTS.values()}


def test_a_csv_file_opens_in_spreadsheets_of_its_language(tmp_path):
    offering = make_offering(ects=1.5)
    text = "".join(export_of(offering).csv("helsinki", "fi"))
    assert text.startswith("\ufeffKoodi;")
    assert "1,5" in next(csv.reader(text.splitlines()[1:], delimiter=";"))


def test_a_workbook_has_days_as_days(tmp_path):
    run = {"id": "k", "start": "2027-01-12"}
    export_of(make_offering(runs=[run])).xlsx("helsinki", "en", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    values = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert values["Run start"].is_date
