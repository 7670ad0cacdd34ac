"""Searching: what a visitor is shown comes from the store, and never from a stale index."""

import shutil
import time

import pytest
from factories import make_offering, make_provider, make_run

from portal.model.query import SearchQuery


def save(services, *offerings, detected=None):
    services.store.save([(offering, detected or {}) for offering in offerings])


@pytest.fixture
def find(stocked):
    def act(text="", **parts):
        labels = stocked.searching.labels("fi", str)
        return stocked.searching.find(SearchQuery(text=text, **parts), labels)

    return act


@pytest.fixture
def indexed(stocked):
    """Three offerings, in the store and in the index."""
    save(
        stocked,
        make_offering(code="1"),
        make_offering(code="2", provider="sivis", title={"sv": "Samtalsledare"}, field="0923", runs=[make_run()]),
        make_offering(code="3", provider="aalto", title={"en": "C++ for engineers"}, ects=60),
    )
    stocked.indexer.bring_up_to_date()
    return stocked


def ids(answer):
    return [hit.shown.id for hit in answer.hits]


def counts(answer, name):
    facet = next(facet for facet in answer.facets if facet.facet.name == name)
    return {value.value: value.count for value in facet.values if value.count}


def test_a_search_finds_offerings_by_their_words(indexed, find):
    answer = find("samtalsledare")
    assert (ids(answer), answer.total, answer.degraded, answer.notices) == (["sivis-2"], 1, False, ())
    assert answer.hits[0].score > 0


def test_without_words_everything_is_found(indexed, find):
    assert sorted(ids(find())) == ["aalto-3", "helsinki-1", "sivis-2"]


@pytest.mark.parametrize("signs", ["???", "!", "…", "--- ///", "\u200b"])
def test_signs_alone_find_nothing(indexed, find, signs):
    assert (find(signs).total, ids(find(signs))) == (0, [])


@pytest.mark.parametrize(
    "text", ["NOT NOT x", "a AND (b OR", "title:*", "x" * 200, 'a" OR ""', "ANDMAYBE " * 17, "[1 TO 5]"]
)
def test_the_language_of_query_parsers_means_nothing(indexed, find, text):
    assert find(text).total == 0


def test_a_search_by_a_name_of_the_provider_or_the_code_finds_its_offerings(indexed, find):
    assert ids(find("sivis")) == ids(find("Opintokeskus Sivis")) == ids(find("studiecentralen sivis")) == ["sivis-2"]
    save(indexed, make_offering(code="HY-TA-0101"))
    indexed.indexer.bring_up_to_date()
    assert ids(find("hy-ta-0101")) == ["helsinki-hy-ta-0101"]


def test_of_more_than_ten_words_the_first_ten_count_and_that_is_told(indexed, find):
    answer = find(
        " ".join(["samtalsledare", *(f"sivis{'' if n == 0 else n}" for n in range(1)), *map(str, range(90, 110))])
    )
    assert len(answer.plan.words) == 10 and len(answer.notices) == 1


def test_filters_and_their_counts_go_through_to_the_engine(indexed, find):
    answer = find(filters={"provider_type": ("university",)})
    assert sorted(ids(answer)) == ["aalto-3", "helsinki-1"]
    assert counts(answer, "provider_type") == {"university": 2, "study_centre": 1}
    assert counts(answer, "pok") == {"1": 1}


def test_a_chosen_value_that_finds_nothing_is_still_shown_as_chosen(indexed, find):
    answer = find(filters={"region": ("21",)})
    region = next(facet for facet in answer.facets if facet.facet.name == "region")
    assert [(value.value, value.count, value.chosen) for value in region.values] == [("21", 0, True)]


def test_every_value_of_a_facet_has_a_label(indexed, find):
    values = [value for facet in find().facets for value in facet.values if value.count]
    assert {value.value for value in values if value.label in ("", value.value)} <= {"free"}  # the same word in English


def test_pages_have_the_size_asked_for_and_are_counted(indexed, find):
    first, second = find(size=2), find(size=2, page=2)
    assert (len(first.hits), len(second.hits), first.pages) == (2, 1, 2)
    assert set(ids(first)) | set(ids(second)) == {"aalto-3", "helsinki-1", "sivis-2"}


