"""What a provider is promised about the check of each offering."""

from decimal import Decimal

import pytest
from codes_for_tests import CODES, CRITERIA, PROVIDERS, RULES
from records_for_tests import check, errors, offering, run, told, warnings

from portal.ingest.checking import Checker
from portal.ingest.pok_reasons import _REASONS
from portal.ingest.records import Record
from portal.model.criteria import _CHECKS
from portal.model.problem import Severity

ENGLISH = "This course gives a thorough introduction to machine learning and to its use in working life."
FINNISH = "Opintojaksolla perehdytään koneoppimisen perusteisiin ja sen käyttöön työelämässä monipuolisesti."


def test_a_valid_offering_goes_in_without_errors_and_warnings():
    checked = check()
    assert (checked.offering.code, errors(checked), warnings(checked)) == ("A-1", [], [])
    assert checked.identity == "aalto/A-1"


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"provider": None}, "provider"),
        ({"provider": "nobody"}, "provider"),
        ({"provider": 5}, "provider"),
        ({"provider": ["aalto"]}, "provider"),
        ({"code": None}, "code"),
        ({"code": True}, "code"),
        ({"title": None}, "title"),
        ({"title": {"fi": " "}}, "title"),
        ({"title": "Tekoäly"}, "title"),
        ({"title": {"FI": "Tekoäly", "fi": "Tekoäly"}}, "title.FI"),
        ({"ects": "paljon"}, "ects"),
        ({"ects": -1}, "ects"),
        ({"ects": {"min": 5, "max": 2}}, "ects"),
        ({"ects": {"min": 5}}, "ects.max"),
        ({"hours": float("nan")}, "hours"),
        ({"level": 9}, "level"),
        ({"level": Decimal("1e999999")}, "level"),
        ({"field": "6"}, "field"),
        ({"languages": ["fin"]}, "languages[0]"),
        ({"languages": "fi"}, "languages"),
        ({"assessment": {"methods": ["magic"]}}, "assessment.methods[0]"),
        ({"certificate": []}, "certificate"),
        ({"koski": "maybe"}, "koski"),
        ({"grading": "stars"}, "grading"),
        ({"price": {"amount": -1}}, "price.amount"),
        ({"price": {"amount": 1, "currency": "euro"}}, "price.currency"),
        ({"summary": {"fi": "x" * 100_001}}, "summary.fi"),
        ({"runs": ["spring"]}, "runs[0]"),
        ({"runs": [run(id=None)]}, "runs[0].id"),
        ({"runs": [run(start="2027-02-30")]}, "runs[0].start"),
        ({"runs": [run(start="12.1.2027")]}, "runs[0].start"),
        ({"runs": [run(start="0027-01-12")]}, "runs[0].start"),
        ({"runs": [run(end="2026-12-31")]}, "runs[0].end"),
        ({"runs": [run(seats=1.5)]}, "runs[0].seats"),
        ({"runs": [run(municipality="49")]}, "runs[0].municipality"),
    ],
)
def test_a_wrong_value_leaves_the_offering_out_and_is_told_at_its_key(changes, column):
    checked = check(**changes)
    assert (checked.offering, errors(checked)) == (None, [column])


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"url": "http://example.org"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"contact": {"name": "A", "email": "a b"}}, "contact.email"),
        ({"contact": {"url": 5}}, "contact.url"),
        ({"quality_assurance": {"url": "ftp://example.org"}}, "quality_assurance.url"),
        ({"organisations": {"contact": "phone"}}, "organisations.contact"),
        ({"stackable": {"part_of": [{"title": {"fi": "Iso"}, "url": "x"}]}}, "stackable.part_of[0].url"),
        ({"skills": ["x"]}, "skills[0]"),
        ({"runs": [run(url="x")]}, "runs[0].url"),
    ],
)
def test_a_decoration_that_cannot_be_used_is_left_out_and_the_offering_goes_in(changes, column):
    checked = check(**changes)
    assert (errors(checked), warnings(checked)) == ([], [column])
    assert checked.offering is not None


def test_of_several_skills_only_the_unusable_are_left_out():
    good = ["http://data.europa.eu/esco/skill/1", "http://www.yso.fi/onto/yso/p1"]
    assert check(skills=["x", good[0], "y", good[1]]).offering.skills == tuple(good)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"field": "99"}, "field"),
        ({"languages": ["xx"]}, "languages[0]"),
        ({"title": {"xx": "T"}}, "title.xx"),
        ({"partners": ["nobody"]}, "partners[0]"),
        ({"runs": [run(municipality="999")]}, "runs[0].municipality"),
        ({"runs": [run(region="99")]}, "runs[0].region"),
    ],
)
def test_an_unknown_code_of_an_open_list_is_kept_with_a_warning(changes, column):
    checked = check(**changes)
    assert warnings(checked) == [column]
    (key,) = changes
    assert checked.offering.to_json()[key] == changes[key]


def test_a_municipality_outside_the_stated_region_is_told():
    assert warnings(check(runs=[run(municipality="091", region="02")])) == ["runs[0].region"]


def test_a_detailed_field_of_a_known_narrow_field_is_known():
    assert warnings(check(field="0613")) == []


def test_unknown_keys_are_told_at_every_depth():
    found = warnings(check(extra=1, contact={"name": "A", "fax": "1"}, runs=[run(room="B")]))
    assert found == ["extra", "contact.fax", "runs[0].room"]


