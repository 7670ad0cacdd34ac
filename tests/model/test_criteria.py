"""The POK criteria: what meets them, what misses them, and what a reader is told."""

import re

import pytest
from factories import make_offering, make_provider
from hypothesis import given, settings
from strategies import offerings

from portal.model.criteria import Check, evaluate
from portal.model.ects import Ects

UNIVERSITY = make_provider()
UAS = make_provider(type="uas")
STUDY_CENTRE = make_provider(type="study_centre")
OUTCOME = {"fi": "Osaat ohjata keskustelua."}


@pytest.fixture
def outcome(rules):
    """(status, reason) of one criterion, for an offering complete but for the given parts."""

    def look(criterion, provider=UNIVERSITY, **parts):
        checks = {check.criterion.id: check for check in evaluate(rules, make_offering(**parts), provider).checks}
        return checks[criterion].status, checks[criterion].reason

    return look


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (None, ("missing", "missing")),
        ([], ("missing", "missing")),
        ([{}], ("missing", "missing")),
        ([OUTCOME], ("met", "met_one")),
        (OUTCOME, ("met", "met_one")),
        ([OUTCOME, {"en": "You can lead a dialogue."}], ("met", "met")),
        ([{"fi": "x" * 20}], ("met", "met_one")),
        ([{"fi": "x" * 19}], ("missing", "too_short")),
        ([{"fi": "Lyhyt."}, OUTCOME], ("met", "met_one")),
        ([{"en": "Basics of artificial intelligence"}], ("missing", "too_short")),
        ([{"en": "BASICS OF ARTIFICIAL INTELLIGENCE."}], ("missing", "too_short")),
        ([{"fi": "Grunderna i artificiell intelligens"}], ("missing", "too_short")),
        ([{"en": "Basics of artificial intelligence", "fi": OUTCOME["fi"]}], ("met", "met_one")),
    ],
)
def test_one_learning_outcome_of_twenty_characters_that_is_not_the_title_is_enough(outcome, outcomes, expected):
    assert outcome("learning_outcomes", learning_outcomes=outcomes) == expected


@pytest.mark.parametrize("provider", [UNIVERSITY, UAS])
@pytest.mark.parametrize(
    ("ects", "hours", "expected"),
    [
        (None, None, ("missing", "missing")),
        (0, None, ("missing", "missing")),
        (None, 40, ("missing", "hours_only")),
        (0, 40, ("missing", "hours_only")),
        (1, None, ("met", "met")),
        (59, None, ("met", "met")),
        ({"min": 1, "max": 59}, None, ("met", "met")),
        (0.5, None, ("missing", "too_small")),
        (0.999, None, ("missing", "too_small")),
        (59.5, None, ("missing", "too_large")),
        (60, None, ("missing", "too_large")),
        ({"min": 50, "max": 60}, None, ("missing", "too_large")),
        ({"min": 0.5, "max": 5}, None, ("missing", "too_small")),
        ({"min": 0, "max": 5}, None, ("missing", "too_small")),
    ],
)
def test_in_higher_education_the_whole_scope_lies_in_1_to_59_credits(outcome, provider, ects, hours, expected):
    assert outcome("scope", provider, ects=ects, hours=hours) == expected


@pytest.mark.parametrize("type", ["study_centre", "folk_high_school", "adult_education_centre", "other"])
@pytest.mark.parametrize(
    ("ects", "hours", "expected"),
    [
        (1.5, None, ("met", "met_any")),
        (0.5, None, ("met", "met_any")),
        (80, None, ("met", "met_any")),
        (None, 40, ("met", "met_hours")),
        (0, 40, ("met", "met_hours")),
        (None, None, ("missing", "missing")),
        (0, 0, ("missing", "missing")),
    ],
)
def test_elsewhere_any_stated_scope_will_do_hours_too(outcome, type, ects, hours, expected):
    assert outcome("scope", make_provider(type=type), ects=ects, hours=hours) == expected