def test_a_withdrawn_offering_is_never_shown_from_a_stale_index(indexed, find):
    indexed.store.withdraw("sivis", ["2"])
    assert "sivis-2" not in ids(find()) and ids(find("samtalsledare")) == []


def test_a_changed_offering_is_shown_as_the_store_has_it(indexed, find):
    save(indexed, make_offering(code="1", title={"fi": "Uusi nimi"}))
    assert find("tekoälyn").hits[0].shown.offering.title == {"fi": "Uusi nimi"}


def test_texts_are_shown_under_their_real_language(stocked, find):
    save(stocked, make_offering(code="1", summary={"sv": "In English."}), detected={"summary.sv": "en"})
    stocked.indexer.bring_up_to_date()
    assert find().hits[0].shown.offering.summary == {"en": "In English."}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", {}),
        ("samtalsledare", {}),
        ("???", {}),
        ("", {"filters": {"provider_type": ("university",)}}),
        ("", {"filters": {"mode": ("online",), "start": ("open",)}}),
        ("", {"ects_min": 3}),
    ],
)
def test_without_an_index_the_store_answers_with_the_same_set_and_says_so(indexed, settings, find, text, parts):
    whole = find(text, **parts)
    shutil.rmtree(settings.data / "index")
    answer = find(text, **parts)
    assert answer.degraded and len(answer.notices) == 1
    assert (set(ids(answer)), answer.total) == (set(ids(whole)), whole.total)
    assert [counts(answer, f.facet.name) for f in answer.facets] == [counts(whole, f.facet.name) for f in whole.facets]


def test_without_the_index_of_a_large_catalogue_words_are_found_as_typed_and_that_is_told(
    indexed, settings, find, monkeypatch
):
    monkeypatch.setattr("portal.services.searching._MOST_STOOD_IN", 0)
    shutil.rmtree(settings.data / "index")
    answer = find("samtalsledare")
    assert answer.degraded and "filters do not work" in answer.notices[0].in_english()
    assert answer.total == len(answer.hits) == 1 and answer.facets == ()
    assert find("").total == 3 and find("???").total == 0 and find("kumpikaan 100%_").total == 0


def test_without_an_index_changes_of_the_store_are_found_at_once(stocked, find):
    assert find().total == 0
    save(stocked, make_offering(code="9"))
    assert ids(find()) == ["helsinki-9"]
    stocked.store.withdraw("helsinki", ["9"])
    assert find().total == 0


@pytest.mark.parametrize("bound", ["4.95", "4.96", "0.05"])
def test_bounds_finer_than_a_tenth_let_no_offering_through_that_lies_outside(stocked, find, bound):
    from decimal import Decimal

    save(stocked, make_offering(code="below", ects="4.9"), make_offering(code="tiny", ects="0.04"))
    stocked.indexer.bring_up_to_date()
    found = ids(find(ects_min=Decimal(bound)))
    assert all(float(stocked.store.find(id).offering.ects.max) >= float(bound) for id in found)


@pytest.fixture
def shop(stocked):
    """Offerings of three topics, in different fields, modes and scopes."""
    save(
        stocked,
        make_offering(
            code="1", title={"fi": "Tietosuoja työssä"}, ects=5, field="0612", runs=[make_run(mode="online")]
        ),
        make_offering(code="2", title={"sv": "Dataskydd"}, ects=2, field="0421", runs=[make_run(mode="onsite")]),
        make_offering(code="3", title={"fi": "Hitsaus"}, description=None, learning_outcomes=[], ects=5, field="0715"),
        make_offering(code="4", provider="sivis", title={"fi": "Potilasturvallisuus"}, ects=1, field="0913"),
    )
    stocked.indexer.bring_up_to_date()
    return stocked


def test_what_only_comes_near_is_told_apart_from_the_hits(shop, find):
    answer = find("tietosuoja hitsaus")
    assert (ids(answer), answer.total) == ([], 0)
    assert {hit.shown.id for hit in answer.related} == {"helsinki-1", "helsinki-2", "helsinki-3"}


