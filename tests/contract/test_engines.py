"""What every search engine promises; sets and counts are compared with brute force over the offerings themselves."""

import datetime as dt
import tempfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from brute_force import Question, expected_codes, expected_counts
from factories import make_entry, make_offering, make_provider
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.criteria import evaluate
from portal.search.analysis import query_forms
from portal.search.document import make_document
from portal.search.engine import IndexMissing, Position, Request
from portal.search.facets import FACETS
from portal.search.memory_engine import MemoryEngine
from portal.search.whoosh_engine import WhooshEngine

TODAY = dt.date(2026, 11, 16)
PROVIDERS = {
    "helsinki": make_provider(),
    "metropolia": make_provider(id="metropolia", type="uas", name={"fi": "Metropolia"}),
    "sivis": make_provider(id="sivis", type="study_centre", name={"fi": "Sivis"}),
}
SORTS = ("relevance", "start", "scope", "title", "new")
AT = Position("epoch", 1, "1")
ENGINES = {"whoosh": lambda folder: WhooshEngine(Path(folder)), "memory": lambda folder: MemoryEngine()}


@pytest.fixture(params=ENGINES, scope="session")
def kind(request):
    return request.param


@pytest.fixture
def engine(kind, tmp_path):
    return ENGINES[kind](tmp_path / "index")


@pytest.fixture(scope="session")
def document(codes, rules):
    """Makes the document of an offering; `created` in days after 1 January 2026."""

    def make(offering, created=0):
        provider = PROVIDERS[offering.provider]
        at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=created)
        pok = evaluate(rules, offering, provider).met
        return make_document(make_entry(offering, id=offering.code, created_at=at), provider, pok=pok, codes=codes)

    return make


def ids(result):
    return [id for id, _ in result.hits]


def search(engine, *words, **parts):
    words = tuple(query_forms(word) for word in words)
    return engine.search(Request(**{"today": TODAY, "words": words, "limit": 1000} | parts))


DAYS = st.integers(-400, 400).map(lambda days: (TODAY + dt.timedelta(days)).isoformat())
NEAR = st.sampled_from([-1, 0, 1, 29, 30, 31, 91, 92, 93, 181, 182]).map(
    lambda d: (TODAY + dt.timedelta(d)).isoformat()
)
PAST = st.integers(-400, -1).map(lambda days: (TODAY + dt.timedelta(days)).isoformat())
PRICES = st.sampled_from([None, {"amount": 0}, {"amount": 120}])
TONGUES = st.lists(st.sampled_from(["fi", "sv", "en", "de"]), max_size=2, unique=True)


@st.composite
def runs(draw, number, is_past):
    start, end = sorted((draw(PAST), draw(PAST)) if is_past else (draw(DAYS | NEAR), draw(DAYS | NEAR)))
    enrol_from, enrol_by = sorted((draw(DAYS | NEAR), draw(DAYS | NEAR)))
    run = {
        "id": str(number),
        "start": draw(st.sampled_from([start, None])),
        "end": end if is_past else draw(st.sampled_from([end, None])),
        "enrol_from": draw(st.sampled_from([enrol_from, None])),
        "enrol_by": draw(st.sampled_from([enrol_by, None])),
        "mode": draw(st.sampled_from(["online", "onsite", "blended", None])),
        "pace": draw(st.sampled_from(["scheduled", "self_paced", None])),
        "languages": draw(TONGUES),
        "municipality": draw(st.sampled_from(["091", "049", "837", None])),
        "region": draw(st.sampled_from(["02", "06", None])),
        "price": draw(PRICES),
    }
    return {key: value for key, value in run.items() if value is not None}


@st.composite
def catalogues(draw, most=40):
    catalogue = []
    for number in range(draw(st.integers(0, most))):
        scope = sorted(
            draw(st.lists(st.sampled_from([0, 0.5, 0.9, 1, 4.5, 5, 9.9, 10, 30, 59.5, 60, 90]), min_size=2, max_size=2))
        )
        is_past = draw(st.sampled_from([False, False, True]))
        catalogue.append(
            make_offering(
                code=f"code-{number:02}",
                provider=draw(st.sampled_from(sorted(PROVIDERS))),
                title={"fi": draw(st.sampled_from(["Kissa", "Koira", "Kissa ja koira", "Äiti", "Åbo", "Zeppeliini"]))},
                ects=draw(st.sampled_from([None, scope[0], {"min": scope[0], "max": scope[1]}])),
                field=draw(st.sampled_from(["06", "061", "0613", "0311", "12", None])),
                level=draw(st.sampled_from([5, 6, None])),
                languages=draw(TONGUES),
                certificate=draw(st.sampled_from([None, {"type": "digital", "shareable": True}])),
                koski=draw(st.booleans()),
                organisations=draw(st.sampled_from([None, {"available": True}, {"available": False}])),
                target_groups=draw(st.lists(st.sampled_from(["employed", "migrants"]), unique=True)),
                price=draw(PRICES),
                runs=[draw(runs(n, is_past)) for n in range(draw(st.integers(0, 4)))],
            )
        )
    return catalogue