@pytest.mark.parametrize(
    ("assessment", "expected"),
    [
        (None, ("missing", "missing")),
        ({}, ("missing", "missing")),
        ({"methods": [], "supervision": "supervised_onsite"}, ("missing", "missing")),
        ({"methods": ["other"], "supervision": "supervised_onsite"}, ("missing", "only_other")),
        ({"methods": ["exam"]}, ("missing", "not_reliable")),
        ({"methods": ["exam"], "supervision": "none"}, ("missing", "not_reliable")),
        ({"methods": ["exam"], "supervision": "unsupervised"}, ("met", "met")),
        ({"methods": ["exam"], "supervision": "supervised_online"}, ("met", "met")),
        ({"methods": ["exam", "other"], "supervision": "supervised_onsite"}, ("met", "met")),
        ({"methods": ["oral"], "description": {"sv": "Samtal med läraren"}}, ("met", "met")),
        ({"methods": ["oral"], "supervision": "none", "description": {"sv": "Samtal"}}, ("met", "met")),
    ],
)
def test_assessment_needs_a_real_method_and_how_it_is_carried_out(outcome, assessment, expected):
    assert outcome("assessment", assessment=assessment) == expected


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        (None, ("missing", "missing")),
        ({}, ("missing", "missing")),
        ({"shareable": True}, ("missing", "missing")),
        ({"type": "none", "shareable": True}, ("missing", "no_certificate")),
        ({"type": "paper", "shareable": True}, ("missing", "paper")),
        ({"type": "digital"}, ("missing", "not_shareable")),
        ({"type": "digital", "shareable": False}, ("missing", "not_shareable")),
        ({"type": "digital", "shareable": True}, ("met", "met")),
    ],
)
def test_only_a_digital_certificate_that_can_be_shared_counts(outcome, certificate, expected):
    assert outcome("certificate", certificate=certificate) == expected


@pytest.mark.parametrize(
    ("provider", "quality", "expected"),
    [
        (UNIVERSITY, None, ("missing", "missing")),
        (UAS, {}, ("missing", "missing")),
        (UNIVERSITY, {"url": "https://example.org/laatu"}, ("met", "met")),
        (UAS, {"description": {"fi": "Auditoitu"}}, ("met", "met")),
        (STUDY_CENTRE, None, ("not_applicable", "not_applicable")),
        (STUDY_CENTRE, {"description": {"fi": "Itsearviointi"}}, ("not_applicable", "stated_anyway")),
    ],
)
def test_quality_assurance_is_required_of_higher_education_only(outcome, provider, quality, expected):
    assert outcome("quality_assurance", provider, quality_assurance=quality) == expected


def test_an_offering_that_meets_all_five_criteria_gets_the_badge(rules):
    result = evaluate(rules, make_offering(), UNIVERSITY)
    assert (result.met, result.met_count, result.applicable) == (True, 5, 5)


def test_a_study_centre_gets_the_badge_by_the_four_criteria_that_apply(rules):
    result = evaluate(rules, make_offering(ects=1.5, quality_assurance=None), STUDY_CENTRE)
    assert (result.met, result.met_count, result.applicable) == (True, 4, 4)


@pytest.mark.parametrize(
    "parts",
    [
        {"learning_outcomes": None},
        {"ects": 60},
        {"ects": 0.5},
        {"assessment": None},
        {"certificate": {"type": "paper"}},
        {"quality_assurance": None},
    ],
)
def test_one_missing_criterion_takes_the_badge_away(rules, parts):
    result = evaluate(rules, make_offering(**parts), UNIVERSITY)
    assert (result.met, result.met_count) == (False, 4)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_reason_has_a_sentence_of_its_own_in_every_language(rules, language):
    for criterion in rules.criteria:
        sentences = [reason[language] for reason in criterion.reasons.values()]
        assert len(set(sentences)) == len(sentences)
        assert criterion.title[language]


def test_a_reason_has_the_same_values_in_it_in_every_language(rules):
    for criterion in rules.criteria:
        for name, reason in criterion.reasons.items():
            places = {language: set(re.findall(r"{\w+}", text)) for language, text in reason.items()}
            assert len({frozenset(found) for found in places.values()}) == 1, f"{criterion.id}.{name}: {places}"


@settings(max_examples=150)
@given(offering=offerings(max_runs=0))
def test_every_outcome_is_explained_in_every_language_without_braces_left(rules, offering):
    for provider in (UNIVERSITY, STUDY_CENTRE):
        for check in evaluate(rules, offering, provider).checks:
            for language in ("fi", "sv", "en"):
                told = check.explain(language)
                assert told and not re.search(r"[{}]|None|min=|max=", told)


@pytest.mark.parametrize(
    ("ects", "language", "written"),
    [
        ({"min": 2, "max": 2}, "fi", "2 op"),
        ({"min": "1.5", "max": "1.5"}, "fi", "1,5 op"),
        ({"min": "1.5", "max": "1.5"}, "sv", "1,5 sp"),
        ({"min": "1.5", "max": "1.5"}, "en", "1.5 ECTS"),
        ({"min": "50", "max": "60"}, "fi", "50–60 op"),
    ],
)
def test_numbers_in_reasons_are_written_as_the_language_writes_them(rules, ects, language, written):
    scope = next(criterion for criterion in rules.criteria if criterion.id == "scope")
    assert written in Check(scope, "met", "met_any", {"scope": Ects(**ects)}).explain(language)


def test_sixty_credits_are_explained_with_both_numbers(rules):
    checks = evaluate(rules, make_offering(ects=60), UNIVERSITY).checks
    told = next(check.explain("en") for check in checks if check.status == "missing")
    assert "60" in told and "59" in told
