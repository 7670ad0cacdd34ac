"""Suggestions while someone types: what they begin to name is offered, whatever little slips they make."""

import pytest
from factories import make_offering, make_provider
from furnished import furnish
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.bootstrap import build
from portal.config import Settings
from portal.model.query import SearchQuery

PROVIDERS = [
    make_provider(abbreviations=["HY"]),
    make_provider(id="abo", name={"sv": "Åbo Akademi", "en": "Åbo Akademi University"}, abbreviations=["ÅA"]),
    make_provider(id="sivis", type="study_centre", name={"fi": "Opintokeskus Sivis"}, abbreviations=["Sivis"]),
]
PLAIN = {"description": None, "learning_outcomes": []}
OFFERINGS = [
    make_offering(code="1", **PLAIN),
    make_offering(code="2", title={"fi": "Tietosuoja arjessa", "sv": "Dataskydd i vardagen", "en": "Everyday data protection"}, **PLAIN),
    make_offering(code="3", title={"sv": "Hållbarhet i byggandet"}, provider="abo", **PLAIN),
    make_offering(code="4", title={"en": "Leadership for engineers"}, provider="abo", **PLAIN),
    make_offering(code="5", title={"fi": "Ohjelmointi C++-kielellä"}, provider="sivis", **PLAIN),
    make_offering(code="gone", title={"fi": "Mehiläistarhaus"}, provider="sivis", **PLAIN),
    *(make_offering(code=f"more-{n}", title={"fi": f"Työhyvinvointi {n}"}, provider="sivis", **PLAIN) for n in range(9)),
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory, clock):
    data = furnish(tmp_path_factory.mktemp("suggesting"))
    url = f"sqlite:///{data / 'portal.sqlite3'}"
    services = build(Settings(data, url, f"whoosh:{data / 'index'}"), now=clock)
    services.store.save_providers(PROVIDERS)
    services.store.save([(offering, {}) for offering in OFFERINGS])
    services.indexer.bring_up_to_date()
    services.store.withdraw("sivis", ["gone"])
    yield services
    services.database.close()


@pytest.fixture(scope="module")
def suggest(shop):
    """What is offered: kind and label."""

    def act(text, language="fi"):
        found = shop.suggesting.suggest(text, shop.searching.labels(language, str))
        return [(suggestion.kind, suggestion.label) for suggestion in found]

    return act


@pytest.mark.parametrize(
    ("typed", "language", "kind", "label"),
    [
        ("tek", "fi", "offering", "Tekoälyn perusteet"),
        ("Tekoälyn per", "fi", "offering", "Tekoälyn perusteet"),
        ("tekoäly", "sv", "offering", "Grunderna i artificiell intelligens"),
        ("grund", "fi", "offering", "Tekoälyn perusteet"),
        ("c+", "fi", "offering", "Ohjelmointi C++-kielellä"),
        ("tietosuoja ar", "fi", "offering", "Tietosuoja arjessa"),
        ("teko", "fi", "concept", "tekoäly"),
        ("data pro", "en", "concept", "data protection"),
        ("datas", "sv", "concept", "dataskydd"),
        ("tietojenk", "fi", "field", "Tietojenkäsittely ja tietoliikenne"),
        ("hels", "fi", "provider", "Helsingin yliopisto"),
        ("helsingin yl", "fi", "provider", "Helsingin yliopisto"),
        ("hy", "en", "provider", "University of Helsinki"),
        ("siv", "fi", "provider", "Opintokeskus Sivis"),
        ("åb", "sv", "provider", "Åbo Akademi"),
        ("abo ak", "sv", "provider", "Åbo Akademi"),
    ],
)
def test_what_someone_begins_to_name_is_offered(suggest, codes, typed, language, kind, label):
    label = codes.label("fields", "06", language) if kind == "field" else label
    assert (kind, label) in suggest(typed, language)


@pytest.mark.parametrize(
    ("typed", "language", "kind", "label"),
    [
        ("tekoäyl", "fi", "concept", "tekoäly"),
        ("tekkoäl", "fi", "concept", "tekoäly"),
        ("tietsuo", "fi", "concept", "tietosuoja"),
        ("tietpsuo", "fi", "offering", "Tietosuoja arjessa"),
        ("leadr", "en", "concept", "leadership"),
        ("dataskyyd", "sv", "offering", "Dataskydd i vardagen"),
        ("hallb", "sv", "offering", "Hållbarhet i byggandet"),
        ("tyohyv", "fi", "concept", "työhyvinvointi"),
        ("ohjelmoitni", "fi", "offering", "Ohjelmointi C++-kielellä"),
    ],
)
def test_a_slip_in_what_is_typed_is_forgiven(suggest, typed, language, kind, label):
    assert (kind, label) in suggest(typed, language)


@pytest.mark.parametrize("typed", ["", "   ", "???", "–", "zyxwqv", "x" * 5000])
def test_nothing_is_offered_for_what_nothing_begins_like(suggest, typed):
    assert suggest(typed) == []


def test_suggestions_come_in_groups_of_a_few(suggest):
    kinds = [kind for kind, _ in suggest("t")]
    assert kinds == sorted(kinds, key=["concept", "offering", "field", "provider"].index)
    assert len(kinds) <= 15 and kinds.count("offering") <= 5


def test_no_suggestion_is_offered_twice(suggest):
    for typed in ("t", "työ", "hy", "a", "tietosuoja"):
        found = suggest(typed)
        assert len(found) == len(set(found))


@pytest.mark.parametrize("typed", ["t", "joh", "ko", "tieto", "a", "hy", "työ"])
def test_a_concept_that_is_offered_finds_something(shop, suggest, typed):
    for kind, label in suggest(typed):
        assert kind != "concept" or shop.searching.count(SearchQuery(label)) > 0


def test_concepts_that_would_find_nothing_are_not_offered(suggest):
    assert ("concept", "mehiläistarhaus") not in suggest("mehil") and suggest("hitsau") == []


def test_a_withdrawn_offering_is_not_offered_from_a_stale_index(suggest):
    assert ("offering", "Mehiläistarhaus") not in suggest("mehiläis")


def test_an_offering_is_named_in_the_language_of_the_reader_where_it_can_be(suggest):
    titles = [label for kind, label in suggest("dataskydd", "en") if kind == "offering"]
    assert titles == ["Everyday data protection"]


def test_without_an_index_other_suggestions_are_still_offered(stocked):
    found = stocked.suggesting.suggest("hels", stocked.searching.labels("fi", str))
    assert [suggestion.kind for suggestion in found] == ["provider"]


@settings(max_examples=60)
@given(st.text(max_size=40), st.sampled_from(["fi", "sv", "en"]))
def test_any_text_is_answered_with_few_suggestions_that_say_something(suggest, text, language):
    found = suggest(text, language)
    assert len(found) <= 15 and all(label.strip() for _, label in found)
