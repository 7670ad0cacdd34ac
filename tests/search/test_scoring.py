"""The order of hits: what a searcher would want to see first stands first."""

import numpy as np
import pytest
from factories import make_entry, make_offering, make_provider, make_run
from hypothesis import given
from hypothesis import strategies as st

from portal.search.columns import Columns
from portal.search.document import Document, Reading, make_document
from portal.search.facets import FACETS
from portal.search.plan import Phrase, Plan, PlannedWord
from portal.search.scoring import score
from portal.search.table import Table


def words(*texts, **parts):
    """A plan of words in their own form only."""
    planned = tuple(PlannedWord(text, {text: 1.0}, {}) for text in texts)
    return Plan(**{"text": "", "words": planned} | parts)


@pytest.fixture(scope="session")
def scored(codes, analyzer):
    """Scores offerings by a plan: ids of the confident, best first, and of the related."""

    def act(plan, *offerings):
        reading = Reading(analyzer)
        documents = [
            make_document(
                make_entry(o, id=o.code), make_provider(id=o.provider), pok=False, codes=codes, reading=reading
            )
            for o in offerings
        ]
        ids = [document.id for document in documents]

        def postings(term):
            rows = [row for row, document in enumerate(documents) if term in document.impacts]
            weights = [documents[row].impacts[term] for row in rows]
            return np.array(rows, dtype=np.int32), np.array(weights, dtype=np.float32)

        result = score(plan, Columns(Table.of(documents)), postings)
        best = sorted(range(len(result.rows)), key=lambda place: -result.scores[place])
        confident = [ids[result.rows[place]] for place in best if result.confident[place]]
        return confident, [ids[result.rows[place]] for place in best if result.related[place]], result.scores

    return act


def offering(code, title="Muuta", language="fi", **parts):
    """An offering whose title is all that it tells, unless more is given."""
    titles = title if isinstance(title, dict) else {language: title}
    return make_offering(**{"code": code, "title": titles, "description": None, "learning_outcomes": []} | parts)


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ({"title": {"fi": "Kissa"}}, {"keywords": [{"fi": "Kissa"}]}),
        ({"keywords": [{"fi": "Kissa"}]}, {"summary": {"fi": "Kissa"}}),
        ({"summary": {"fi": "Kissa"}}, {"learning_outcomes": [{"fi": "Kissa"}]}),
        ({"learning_outcomes": [{"fi": "Kissa"}]}, {"description": {"fi": "Kissa"}}),
    ],
)
def test_title_keywords_summary_outcomes_and_description_weigh_less_and_less(scored, higher, lower):
    confident, _, _ = scored(words("kissa"), offering("low", **lower), offering("high", **higher))
    assert confident == ["high", "low"]


def test_once_in_the_title_weighs_more_than_ten_times_in_the_description(scored):
    often = offering("often", description={"fi": "kissa " * 10 + "muuta " * 30})
    assert scored(words("kissa"), often, offering("title", "Kissa ja muuta"))[0] == ["title", "often"]


def test_repeating_a_word_counts_less_and_less(scored):
    made = [offering(str(n), description={"fi": "kissa " * n + "muuta " * (40 - n)}) for n in (1, 2, 10, 20)]
    one, two, ten, twenty = scored(words("kissa"), *made)[2]
    assert one < two < ten < twenty and two - one > (twenty - ten) / 10


def test_a_word_in_a_short_text_weighs_more_than_in_a_long_one(scored):
    made = [
        offering("long", description={"fi": "kissa " + "muuta " * 300}),
        offering("short", description={"fi": "Kissa ui."}),
    ]
    assert scored(words("kissa"), *made)[0] == ["short", "long"]


def test_the_same_text_in_three_languages_is_worth_no_more_than_in_one(scored):
    one = offering("one", title={"fi": "Data"})
    three = offering("three", title={"fi": "Data", "sv": "Data", "en": "Data"})
    first, second = scored(words("data"), one, three)[2]
    assert first == pytest.approx(second)


def test_what_covers_more_of_the_query_comes_first_even_from_a_plainer_place(scored):
    some = offering("some", "Kissa ja koira")
    all_of_it = offering("all", summary={"fi": "Kissa, koira ja kala."})
    assert scored(words("kissa", "koira", "kala"), some, all_of_it)[0] == ["all", "some"]


def test_coverage_counts_squared(scored):
    whole, half = (offering(code, title) for code, title in (("whole", "Kissa koira"), ("half", "Kissa muuta")))
    full, part = scored(words("kissa", "koira"), whole, half)[2]
    assert part < full / 4


def test_a_rare_word_tells_more_than_a_common_one(scored):
    common = [offering(f"c{n}", "Kissa, ääni") for n in range(8)]
    confident = scored(words("kissa", "ääni", "norsu"), *common, offering("rare", "Kissa, norsu"))[0]
    assert confident[0] == "rare" and len(confident) == 9


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_offerings_in_the_language_of_the_reader_come_first(scored, language):
    made = [offering(code, "Python", code) for code in ("fi", "sv", "en")]
    assert scored(words("python", language=language), *made)[0][0] == language


def test_the_language_is_that_of_the_text_to_read_and_not_of_the_title(scored):
    titled = offering("titled", title={"sv": "Python", "fi": "Python"}, description={"fi": "Tietoa."})
    told = offering("told", title={"sv": "Python", "fi": "Python"}, description={"sv": "Något."})
    assert scored(words("python", language="sv"), titled, told)[0] == ["told", "titled"]