def test_every_wrong_value_is_told_and_not_only_the_first_layer():
    checked = check(
        title={"fi": ""}, ects="x", runs=[run(start="x"), run(id="r2", end="2026-01-01"), run(id="r3", seats=-1)]
    )
    assert set(errors(checked)) == {"title", "ects", "runs[0].start", "runs[1].end", "runs[2].seats"}


def test_every_problem_says_the_value_and_how_to_mend_it():
    (problem,) = told(check(runs=[run(mode="tele" * 50)]), Severity.ERROR)
    assert problem.value.startswith("teletele") and len(problem.value) == 80
    assert problem.remedy.in_english() == "Write one of these: online, onsite, blended."
    assert problem.offering == "aalto/A-1"


def test_no_sentence_of_the_validation_library_reaches_the_report():
    checked = check(code=[], title=5, ects=[], hours="x", runs={}, price=1, koski=[], keywords=["x", 5], contact="a")
    sentences = {problem.message.in_english() for problem in checked.problems}
    assert len(errors(checked)) >= 7
    assert not any("Input should" in sentence or "valid" in sentence for sentence in sentences)


def test_a_bare_text_is_taken_in_the_language_of_the_title():
    checked = check(title={"sv": "AI"}, summary="Kort", learning_outcomes=["Ett", {"fi": "Kaksi"}])
    assert checked.offering.summary == {"sv": "Kort"}
    assert checked.offering.learning_outcomes == ({"sv": "Ett"}, {"fi": "Kaksi"})
    assert warnings(checked) == ["summary", "learning_outcomes[0]"]


def test_nulls_and_blank_texts_say_nothing():
    assert check(url="", level=None, summary={"fi": None}, runs=[run(end="")]).offering == check(runs=[run()]).offering


def test_control_characters_and_half_surrogates_are_removed_with_a_warning():
    checked = check(title={"fi": "Teko\0äly\ud800"})
    assert (checked.offering.title, warnings(checked)) == ({"fi": "Tekoäly"}, ["title.fi"])


def test_a_report_can_always_be_written_in_utf8():
    checked = check(**{"ke\ud800y": "\ud800", "code": "\ud800", "field": "\ud800\0"})
    for problem in checked.problems:
        f"{problem.column}{problem.value}{problem.offering}{problem.message.values}".encode()
    assert set(errors(checked)) == {"code", "field"}


def test_credits_are_exact():
    assert check(ects=Decimal("1.1")).offering.ects.min == Decimal("1.1")


def test_a_text_that_reads_like_another_language_is_told_and_kept():
    checked = check(description={"sv": ENGLISH, "fi": FINNISH})
    assert warnings(checked) == ["description.sv"]
    assert checked.detected == {"description.sv": "en", "description.fi": "fi"}
    assert checked.offering.description["sv"] == ENGLISH


def test_a_copied_text_is_told_once_and_does_not_count_as_a_translation():
    checked = check(description={"fi": FINNISH, "sv": FINNISH})
    copied = [problem for problem in checked.problems if "copied" in problem.message.text]
    assert len(copied) == 1 and copied[0].message.values == {"languages": "fi, sv"}


def test_short_texts_may_be_the_same_in_two_languages():
    assert warnings(check(summary={"fi": "Python 3", "sv": "Python 3"})) == []


def test_what_the_criteria_miss_is_information_and_the_offering_goes_in():
    checked = check()
    columns = [problem.column for problem in told(checked, Severity.INFO)]
    assert columns == ["learning_outcomes", "ects", "assessment", "certificate", "quality_assurance"]
    assert checked.offering is not None


def test_every_criterion_has_a_sentence_of_its_own():
    assert set(_REASONS) == set(CRITERIA) == set(_CHECKS)


def test_an_identical_run_is_kept_once_with_a_warning():
    checked = check(runs=[run(), run()])
    assert (len(checked.offering.runs), warnings(checked)) == (1, ["runs[1].id"])


def test_two_different_runs_with_one_id_are_an_error():
    checked = check(runs=[run(), run(seats=5)])
    assert (checked.offering, errors(checked)) == (None, ["runs[1].id"])


def test_wrong_runs_are_not_also_called_repetitions():
    assert errors(check(runs=[run(id=None), run(id=None, seats=3)])) == ["runs[0].id", "runs[1].id"]


def _second(**changes):
    checker = Checker(CODES, PROVIDERS, RULES)
    assert checker.check(Record(1, offering())).offering is not None
    return checker.check(Record(2, offering(**changes)))


def test_an_offering_repeated_exactly_is_counted_once():
    again = _second()
    assert (again.offering, errors(again), warnings(again)) == (None, [], ["code"])


def test_a_different_offering_with_the_same_code_is_left_out_and_the_first_stays():
    again = _second(title={"fi": "Muu"})
    assert (again.offering, errors(again)) == (None, ["code"])


def test_another_provider_may_use_the_same_code():
    assert _second(provider="sivis").offering is not None


def test_the_provider_of_the_upload_fills_a_missing_one():
    assert check(provider=None, default_provider="sivis").offering.provider == "sivis"


def test_an_offering_of_another_provider_than_the_upload_is_left_out():
    checked = check(provider="helsinki", default_provider="sivis")
    assert (checked.offering, errors(checked)) == (None, ["provider"])


def test_the_identity_is_the_whole_code_as_it_is_kept():
    code = "A  " + "b" * 150
    checked = check(code=f" {code} ")
    assert checked.identity == f"aalto/{checked.offering.code}" == f"aalto/{code}"