VALUES = {
    "field": ["06", "061", "03", "10"],
    "scope": ["lt1", "1-4", "5-9", "10-29", "30-59", "60+"],
    "mode": ["online", "onsite", "blended"],
    "start": ["open", "1m", "3m", "6m", "any_time"],
    "language": ["fi", "sv", "en", "se"],
    "price": ["free", "paid"],
    "region": ["01", "02", "06", "21"],
    "provider": ["helsinki", "sivis"],
    "provider_type": ["university", "uas", "other"],
    "level": ["5", "6", "8"],
    "target_group": ["employed", "migrants", "other"],
    "pok": ["1"],
    "koski": ["1"],
    "organisations": ["1"],
}
FILTERS = st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True).flatmap(
    lambda names: st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=3, unique=True).map(tuple)
            for name in names
        }
    )
)
BOUNDS = st.none() | st.integers(0, 700).map(lambda tenths: Decimal(tenths) / 10)
QUESTIONS = st.builds(
    Question, st.sampled_from([TODAY, TODAY + dt.timedelta(45), TODAY - dt.timedelta(200)]), FILTERS, BOUNDS, BOUNDS
)


def test_the_brute_force_knows_every_facet():
    assert {facet.name for facet in FACETS} == set(VALUES)


@settings(max_examples=60)
@given(catalogue=catalogues(), questions=st.lists(QUESTIONS, min_size=1, max_size=6))
def test_what_is_found_and_every_count_are_those_of_brute_force(kind, document, rules, catalogue, questions):
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[kind](folder)
        engine.publish([document(offering) for offering in catalogue], (), AT, rebuild=True)
        for question in questions:
            bounds = {
                name: None if value is None else int(value * 10)
                for name, value in (("ects_min", question.ects_min), ("ects_max", question.ects_max))
            }
            result = search(engine, today=question.today, filters=question.filters, **bounds)
            expected = expected_codes(catalogue, PROVIDERS, rules, question)
            assert (set(ids(result)), result.total) == (expected, len(expected))
            counted = {name: counts for name, counts in result.facets.items() if counts}
            by_hand = expected_counts(catalogue, PROVIDERS, rules, question)
            assert counted == {name: counts for name, counts in by_hand.items() if counts}


@settings(max_examples=15)
@given(catalogue=catalogues(most=25), changed=catalogues(most=12), data=st.data())
def test_taking_in_changes_gives_the_same_as_making_the_index_anew(kind, document, catalogue, changed, data):
    gone = data.draw(st.sets(st.sampled_from([o.code for o in catalogue]))) if catalogue else set()
    gone -= {offering.code for offering in changed}
    final = {o.code: o for o in (*catalogue, *changed) if o.code not in gone}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        grown, anew = ENGINES[kind](one), ENGINES[kind](other)
        grown.publish([document(offering) for offering in catalogue], (), AT, rebuild=True)
        grown.publish([document(offering) for offering in changed], gone, AT, rebuild=False)
        anew.publish([document(offering) for offering in final.values()], (), AT, rebuild=True)
        assert grown.count() == anew.count() == len(final)
        for words, sort in (((), "start"), ((), "scope"), (("kissa",), "relevance"), (("koira",), "title")):
            assert search(grown, *words, sort=sort) == search(anew, *words, sort=sort)


@settings(max_examples=10)
@given(catalogue=catalogues(), size=st.integers(1, 11))
def test_pages_neither_overlap_nor_leave_gaps_in_any_order(kind, document, catalogue, size):
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[kind](folder)
        engine.publish([document(offering) for offering in catalogue], (), AT, rebuild=True)
        for sort in SORTS:
            whole = ids(search(engine, sort=sort))
            pages = [ids(search(engine, sort=sort, offset=n, limit=size)) for n in range(0, len(catalogue), size)]
            assert [id for page in pages for id in page] == whole
            assert sorted(whole) == [offering.code for offering in catalogue]


@settings(max_examples=15)
@given(catalogue=catalogues())
def test_both_engines_put_offerings_in_the_same_order(document, catalogue):
    with tempfile.TemporaryDirectory() as folder:
        one, other = (make(folder) for make in ENGINES.values())
        documents = [document(offering, number % 7) for number, offering in enumerate(catalogue)]
        one.publish(documents, (), AT, rebuild=True)
        other.publish(reversed(documents), (), AT, rebuild=True)
        for sort in SORTS:
            for language in ("fi", "en"):
                assert ids(search(one, sort=sort, language=language)) == ids(
                    search(other, sort=sort, language=language)
                )


@pytest.fixture
def filled(engine, document):
    """An engine with the given offerings, in the order of their creation."""

    def fill(*offerings):
        engine.publish([document(offering, day) for day, offering in enumerate(offerings)], (), AT, rebuild=True)
        return engine

    return fill


def test_an_engine_to_which_nothing_was_published_says_so(engine):
    with pytest.raises(IndexMissing):
        search(engine)
    assert (engine.position(), engine.generation(), engine.count()) == (None, "", 0)


def test_an_empty_catalogue_is_searched_and_nothing_found(filled):
    result = search(filled(), "kissa")
    assert (result.total, result.hits) == (0, ())


