"""Importing a provider's file into the store: counts, repetition, dry runs and complete files."""

import json

import pytest
from factories import make_offering, offering_json, write_json_lines

from portal.model.catalog import State
from portal.model.errors import PortalError, UnreadableFile
from portal.model.problem import Severity
from portal.services.wording import translator


@pytest.fixture
def send(stocked, tmp_path):
    """Import offerings (JSON values, or lines of text) from a JSON Lines file."""

    def act(*offerings, name="file.jsonl", **options):
        return stocked.importing.offerings(write_json_lines(tmp_path / name, offerings), **options)

    return act


def counts(report):
    return report.to_json(str)["offerings"]


def told(report, severity=Severity.ERROR):
    return [problem for problem in report.problems if problem.severity is severity]


A, B, C = (offering_json(code=code) for code in "abc")
FAULTY = offering_json(code="f", ects="a lot")


def test_all_offerings_of_a_file_are_new_the_first_time(send, stocked):
    assert counts(send(A, B)) == {"new": 2, "changed": 0, "unchanged": 0, "left_out": 0}
    assert stocked.store.find("helsinki-a").offering == make_offering(code="a")


def test_the_same_file_a_second_time_changes_nothing(send, stocked):
    send(A, B)
    before = stocked.store.revision()
    assert counts(send(A, B)) == {"new": 0, "changed": 0, "unchanged": 2, "left_out": 0}
    assert stocked.store.revision() == before


def test_what_changed_and_what_is_new_is_told_apart(send):
    send(A, B)
    assert counts(send(A, B | {"ects": 3}, C)) == {"new": 1, "changed": 1, "unchanged": 1, "left_out": 0}


def test_keys_in_another_order_are_no_change(send):
    send(A)
    assert counts(send(dict(reversed(A.items()))))["unchanged"] == 1


def test_a_dry_run_reports_the_same_and_writes_nothing(send, stocked):
    send(A, B)
    before = stocked.store.revision()
    dry = send(A, B | {"ects": 3}, C, FAULTY, dry_run=True)
    assert stocked.store.revision() == before
    assert dry.to_json(str) == send(A, B | {"ects": 3}, C, FAULTY).to_json(str)


def test_a_complete_file_withdraws_what_it_does_not_mention(send, stocked):
    send(A, B, C)
    assert counts(send(A, complete=True))["withdrawn"] == 2
    assert stocked.store.codes("helsinki") == {"a": "helsinki-a"}
    assert stocked.store.find("helsinki-b").state is State.WITHDRAWN


def test_a_dry_run_of_a_complete_file_tells_what_it_would_withdraw(send, stocked):
    send(A, B, C)
    assert counts(send(A, complete=True, dry_run=True))["withdrawn"] == 2
    assert set(stocked.store.codes("helsinki")) == {"a", "b", "c"}


def test_a_file_that_is_not_complete_withdraws_nothing(send, stocked):
    send(A, B)
    send(A)
    assert set(stocked.store.codes("helsinki")) == {"a", "b"}


def test_a_complete_file_leaves_the_offerings_of_other_providers_alone(send, stocked):
    send(A, B, offering_json(provider="sivis", code="s"))
    send(A, complete=True)
    assert set(stocked.store.codes("sivis")) == {"s"}


def test_an_empty_complete_file_is_refused_and_withdraws_nothing(send, stocked):
    send(A, B)
    with pytest.raises(UnreadableFile, match="empty"):
        send(provider="helsinki", complete=True)
    assert set(stocked.store.codes("helsinki")) == {"a", "b"}


def test_a_faulty_offering_is_left_out_and_the_others_go_in(send, stocked):
    report = send(A, FAULTY, B)
    assert (counts(report)["new"], counts(report)["left_out"]) == (2, 1)
    assert set(stocked.store.codes("helsinki")) == {"a", "b"}


def test_a_faulty_offering_keeps_its_stored_version(send, stocked):
    send(A)
    assert counts(send(A | {"ects": "a lot"}))["left_out"] == 1
    entry = stocked.store.find("helsinki-a")
    assert (entry.offering.ects.min, entry.revision, entry.state) == (2, 1, State.PUBLISHED)


def test_a_faulty_offering_counts_as_mentioned_in_a_complete_file(send, stocked):
    send(A, B)
    assert "withdrawn" not in counts(send(A, B | {"ects": "a lot"}, complete=True))
    assert set(stocked.store.codes("helsinki")) == {"a", "b"}


@pytest.mark.parametrize("row", ['{"title": {"fi": "Ilman koodia"}}', "{", "[]", '{"code": "x", "title": {"fi": "x"}}'])
def test_nothing_is_withdrawn_when_a_row_could_not_be_identified(send, stocked, row):
    send(A, B)
    report = send(A, row, complete=True)
    assert set(stocked.store.codes("helsinki")) == {"a", "b"}
    assert any("Nothing was withdrawn" in problem.message.in_english() for problem in report.problems)


