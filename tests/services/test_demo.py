"""The example catalogue: large and varied enough, always about to begin, never mixed with real offerings."""

import datetime as dt
import json

import pytest
from factories import make_offering, make_provider
from furnished import furnish

from portal import resources
from portal.bootstrap import build
from portal.config import Settings
from portal.ingest.checking import Checker
from portal.ingest.records import Record
from portal.model.criteria import evaluate
from portal.model.errors import PortalError
from portal.model.problem import Severity
from portal.search.memory_engine import MemoryEngine
from portal.services.clock import HELSINKI

FILES = sorted((resources.folder("catalog_data") / "offerings").glob("*.json"))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, clock):
    """A portal with the example catalogue, on 16 November 2026."""
    data = furnish(tmp_path_factory.mktemp("demo"))
    services = build(
        Settings(data, f"sqlite:///{data / 'portal.sqlite3'}", "whoosh:"), now=clock, engine=MemoryEngine()
    )
    services.demo.load()
    yield services
    services.database.close()


@pytest.fixture(scope="module")
def examples(loaded):
    return [entry.offering for entry in loaded.store.published()]


def test_there_are_at_least_200_examples_of_at_least_25_providers(examples):
    assert len(examples) >= 200
    assert len({offering.provider for offering in examples}) >= 25


def test_every_broad_field_has_examples(examples, codes):
    assert {codes.broad_field(offering.field) for offering in examples} == {f"{number:02}" for number in range(11)}


def test_every_example_is_marked_as_one(examples):
    assert all(offering.example for offering in examples)


def test_most_examples_are_written_in_two_languages_or_three(examples):
    assert sum(len(offering.title) >= 2 for offering in examples) >= 0.8 * len(examples)


def test_some_examples_miss_the_criteria_so_that_these_have_something_to_say(examples, loaded):
    providers = loaded.store.providers()
    without = sum(not evaluate(loaded.rules, o, providers[o.provider]).met for o in examples)
    assert 0.2 <= without / len(examples) <= 0.4


def test_modes_prices_and_target_groups_vary(examples):
    runs = [run for offering in examples for run in offering.runs]
    assert {run.mode for run in runs} >= {"online", "onsite", "blended"}
    assert {"free", "paid"} <= {"free" if o.price.is_free else "paid" for o in examples if o.price}
    assert len({group for offering in examples for group in offering.target_groups}) >= 8


def test_a_dialogue_facilitator_training_of_a_study_centre_is_among_them(examples, loaded):
    providers = loaded.store.providers()
    found = [
        offering
        for offering in examples
        if providers[offering.provider].type == "study_centre" and offering.ects and offering.ects.min * 10 == 15
    ]
    assert any(offering.koski and offering.grading == "pass_fail" for offering in found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_example_has_an_error_or_a_warning(path, codes, rules, loaded):
    checker = Checker(codes, loaded.store.providers(), rules)
    offerings = json.loads(path.read_text(encoding="utf-8"))["offerings"]
    checked = [checker.check(Record(f"[{number}]", offering)) for number, offering in enumerate(offerings)]
    problems = [problem for item in checked for problem in item.problems if problem.severity is not Severity.INFO]
    assert [(p.offering, p.column, p.message.in_english()) for p in problems] == []


def test_no_example_leads_to_an_address_outside_example_domains(examples):
    for offering in examples:
        for url in (offering.url, *(run.url for run in offering.runs)):
            assert url is None or "//example." in url or ".example." in url or ".example/" in url


@pytest.mark.parametrize("days", [1, 400])
def test_the_days_of_the_examples_move_with_today(settings, days):
    day = dt.datetime(2026, 11, 16, 1, 0, tzinfo=HELSINKI) + dt.timedelta(days)
    services = build(settings, now=lambda: day, engine=MemoryEngine())
    services.demo.load()
    content = json.loads(FILES[0].read_text(encoding="utf-8"))
    shift = day.date() - dt.date.fromisoformat(content["as_of"])
    sent = next(
        offering for offering in content["offerings"] if any("start" in run for run in offering.get("runs", []))
    )
    stored = services.store.find(services.store.codes(sent["provider"])[sent["code"]]).offering
    expected = [run.get("start") and dt.date.fromisoformat(run["start"]) + shift for run in sent["runs"]]
    assert [run.start for run in stored.runs] == expected
    services.database.close()


def test_many_examples_can_be_begun_or_enrolled_in_today(examples, today):
    assert sum(any(run.days.enrolment_is_open(today) for run in offering.runs) for offering in examples) >= 50


def test_examples_are_loaded_once(loaded):
    before = loaded.store.revision()
    assert loaded.demo.load() == 0
    assert loaded.store.revision() == before


@pytest.mark.parametrize("withdrawn", [False, True])
def test_examples_are_never_mixed_with_real_offerings(services, withdrawn):
    services.store.save_providers([make_provider()])
    services.store.save([(make_offering(), {})])
    if withdrawn:
        services.store.withdraw("helsinki", ["HY-TA-0101"])
    before = services.store.revision()
    with pytest.raises(PortalError, match="not examples"):
        services.demo.load()
    assert services.store.revision() == before


def test_a_withdrawn_example_is_still_an_example(services):
    services.store.save_providers([make_provider()])
    services.store.save([(make_offering(code=code, example=True), {}) for code in "ab"])
    services.store.withdraw("helsinki", ["a"])
    assert services.demo.load() == 0