def test_the_position_is_kept_and_every_generation_has_its_own_name(filled, engine, document):
    filled(make_offering())
    first = engine.generation()
    engine.publish([document(make_offering(code="2"))], (), Position("epoch", 9, "2"), rebuild=False)
    assert engine.position() == Position("epoch", 9, "2")
    assert first and engine.generation() not in ("", first)


def test_removed_offerings_vanish_from_hits_and_counts(filled, engine):
    filled(make_offering(code="a"), make_offering(code="b"))
    engine.publish((), ["a"], Position("epoch", 2, "1"), rebuild=False)
    result = search(engine, "tekoälyn")
    assert (ids(result), result.facets["provider"], engine.count()) == (["b"], {"helsinki": 1}, 1)


def test_many_small_publications_keep_every_offering_and_its_score(filled, engine, document):
    filled(make_offering(code="00"))
    for number in range(1, 30):
        engine.publish([document(make_offering(code=f"{number:02}"))], (), Position("e", number, "1"), rebuild=False)
    result = search(engine, "tekoälyn")
    assert ids(result) == [f"{number:02}" for number in range(30)]
    assert len({score for _, score in result.hits}) == 1


def test_a_changed_offering_is_found_by_its_new_words_only(filled, engine, document):
    filled(make_offering(code="a", title={"fi": "Vanha"}))
    engine.publish([document(make_offering(code="a", title={"fi": "Uusi"}))], (), Position("e", 2, "1"), rebuild=False)
    assert (ids(search(engine, "vanha")), ids(search(engine, "uusi"))) == ([], ["a"])


OLD = {"id": "old", "end": "2026-11-15", "mode": "onsite", "languages": ["sv"]}
COMING = {"id": "new", "end": "2026-11-16", "mode": "online", "languages": ["fi"]}


def test_runs_that_have_ended_serve_filters_and_counts_only_when_all_have(filled):
    engine = filled(make_offering(code="both", runs=[OLD, COMING]), make_offering(code="old", runs=[OLD]))
    result = search(engine, filters={"mode": ("onsite",)})
    assert (ids(result), result.facets["mode"]) == (["old"], {"onsite": 1, "online": 1})


def test_what_a_run_has_must_hold_on_one_and_the_same_run(filled):
    engine = filled(make_offering(code="a", runs=[OLD | {"end": "2027-01-01"}, COMING]))
    assert ids(search(engine, filters={"mode": ("onsite",), "language": ("sv",)})) == ["a"]
    assert ids(search(engine, filters={"mode": ("onsite",), "language": ("fi",)})) == []


def test_all_words_must_be_found(filled):
    engine = filled(
        make_offering(code="a", title={"fi": "Kissa"}), make_offering(code="b", title={"fi": "Kissa, koira"})
    )
    assert ids(search(engine, "kissa", "koira")) == ["b"]


def test_a_word_without_forms_finds_nothing(filled):
    assert filled(make_offering()).search(Request(TODAY, words=({},))).total == 0


def test_a_word_in_the_title_weighs_more_than_in_the_description(filled):
    engine = filled(
        make_offering(code="a", title={"fi": "Muuta"}, description={"fi": "Kissa."}),
        make_offering(code="b", title={"fi": "Kissa"}, description={"fi": "Muuta."}),
    )
    assert ids(search(engine, "kissa")) == ["b", "a"]


def test_hits_of_a_search_have_falling_scores_above_zero(filled):
    engine = filled(*(make_offering(code=f"{n}", description={"fi": "kissa " + "koira " * n}) for n in range(9)))
    scores = [score for _, score in search(engine, "kissa").hits]
    assert len(scores) == 9 and all(one >= other > 0 for one, other in pairwise(scores))


def test_beyond_the_last_page_there_is_nothing_but_the_total_stays(filled):
    result = search(filled(make_offering()), offset=1000)
    assert (result.hits, result.total) == ((), 1)


@pytest.mark.parametrize(
    ("sort", "language", "expected"),
    [
        ("title", "fi", ["z", "a ring", "a dots"]),
        ("title", "en", ["a ring", "a dots", "z"]),
        ("scope", "fi", ["a dots", "z", "a ring"]),
        ("new", "fi", ["a dots", "a ring", "z"]),
        ("start", "fi", ["a ring", "a dots", "z"]),
        ("relevance", "fi", ["a ring", "a dots", "z"]),
    ],
)
def test_offerings_come_in_the_order_asked_for(filled, sort, language, expected):
    ended = {"id": "1", "start": "2026-01-01", "end": "2026-02-01"}
    engine = filled(
        make_offering(code="z", title={"fi": "Zorro"}, ects=5, runs=[ended]),
        make_offering(code="a ring", title={"fi": "Åbo"}, ects=None, runs=[ended, {"id": "2", "start": "2026-11-16"}]),
        make_offering(code="a dots", title={"fi": "Äiti"}, ects=0.5, runs=[{"id": "1", "pace": "self_paced"}]),
    )
    assert ids(search(engine, sort=sort, language=language)) == expected
