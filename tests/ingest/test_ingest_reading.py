"""What a provider is promised about JSON and JSON Lines files, and about files that cannot be read."""

import pytest
from records_for_tests import check_file, lines, offering

from portal.ingest.limits import MAX_OFFERING_CHARACTERS, MAX_ROWS
from portal.ingest.reading import read_records
from portal.model.errors import UnreadableFile

GOOD = '{"provider": "aalto", "code": "A-1", "title": {"fi": "Tekoäly"}}'


def _rows(path):
    return [(record.row, record.data and record.data.get("code")) for record in read_records(path)]


def test_json_lines_give_an_offering_a_line_and_skip_blank_lines(write):
    path = write("a.jsonl", lines(offering()) + "\n  \n" + lines(offering(code="B")))
    assert _rows(path) == [(1, "A-1"), (4, "B")]
    assert read_records(path).total == 2


def test_a_broken_line_harms_no_other(write):
    checked = check_file(write("a.jsonl", f'{GOOD}\n{{"code": \n[1]\n7\n{lines(offering(code="B"))}'))
    assert [one.offering is not None for one in checked] == [True, False, False, False, True]
    assert [one.problems[0].row for one in checked[1:4]] == [2, 3, 4]


def test_an_object_with_offerings_and_a_bare_list_are_read(write):
    assert _rows(write("a.json", f'{{"offerings": [{GOOD}, {GOOD}]}}')) == [
        ("offerings[0]", "A-1"),
        ("offerings[1]", "A-1"),
    ]
    assert _rows(write("b.json", f"[{GOOD}]")) == [("[0]", "A-1")]


def test_a_broken_offering_in_a_list_harms_no_other(write):
    path = write("a.json", f'[{{"a" 1}}, 3, {{"ects": NaN}}, "x", [], {GOOD}]')
    assert [one.offering is not None for one in check_file(path)] == [False] * 5 + [True]


def test_brackets_and_quotation_marks_in_texts_do_not_mislead_the_reader(write):
    tricky = '{"code": "}]\\"[{\\\\", "title": {"fi": "\\\\"}}'
    assert _rows(write("a.json", f"[{tricky},{GOOD}]")) == [("[0]", '}]"[{\\'), ("[1]", "A-1")]


def test_an_unknown_key_beside_offerings_is_a_warning(write):
    file = read_records(write("a.json", f'{{"made_by": {{"x": [1]}}, "offerings": [{GOOD}], "n": 1}}'))
    assert [problem.column for problem in file.problems] == ["made_by", "n"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1" * 5000, "1e99999999999999999999"])
def test_a_number_that_is_none_leaves_only_its_offering_out(write, number):
    broken = f'{{"provider": "aalto", "code": "B", "title": {{"fi": "T"}}, "ects": {number}}}'
    checked = check_file(write("a.jsonl", f"{broken}\n{GOOD}\n"))
    assert [one.offering is not None for one in checked] == [False, True]


def test_a_key_that_stands_twice_is_told(write):
    (checked,) = check_file(write("a.jsonl", '{"code": "A", "code": "B", "title": {"fi": "T"}}'))
    assert checked.offering.code == "B" and checked.problems[0].column == "code"


def test_an_offering_over_the_limit_is_left_out_and_the_limit_is_said(write):
    long = lines(offering(code="B", url="x" * MAX_OFFERING_CHARACTERS))
    first, second = check_file(write("a.jsonl", long + GOOD))
    assert "4 MiB" in first.problems[0].message.in_english() and second.offering is not None
    assert [one.offering is not None for one in check_file(write("a.json", f"[{long},{GOOD}]"))] == [False, True]


def test_nesting_over_the_limit_is_refused_and_within_it_is_read(write):
    def nested(levels):
        return '{"a":' * (levels - 1) + "{}" + "}" * (levels - 1)

    first, second, third = read_records(write("a.jsonl", f"{nested(20)}\n{nested(21)}\n{nested(5000)}"))
    assert (first.data is None, second.data, third.data) == (False, None, None)
    assert "20 levels" in second.problems[0].message.in_english()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_is_read_in_utf8_and_utf16(write, encoding, name):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    content = f"[{GOOD}]" if name == "a.json" else GOOD
    (record,) = read_records(write(name, mark + content.encode(encoding)))
    assert record.data["title"] == {"fi": "Tekoäly"}


def test_a_file_can_be_read_twice(write):
    file = read_records(write("a.jsonl", lines(offering())))
    assert list(file) == list(file) != []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", "", "empty"),
        ("a.jsonl", "\n \n", "empty"),
        ("a.jsonl", "ä".encode("cp1252") + b"\n", "UTF-8"),
        ("a.json", "[]", "empty"),
        ("a.json", "7", "list of offerings"),
        ("a.json", '{"courses": []}', "list of offerings"),
        ("a.json", f"[{GOOD}", "breaks off"),
        ("a.json", f"[{GOOD}] [", "breaks off"),
        ("a.json", f"[{GOOD} {GOOD}]", "breaks off"),
        ("a.json", '["abc', "breaks off"),
        ("a.csv", "name;price\n", "code"),
        ("a.csv", "code,title_fi\n", "empty"),
        ("a.xlsx", "PK", "damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        ("a.pdf", "x", ".jsonl"),
        ("a", "x", ".jsonl"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(write, name, content, said):
    with pytest.raises(UnreadableFile, match=said):
        read_records(write(name, content))


def test_a_folder_and_a_missing_file_are_refused_with_a_sentence(tmp_path):
    with pytest.raises(UnreadableFile, match="folder"):
        read_records(tmp_path)
    with pytest.raises(UnreadableFile, match="no file"):
        read_records(tmp_path / "a.json")
    with pytest.raises(UnreadableFile, match="opened"):
        read_records(tmp_path / "a\0.json")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_too_many_rows_are_refused_with_the_limit(write, name):
    rows = "{}\n" * (MAX_ROWS + 1)
    with pytest.raises(UnreadableFile, match="100000"):
        read_records(write(name, rows if name == "a.jsonl" else f"[{rows.strip().replace(chr(10), ',')}]"))


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(UnreadableFile, match="50 MiB"):
        read_records(path)


def test_an_offering_of_too_many_values_is_left_out_and_the_limit_is_said(write):
    first, second = check_file(write("a.jsonl", '{"code": [' + "0," * 300_000 + "0]}\n" + GOOD))
    assert "300000 values" in first.problems[0].message.in_english() and second.offering is not None