def test_an_exact_title_comes_first_however_often_others_say_the_words(scored):
    plan = words("kissa", "koira", text="kissa koira")
    loud = offering(
        "loud", "Kissa, kissa ja koira, koira", keywords=[{"fi": "kissa koira"}], summary={"fi": "Kissa koira"}
    )
    assert scored(plan, loud, offering("exact", "Kissa & koira"))[0] == ["exact", "loud"]


def test_an_exact_title_is_a_hit_though_its_words_are_not_in_the_plan(scored):
    assert scored(words("norsu", text="kissa"), offering("a", "Kissa"))[0] == ["a"]


def test_the_offering_of_a_code_comes_alone_and_the_rest_is_near(scored):
    plan = words("hy-1234", code="hy1234")
    other = offering("HY-9", "Jatkoa kurssille HY-1234")
    confident, related, _ = scored(plan, other, offering("HY-1234"))
    assert (confident, related) == (["HY-1234"], ["HY-9"])


def test_a_code_that_nothing_has_changes_nothing(scored):
    assert scored(words("kissa", code="none99"), offering("a", "Kissa"))[0] == ["a"]


def test_what_has_only_a_part_of_a_query_compound_is_near_and_no_hit(scored):
    plan = Plan("x", words=(PlannedWord("x", {"potilasturvallisuus": 1.0}, {"turvallisuus": 0.4}),))
    confident, related, _ = scored(plan, offering("a", "Potilasturvallisuus"), offering("b", "Turvallisuus"))
    assert (confident, related) == (["a"], ["b"])


def test_one_word_of_four_is_too_little_to_be_near(scored):
    made = [offering("a", "Kissa koira kala norsu"), offering("b", "Kissa")]
    assert scored(words("kissa", "koira", "kala", "norsu"), *made)[1] == []


def test_a_weaker_form_is_worth_less(scored):
    plan = Plan("x", words=(PlannedWord("x", {"kissa": 1.0, "kissat": 0.7}, {}),))
    assert scored(plan, offering("b", "Kissat"), offering("a", "Kissa"))[0] == ["a", "b"]


def test_a_phrase_stands_for_the_words_that_it_replaces(scored):
    plan = words("data", "skydd")
    phrase = Phrase(0, 2, 0.9, ({"dataskydd": 1.0},))
    made = [offering("joined", "Dataskydd"), offering("half", "Data")]
    assert scored(words("data", "skydd", phrases=(phrase,)), *made)[0] == ["joined"]
    assert scored(plan, *made)[0] == []


def test_a_phrase_is_worth_its_weakest_word(scored):
    phrase = Phrase(0, 1, 1.0, ({"kissa": 1.0}, {"koira": 1.0}))
    plan = Plan("x", words=(PlannedWord("x", {}, {}),), phrases=(phrase,))
    strong = offering("both", "Kissa koira")
    weak = offering("weak", "Kissa", description={"fi": "Koira."})
    assert scored(plan, weak, strong)[0] == ["both", "weak"]


def test_being_of_the_provider_counts_like_a_word_in_the_title(scored):
    phrase = Phrase(0, 1, 1.0, providers=("sivis",))
    plan = Plan("x", words=(PlannedWord("x", {}, {}), PlannedWord("kissa", {"kissa": 1.0}, {})), phrases=(phrase,))
    made = [offering("own", "Kissa", provider="sivis"), offering("other", "Kissa")]
    confident, related, _ = scored(plan, *made)
    assert (confident, related) == (["own"], ["other"])


def test_what_does_not_fit_the_credits_is_near_and_no_hit(scored):
    made = [offering("a", "Kissa", ects=5), offering("b", "Kissa", ects=2), offering("c", "Kissa", ects=None)]
    confident, related, _ = scored(words("kissa", ects_min=50, ects_max=50), *made)
    assert (confident, set(related)) == (["a"], {"b", "c"})


def test_a_wish_for_a_mode_moves_up_and_leaves_nothing_out(scored):
    made = [offering(mode, "Kissa", runs=[make_run(mode=mode)]) for mode in ("onsite", "online", "blended")]
    confident = scored(words("kissa", mode="online"), *made)[0]
    assert confident[0] == "online" and len(confident) == 3


def test_without_words_everything_is_found_and_nothing_is_near(scored):
    confident, related, _ = scored(Plan(), offering("a"), offering("b"))
    assert (set(confident), related) == ({"a", "b"}, [])


def test_an_empty_catalogue_can_be_searched(scored):
    assert scored(words("kissa"))[:2] == ([], [])


def empty_document(document_id):
    facets = {facet.name: () for facet in FACETS if facet.of_offering}
    return Document(document_id, facets, (), False, (0, 0), {"fi": "", "sv": "", "en": ""}, 0.0, {})


@given(
    st.lists(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 9), min_size=1), max_size=12),
    st.lists(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.3, 0.7, 1.0])), min_size=1, max_size=4),
)
def test_a_document_that_has_what_another_has_and_more_never_stands_below_it(impacts, forms):
    plan = Plan("x", words=tuple(PlannedWord("x", one, {}) for one in forms))
    richer = impacts + [{**one, **{term: 9.0 for term in "abcdef"}} for one in impacts]
    columns = Columns(Table.of([empty_document(str(n)) for n in range(len(richer))]))

    def postings(term):
        having = [n for n, one in enumerate(richer) if term in one]
        return np.array(having, dtype=np.int32), np.array([richer[n][term] for n in having], dtype=np.float32)

    result = score(plan, columns, postings)
    scores, confident = np.zeros(len(richer)), np.zeros(len(richer), dtype=bool)
    scores[result.rows], confident[result.rows] = result.scores, result.confident
    for n in range(len(impacts)):
        assert scores[n] <= scores[n + len(impacts)] * 1.0001
        assert not (confident[n] and not confident[n + len(impacts)])