def test_a_withdrawn_offering_that_is_sent_again_is_published_again(send, stocked):
    send(A, B)
    send(A, complete=True)
    assert counts(send(A, B)) == {"new": 0, "changed": 1, "unchanged": 1, "left_out": 0}


def test_offerings_without_a_provider_are_of_the_provider_named_beside_the_file(send, stocked):
    nameless = {key: value for key, value in A.items() if key != "provider"}
    send(nameless, provider="sivis")
    assert stocked.store.codes("sivis") == {"a": "sivis-a"}


def test_an_unknown_provider_beside_the_file_is_refused(send):
    with pytest.raises(PortalError, match="no provider nobody"):
        send(A, provider="nobody")


def test_every_problem_names_row_value_and_remedy(send):
    report = send(A, FAULTY, '{"code": ')
    problems = [problem for problem in report.to_json(str)["problems"] if problem["severity"] == "error"]
    assert [problem["row"] for problem in problems] == [2, 3]
    assert problems[0] | {"column": "ects", "value": "a lot", "offering": "helsinki/f"} == problems[0]
    assert all(problem["message"] and problem["remedy"] for problem in problems)


def test_what_the_criteria_miss_is_told_and_does_not_keep_an_offering_out(send):
    report = send(offering_json(ects=60))
    assert counts(report)["new"] == 1
    assert told(report, Severity.INFO) and not told(report)


def test_the_report_has_the_shape_of_the_format(send):
    report = json.loads(json.dumps(send(A, FAULTY).to_json(str)))
    assert set(report) == {"file", "offerings", "problems"} and report["file"] == "file.jsonl"
    assert set(report["problems"][0]) == {"severity", "row", "column", "value", "message", "remedy", "offering"}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_report_reads_in_the_language_asked_for(send, language):
    report = send(FAULTY)
    english, translated = (report.to_json(translator(code))["problems"][0] for code in ("en", language))
    assert english["message"] != translated["message"] and english["remedy"] != translated["remedy"]


def test_a_value_in_a_report_is_at_most_80_characters(send):
    report = send(offering_json(field="x" * 1000)).to_json(str)
    assert all(len(problem["value"]) <= 80 for problem in report["problems"])


def test_progress_is_told_for_every_record(send):
    done = []
    send(A, B, FAULTY, progress=lambda number, total: done.append(number))
    assert done == [1, 2, 3]


def test_more_offerings_than_one_batch_all_go_in(send, stocked):
    assert counts(send(*(offering_json(code=f"{number}") for number in range(450))))["new"] == 450
    assert stocked.store.counts()["published"] == 450


def test_the_same_offering_twice_in_a_file_is_counted_once(send):
    assert counts(send(A, A)) == {"new": 1, "changed": 0, "unchanged": 0, "left_out": 0}


@pytest.mark.parametrize(
    ("name", "content"),
    [("file.pdf", b"%PDF"), ("file.jsonl", b"\x00\x01\x02\xff" * 50), ("file.xlsx", b"PK"), ("file.json", b"{]")],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_refused_before_anything_is_written(stocked, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    before = stocked.store.revision()
    with pytest.raises(UnreadableFile):
        stocked.importing.offerings(path)
    assert stocked.store.revision() == before


def test_language_labels_that_lie_are_detected_and_the_text_kept(send, stocked):
    english = "This course teaches you the basics of artificial intelligence and how to use it in your own work."
    report = send(offering_json(code="a", description={"sv": english}))
    entry = stocked.store.find("helsinki-a")
    assert entry.offering.description == {"sv": english}
    assert entry.as_read().description == {"en": english}
    assert told(report, Severity.WARNING)


def test_providers_come_from_a_table(services, tmp_path):
    path = tmp_path / "providers.csv"
    path.write_text("id,type,name_fi,name_sv\nhumak,uas,Humak,Humak\nbad id,uas,x,x\n", encoding="utf-8")
    outcome, problems = services.importing.providers(path)
    assert (outcome["new"], len(problems)) == (1, 1)
    assert services.store.providers()["humak"].type == "uas"


def test_real_courses_go_in_whole(services, shared, tmp_path):
    services.importing.providers(shared / "courses" / "providers.csv")
    lines = (shared / "courses" / "aalto.jsonl").read_text(encoding="utf-8").splitlines()[:100]
    report = services.importing.offerings(write_json_lines(tmp_path / "aalto.jsonl", lines))
    assert counts(report)["new"] == 100 and not told(report)
