"""What holds for any file and any offering."""

import datetime as dt
import json
import zipfile
from decimal import Decimal

import pytest
from codes_for_tests import CODES, PROVIDERS, RULES
from hostile import HEADER, sheet, workbook
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from records_for_tests import check_file

from portal.ingest.cells import value_of_cell
from portal.ingest.checking import Checker
from portal.ingest.columns import COLUMNS
from portal.ingest.reading import read_records
from portal.ingest.records import Record
from portal.model.errors import UnreadableFile
from portal.model.offering import Offering

ENDINGS = ("json", "jsonl", "csv", "xlsx")
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Every example overwrites the file of the one before."""

fragments = st.sampled_from([
    b"[", b"]", b"{", b"}", b'"', b"\\", b",", b":", b";", b"\n", b"\r", b"\t", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"1e9", b"NaN", b'"code"', b'"offerings"', b'"runs"', b'{"code":"A","title":{"fi":"T"}}', b"code,title_fi,ects\n",
    "ä".encode(), b"\\ud800", b"null", b"PK\x03\x04", b"PK\x05\x06",
])  # fmt: skip
contents = st.binary(max_size=200) | st.lists(fragments, max_size=40).map(b"".join)


def _is_answered(path):
    try:
        for checked in check_file(path):
            assert checked.offering is not None or checked.problems
    except UnreadableFile as refused:
        assert str(refused)


@pytest.mark.parametrize("ending", ENDINGS)
@in_one_folder
@given(content=contents)
def test_any_bytes_give_records_or_a_sentence(tmp_path, ending, content):
    path = tmp_path / f"a.{ending}"
    path.write_bytes(content)
    _is_answered(path)


@in_one_folder
@given(xml=st.lists(st.sampled_from([
    HEADER, b"<row>", b"</row>", b'<c t="s">', b'<c r="ZZZZ1">', b'<c t="e">', b"</c>", b"<c/>", b"<v>9</v>",
    b"<v>1e999</v>",
    b"<f/>",
    b'<row r="x"/>', b"<is><t>A</t></is>", b'<c s="-1"><v>1</v></c>',
    b"<!DOCTYPE a>", b"&amp;", b"\xff", b"<row><c><v>A</v></c></row>",
]), max_size=20))  # fmt: skip
def test_any_sheet_gives_records_or_a_sentence(tmp_path, xml):
    workbook(tmp_path / "a.xlsx", sheet(b"".join(xml)))
    _is_answered(tmp_path / "a.xlsx")


@in_one_folder
@given(at=st.integers(0, 1500), to=st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_gives_records_or_a_sentence(tmp_path, at, to):
    path = tmp_path / "a.xlsx"
    workbook(path, sheet(b"<row><c><v>1</v></c><c><v>2</v></c></row>"))
    content = bytearray(path.read_bytes())
    content[at : at + len(to)] = to
    path.write_bytes(content)
    _is_answered(path)


def test_a_workbook_without_its_parts_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("x", b"")
    with pytest.raises(UnreadableFile, match="damaged"):
        read_records(tmp_path / "a.xlsx")


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(alphabet=st.characters(), max_size=20)
    | st.decimals(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from([*Offering.model_fields, "other"])


@given(data=st.dictionaries(keys, anything, max_size=8), changes=st.dictionaries(keys, anything, max_size=2))
@example(data={}, changes={"provider": 5})
@example(data={}, changes={"summary": {"title": "x", "id": 5}})
@example(data={}, changes={"title": {"title": {"title": 1}}})
def test_any_json_object_gives_an_offering_or_an_error(data, changes):
    for found in (data, {"provider": "aalto", "code": "A", "title": {"fi": "T"}} | changes):
        checked = Checker(CODES, PROVIDERS, RULES).check(Record(1, found))
        assert (checked.offering is None) == any(problem.severity == "error" for problem in checked.problems)
        json.dumps(
            [[p.column, p.value, p.message.in_english(), p.remedy.in_english()] for p in checked.problems]
        ).encode()


words = st.text(alphabet="abcdefghijkåäöABC 123.,;|\"'-", min_size=1, max_size=30).map(str.strip).filter(bool)
texts = st.dictionaries(st.sampled_from(["fi", "sv", "en"]), words, min_size=1)
days = st.dates(min_value=dt.date(1960, 1, 1), max_value=dt.date(2100, 1, 1))
numbers = st.decimals(min_value=0, max_value=1000, places=1)


@st.composite
def offerings(draw):
    start, end = sorted((draw(days), draw(days)))
    found = {
        "provider": draw(st.sampled_from(sorted(PROVIDERS))), "code": draw(words), "title": draw(texts),
        "summary": draw(texts),
        "learning_outcomes": draw(st.lists(texts, max_size=3)), "ects": float(draw(numbers)),
        "level": draw(st.integers(1, 8)),
        "koski": draw(st.booleans()), "price": {"amount": float(draw(numbers))},
        "runs": [{"id": draw(words), "start": start.isoformat(),
                  "end": end.isoformat(), "seats": draw(st.integers(0, 500))}],
    }  # fmt: skip
    return Offering.model_validate(found)


@in_one_folder
@given(offering=offerings())
def test_a_valid_offering_comes_back_equal_through_json_lines(tmp_path, offering):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(offering.to_json(), ensure_ascii=False) + "\n", encoding="utf-8")
    (checked,) = check_file(path, default_provider=None)
    assert checked.offering == offering


@given(number=st.decimals(min_value=0, max_value=9999, places=2))
def test_a_decimal_cell_means_the_same_with_comma_and_point(number):
    with_comma = f"{number}".replace(".", ",")
    assert value_of_cell("number", with_comma) == value_of_cell("number", f"{number}") == Decimal(number)


@given(day=days)
def test_a_date_cell_means_the_same_in_both_forms(day):
    assert (
        value_of_cell("day", f"{day.day}.{day.month}.{day.year}")
        == value_of_cell("day", day.isoformat())
        == day.isoformat()
    )


@given(kind=st.sampled_from([column.kind for column in COLUMNS]), text=st.text())
def test_any_cell_of_any_kind_is_read(kind, text):
    value_of_cell(kind, text)
