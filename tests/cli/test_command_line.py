"""The command `portal`: exit codes and sentences that an operator can rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import offering_json, write_json_lines

from portal.cli import main

ROOT = Path(__file__).resolve().parents[2]
A, B = (offering_json(code=code) for code in "ab")
FAULTY = offering_json(code="f", ects="a lot")


@pytest.fixture
def environment(settings, monkeypatch):
    """A portal of its own, whose store is empty; no setting of the machine counts."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PORTAL_DATA", str(settings.data))
    return monkeypatch


@pytest.fixture
def portal(environment):
    """Runs the command; whatever happens, there is no traceback."""

    def run(*arguments):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def provided(portal, tmp_path):
    """The same with the providers helsinki and sivis."""
    path = tmp_path / "providers.csv"
    path.write_text(
        "id,type,name_fi\nhelsinki,university,Helsingin yliopisto\nsivis,study_centre,Sivis\n", encoding="utf-8"
    )
    assert portal("providers", path).exit_code == 0
    return portal


@pytest.fixture
def send(provided, tmp_path):
    """Imports a JSON Lines file of the given offerings."""

    def act(*offerings, options=()):
        return provided("import", write_json_lines(tmp_path / "file.jsonl", offerings), *options)

    return act


def test_a_clean_import_ends_in_0_and_tells_what_went_in(send):
    result = send(A, B)
    assert result.exit_code == 0
    assert "2 new" in result.stdout and "index: 2 offerings" in result.stdout


def test_an_import_with_warnings_only_ends_in_0(send):
    result = send(A | {"colour": "blue"})
    assert result.exit_code == 0 and "warning" in result.stderr


def test_an_import_that_leaves_something_out_ends_in_1_and_says_why(send):
    result = send(A, FAULTY)
    assert result.exit_code == 1
    assert "1 left_out" in result.stdout and "error: [2]" in result.stderr and "a lot" in result.stderr


def missing(path):
    return path / "none.jsonl"


def folder(path):
    (path / "folder.jsonl").mkdir()
    return path / "folder.jsonl"


def binary(path):
    (path / "binary.jsonl").write_bytes(bytes(range(256)) * 100)
    return path / "binary.jsonl"


def strange(path):
    (path / "file.docx").write_bytes(b"PK\x03\x04")
    return path / "file.docx"


def empty(path):
    (path / "empty.csv").write_bytes(b"")
    return path / "empty.csv"


def damaged(path):
    (path / "damaged.xlsx").write_bytes(b"PK\x03\x04" + b"\xff" * 500)
    return path / "damaged.xlsx"


UNREADABLE = pytest.mark.parametrize(
    "make", [missing, folder, binary, strange, empty, damaged], ids=lambda f: f.__name__
)


@UNREADABLE
def test_a_file_that_cannot_be_read_ends_in_2_with_a_sentence(provided, tmp_path, make):
    result = provided("import", make(tmp_path))
    assert result.exit_code == 2 and result.stderr.strip().endswith(".")


@UNREADABLE
def test_a_provider_file_that_cannot_be_read_ends_in_2_with_a_sentence(portal, tmp_path, make):
    result = portal("providers", make(tmp_path))
    assert result.exit_code == 2 and result.stderr.strip().endswith(".")


def test_the_sentence_about_an_unreadable_file_is_in_the_language_asked_for(provided, tmp_path):
    english, finnish = (provided("import", missing(tmp_path), "--lang", lang).stderr for lang in ("en", "fi"))
    assert english != finnish


def test_one_unreadable_file_among_several_does_not_stop_the_others(provided, tmp_path):
    good = write_json_lines(tmp_path / "good.jsonl", [A])
    result = provided("import", missing(tmp_path), good)
    assert result.exit_code == 2 and "good.jsonl: 1 new" in result.stdout


def test_an_unknown_provider_ends_in_1_with_a_sentence(send):
    result = send(A, options=("--provider", "nobody"))
    assert result.exit_code == 1 and "nobody" in result.stderr


def test_a_report_is_written_in_the_shape_of_the_format(send, tmp_path):
    send(A, FAULTY, options=("--report", tmp_path / "report.json"))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["offerings"] == {"new": 1, "changed": 0, "unchanged": 0, "left_out": 1}
    assert report["file"] == "file.jsonl"
    keys = {"severity", "row", "column", "value", "message", "remedy", "offering"}
    assert report["problems"] and all(set(problem) == keys for problem in report["problems"])


def test_a_report_that_cannot_be_written_is_told_with_a_sentence(send, tmp_path):
    result = send(A, options=("--report", tmp_path / "no" / "report.json"))
    assert result.exit_code == 1 and "report.json" in result.stderr


def test_a_report_of_several_files_holds_one_for_each(provided, tmp_path):
    files = [write_json_lines(tmp_path / f"{code}.jsonl", [offering_json(code=code)]) for code in "ab"]
    provided("import", *files, "--report", tmp_path / "report.json")
    reports = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [report["file"] for report in reports] == ["a.jsonl", "b.jsonl"]


def test_a_dry_run_leaves_the_catalogue_as_it_was(send, provided):
    result = send(A, options=("--dry-run",))
    assert result.exit_code == 0 and "1 new" in result.stdout
    assert json.loads(provided("search", "--json").stdout)["total"] == 0


def test_a_complete_file_withdraws_the_rest(send):
    send(A, B)
    assert "1 withdrawn" in send(A, options=("--complete",)).stdout


def test_many_problems_are_told_but_not_without_end(send):
    result = send(*(offering_json(code=f"{number}", ects="a lot") for number in range(300)))
    assert result.stderr.count("error:") == 200 and "100 more" in result.stderr