def test_what_comes_near_is_shown_as_the_store_has_it_and_never_when_withdrawn(shop, find):
    shop.store.withdraw("helsinki", ["1"])
    assert {hit.shown.id for hit in find("tietosuoja hitsaus").related} == {"helsinki-2", "helsinki-3"}


def test_credits_in_the_words_bound_the_hits(shop, find):
    answer = find("5 op tietosuoja")
    assert ids(answer) == ["helsinki-1"] and "helsinki-2" in [hit.shown.id for hit in answer.related]


def test_credits_alone_find_all_of_that_scope(shop, find):
    assert set(ids(find("5 op"))) == {"helsinki-1", "helsinki-3"}


def test_a_literal_search_finds_the_words_as_typed_only(shop, find):
    assert ids(find("tietosuoja", literal=True)) == ["helsinki-1"]
    assert set(ids(find("tietosuoja"))) == {"helsinki-1", "helsinki-2"}


def test_a_slip_finds_what_was_meant_and_says_so(shop, find):
    answer = find("hitsuas")
    assert (ids(answer), answer.plan.did_you_mean) == (["helsinki-3"], "hitsaus")


WIDER = [
    ({"text": "tietosuoja", "filters": {"mode": ("blended",)}}, {("without", "mode", "blended"): 2}),
    ({"text": "tietosuoja", "filters": {"mode": ("onsite",), "scope": ("5-9",)}},
     {("without", "mode", "onsite"): 1, ("without", "scope", "5-9"): 1, ("unfiltered", "", ""): 2}),
    ({"text": "tietosuoja", "filters": {"field": ("061",), "mode": ("onsite",)}},
     {("without", "field", "061"): 1, ("without", "mode", "onsite"): 1, ("unfiltered", "", ""): 2}),
    ({"text": "tietosuoja", "filters": {"field": ("062",)}}, {("without", "field", "062"): 2, ("broader", "field", "06"): 1}),
    ({"text": "tietosuoja", "ects_min": 30}, {("without", "ects_min", ""): 2}),
    ({"text": "tietosuoja", "ects_min": 30, "ects_max": 40}, {("without", "ects_min", ""): 2, ("unfiltered", "", ""): 2}),
    ({"text": "tietosuoja", "ects_min": 30, "filters": {"mode": ("blended",)}, "literal": True}, {("unfiltered", "", ""): 1}),
    ({"text": "zyxwqv", "filters": {"mode": ("online",)}}, {}),
    ({"text": "zyxwqv"}, {}),
    ({"filters": {"mode": ("blended",), "koski": ("1",)}}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), WIDER)
def test_wider_searches_are_those_that_would_find_something(shop, asked, expected):
    wider = shop.searching.wider(SearchQuery(**asked))
    assert {(item.kind, item.name, item.value): item.count for item in wider} == expected


@pytest.mark.parametrize("asked", [asked for asked, expected in WIDER if expected])
def test_a_wider_search_finds_as_many_as_it_promises(shop, find, asked):
    for item in shop.searching.wider(SearchQuery(**asked)):
        parts = {name: getattr(item.query, name) for name in ("filters", "ects_min", "ects_max", "literal")}
        assert find(item.query.text, **parts).total == item.count > 0


def test_wider_searches_keep_what_is_not_taken_back(shop):
    query = SearchQuery("tietosuoja", {"mode": ("onsite",), "scope": ("5-9",)}, sort="title", page=3, literal=True)
    without = next(item.query for item in shop.searching.wider(query) if item.name == "mode")
    assert (without.text, without.filters, without.sort, without.page) == (
        "tietosuoja",
        {"scope": ("5-9",)},
        "title",
        1,
    )


def test_a_new_name_of_a_provider_is_understood_without_a_restart(shop, find):
    assert find("stadin opinahjo").total == 0
    shop.store.save_providers([make_provider(name={"fi": "Stadin opinahjo"})])
    deadline = time.monotonic() + 30  # long, for a busy machine
    while not find("stadin opinahjo").total and time.monotonic() < deadline:
        time.sleep(0.05)
    assert find("stadin opinahjo").total == 3