def test_a_search_answers_as_json(send, provided):
    send(A, B)
    answer = json.loads(provided("search", "tekoälyn", "--json", "--lang", "sv").stdout)
    assert answer["total"] == 2
    assert answer["items"][0] | {"title": "Grunderna i artificiell intelligens"} == answer["items"][0]
    assert set(answer["items"][0]) >= {"id", "title", "score"}


def test_a_search_takes_the_filters_of_the_search_page(send, provided):
    send(A, offering_json(provider="sivis", code="s", field="09"))
    answer = json.loads(provided("search", "--filter", "field=09", "--filter", "provider=sivis", "--json").stdout)
    assert [item["id"] for item in answer["items"]] == ["sivis-s"]


def test_a_search_with_a_wrong_filter_tells_so_and_goes_on(send, provided):
    send(A)
    result = provided("search", "--filter", "field=nonsense", "--filter", "nothing", "--json")
    assert result.exit_code == 0 and "nonsense" in result.stderr
    assert json.loads(result.stdout)["total"] == 1


def test_a_withdrawn_offering_is_gone_from_search(send, provided):
    send(A, B)
    assert provided("withdraw", "helsinki", "a").exit_code == 0
    assert [item["id"] for item in json.loads(provided("search", "--json").stdout)["items"]] == ["helsinki-b"]


def test_withdrawing_what_is_not_there_ends_in_1_with_a_sentence(provided):
    result = provided("withdraw", "helsinki", "none")
    assert result.exit_code == 1 and "none" in result.stderr


def test_the_index_can_be_brought_up_to_date_and_made_anew(send, provided):
    send(A)
    assert "0 written" in provided("index").stdout
    assert "1 written" in provided("index", "--rebuild").stdout


def test_check_tells_that_all_is_well(provided):
    result = provided("check", "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["ok"]) == (0, True)
    assert [set(check) for check in answer["checks"]] == [{"name", "ok", "detail"}] * len(answer["checks"])


def test_check_ends_in_1_when_something_is_wrong(portal):
    result = portal("check", "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["ok"]) == (1, False)
    assert {check["name"]: check["ok"] for check in answer["checks"]} == {
        "database": True,
        "index": False,
        "words": True,
    }


def test_check_is_readable_for_people_too(portal):
    result = portal("check")
    assert "FAIL index" in result.stdout and "ok   database" in result.stdout


def test_a_backup_brings_back_what_was_withdrawn(send, provided, tmp_path):
    send(A)
    assert provided("backup", tmp_path / "backup").exit_code == 0
    provided("withdraw", "helsinki", "a")
    assert provided("restore", tmp_path / "backup").exit_code == 0
    assert json.loads(provided("search", "--json").stdout)["total"] == 1


def test_a_backup_does_not_overwrite_and_says_so(provided, tmp_path):
    provided("backup", tmp_path / "backup")
    result = provided("backup", tmp_path / "backup")
    assert result.exit_code == 1 and "exists already" in result.stderr


@UNREADABLE
def test_what_is_no_backup_is_refused_with_a_sentence(provided, tmp_path, make):
    result = provided("restore", make(tmp_path))
    assert result.exit_code == 1 and result.stderr.strip().endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_DATABASE_URL", "nonsense"),
        ("PORTAL_SEARCH_URL", "solr:x"),
        ("PORTAL_DATA", "/dev/null/data"),
        ("PORTAL_TRUSTED_PROXIES", "x"),
        ("PORTAL_DATABASE_URL", "sqlite:////dev/null/x/portal.sqlite3"),
        ("PORTAL_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"),
    ],
)
def test_a_wrong_setting_ends_in_1_with_a_sentence(environment, portal, name, value):
    environment.setenv(name, value)
    result = portal("search", "x")
    assert result.exit_code == 1 and result.stderr.strip() and "Something broke" not in result.stderr


@pytest.mark.parametrize("secret", ["", "short"])
def test_the_site_does_not_start_without_a_secret(environment, portal, secret):
    environment.setenv("PORTAL_SECRET_KEY", secret)
    result = portal("serve")
    assert result.exit_code == 1 and "PORTAL_SECRET_KEY" in result.stderr


def test_a_demo_run_is_not_served_to_other_machines(portal):
    result = portal("serve", "--demo", "--host", "0.0.0.0")
    assert result.exit_code == 1 and "this machine only" in result.stderr


def test_the_examples_do_not_go_into_a_store_with_real_offerings(send, provided):
    send(A)
    result = provided("demo")
    assert result.exit_code == 1 and "not examples" in result.stderr


def test_every_command_stands_in_a_document_and_explains_itself(portal):
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    written = "\n".join(page.read_text(encoding="utf-8") for page in pages if page.exists())
    assert [name for name in main.commands if f"portal {name}" not in written] == []
    assert [name for name, command in main.commands.items() if not command.help] == []


def test_the_command_works_as_a_program(environment, settings):
    run = subprocess.run(
        [sys.executable, "-m", "portal", "import", "missing.jsonl"],
        capture_output=True, text=True, cwd=settings.data, timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert "missing.jsonl" in run.stderr and "Traceback" not in run.stderr


def test_demand_is_built_by_a_command_that_can_be_silent(portal):
    loud, quiet = portal("demand", "build"), portal("demand", "build", "--quiet")
    assert (loud.exit_code, quiet.exit_code) == (0, 0)
    assert "figures published" in loud.stdout and quiet.output == ""


def test_an_index_that_follows_stays(portal):
    command = [sys.executable, "-W", "ignore", "-m", "portal", "index", "--follow"]
    variables = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True) as follower:
        try:
            while "offerings (" not in (line := follower.stdout.readline()):
                assert line, "It ended by itself."
            with pytest.raises(subprocess.TimeoutExpired):
                follower.wait(2)
        finally:
            follower.kill()
