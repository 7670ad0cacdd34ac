"""Understanding a query: what is searched for, what else, and what the visitor is told of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.lexicon import Lexicon
from portal.search.plan import Plan, PlannedWord


def asked(plan):
    """The words that a plan looks for."""
    return [word.text for word in plan.words]


def told(plan, kind="topic"):
    return [part.text for part in plan.understood if part.kind == kind]


def forms(plan):
    """Every term that makes a hit."""
    maps = [word.forms for word in plan.words] + [terms for phrase in plan.phrases for terms in phrase.words]
    return {term for terms in maps for term in terms}


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("haluan oppia johtamaan", "fi", ["johtamaan"]),
        ("miten tietosuoja ja tekoäly", "fi", ["tietosuoja", "tekoäly"]),
        ("en kurs i ledarskap", "sv", ["ledarskap"]),
        ("jag vill lära mig finska", "sv", ["finska"]),
        ("python for the beginners", "en", ["python", "beginners"]),
        ("how to find data", "en", ["data"]),
        ("miten voisin oppia tekoälyä paremmin", "fi", ["tekoälyä"]),
        ("mitä tulkki tekee", "fi", ["tulkki"]),
        ("hur skriver man bra texter", "sv", ["skriver", "texter"]),
        ("jag skulle behöva hjälp med excel", "sv", ["excel"]),
        ("getting answers out of a database", "en", ["answers", "database"]),
        ("please help me improve my english", "en", ["english"]),
    ],
)
def test_stop_words_are_left_out(plan, text, language, left):
    assert asked(plan(text, language)) == left


@pytest.mark.parametrize(
    ("text", "language"), [("python and java", "fi"), ("python och java", "en"), ("i python", "fi")]
)
def test_stop_words_of_other_languages_count_as_words(plan, text, language):
    assert asked(plan(text, language)) == text.split()


def test_a_query_of_stop_words_alone_keeps_them(plan):
    assert asked(plan("miten on", "fi")) == ["miten", "on"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tekoäly kurssi", "fi"), ("tekoäly koulutus", "fi"), ("kurs tekoäly", "fi"), ("tekoäly course", "sv"),
        ("micro-credentials tekoäly", "en"), ("tekoäly osaamiskokonaisuudet", "fi"),
    ],
)  # fmt: skip
def test_words_that_fit_every_offering_are_left_out_whatever_the_language(plan, text, language):
    assert asked(plan(text, language)) == ["tekoäly"]


def test_a_word_that_fits_every_offering_is_searched_when_it_stands_alone(plan):
    assert asked(plan("kurssi")) == ["kurssi"]


@pytest.mark.parametrize("text", ["5 op kurssi", "5 op:n kurssi", "noin 5 op", "kurssi, 5 op"])
def test_beside_credits_words_that_tell_nothing_are_left_out(plan, text):
    understood = plan(text)
    assert (asked(understood), understood.ects_min, understood.ects_max) == ([], 50, 50)
    assert not understood.impossible


def test_credits_bound_the_search_and_are_told(plan):
    understood = plan("1,5 op dialogi")
    assert (understood.ects_min, understood.ects_max, asked(understood)) == (15, 15, ["dialogi"])
    assert told(understood, "scope") == ["1.5"]


@pytest.mark.parametrize(
    ("text", "language", "mode"),
    [
        ("tekoäly verkossa", "fi", "online"), ("tekoäly etänä", "fi", "online"), ("ledarskap på distans", "sv", "online"),
        ("python online", "en", "online"), ("hitsaus lähiopetuksena", "fi", "onsite"), ("hitsaus monimuoto", "fi", "blended"),
    ],
)  # fmt: skip
def test_a_way_of_taking_part_is_a_wish_and_no_word(plan, text, language, mode):
    understood = plan(text, language)
    assert (understood.mode, told(understood, "mode"), len(understood.words)) == (mode, [mode], 1)


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("GDPR", "fi", {"fi": "Tietosuojan perusteet"}),
        ("gdpr", "sv", {"en": "Basics of data protection"}),
        ("tietosuoja", "fi", {"sv": "Dataskyddet i praktiken"}),
        ("tietosuojaa", "fi", {"en": "Data protection at work"}),
        ("data protection", "en", {"fi": "Tietosuojan perusteet"}),
        ("esimies", "fi", {"fi": "Esihenkilötyön perusteet"}),
        ("sote", "fi", {"sv": "Digitalisering inom social- och hälsovård"}),
        ("distansarbete", "sv", {"fi": "Etätyön johtaminen"}),
        ("AI", "en", {"fi": "Tekoälyn perusteet"}),
        ("artificiell intelligens", "sv", {"fi": "Tekoälyn perusteet"}),
        ("kestävän kehityksen", "fi", {"sv": "Hållbar utveckling på jobbet"}),
        ("machine learning", "en", {"fi": "Koneoppimisen alkeet"}),
        ("sosiaali- ja terveysala", "fi", {"sv": "Social- och hälsovård i förändring"}),
        ("health and social care", "en", {"fi": "Sosiaali- ja terveysalan etiikka"}),
    ],
)
def test_other_names_of_the_same_thing_are_found(finds, query, language, title):
    assert finds(query, language, **title)


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("data protection", "en", {"en": "Data warehouses"}),
        ("data protection", "en", {"en": "Protection of trees"}),
        ("artificiell intelligens", "sv", {"sv": "Emotionell intelligens"}),
        ("machine learning", "en", {"fi": "Koneistuksen perusteet"}),
        ("AI", "en", {"en": "What you are is what you can be"}),
        ("potilasturvallisuus", "fi", {"fi": "Turvallisuus kotona"}),
    ],
)
def test_a_part_of_what_was_asked_is_no_hit(finds, query, language, title):
    assert not finds(query, language, **title)


@pytest.mark.parametrize(
    ("query", "language", "also"),
    [
        ("tietosuoja", "fi", ("dataskydd", "data protection")),
        ("GDPR", "fi", ("tietosuoja", "dataskydd", "data protection")),
        ("data protection", "en", ("tietosuoja", "dataskydd")),
    ],
)
def test_what_else_was_searched_is_told(plan, query, language, also):
    assert [part.also for part in plan(query, language).understood] == [also]


@pytest.mark.parametrize("query", ["tietosuoja", "johtaminen", "AI", "kestävä kehitys", "python", "sote"])
def test_what_is_told_is_short_and_never_the_query_itself(plan, query):
    (part,) = plan(query).understood
    assert len(part.also) <= 3 and query.lower() not in part.also and len(set(part.also)) == len(part.also)


def test_what_was_mended_is_asked_about_and_not_told_as_understood(plan):
    understood = plan("tietosouja python", "fi", WORDS)
    assert (understood.did_you_mean, told(understood)) == ("tietosuoja python", ["python"])


def test_another_form_of_what_was_asked_is_not_told(plan):
    (part,) = plan("maahanmuuttajalle", "fi").understood
    assert "maahanmuuttaja" not in part.also and "invandrare" in part.also


@pytest.mark.parametrize(
    ("query", "language", "term"),
    [
        ("barn", "en", "fi=lapsi"),
        ("fart", "sv", "fi=piereskellä"),
        ("gift", "en", "sv=äktenskap"),
        ("mat", "en", "fi=ruoka"),
    ],
)
def test_a_short_word_is_not_taken_for_one_of_another_language_that_looks_alike(plan, query, language, term):
    assert term not in forms(plan(query, language))


@pytest.mark.parametrize(
    ("query", "language", "near"),
    [("startup", "en", "fi=yrittäjyys"), ("kirjanpito", "fi", "fi=tilinpäätös"), ("shop steward", "en", "en=negotiation"),
     ("arbetsrätt", "sv", "@business-and-ict:employment-contract")],
)  # fmt: skip
def test_concepts_that_are_close_make_related_and_no_hits(plan, query, language, near):
    understood = plan(query, language)
    assert near not in forms(understood)
    if near.startswith("@"):
        assert near in understood.words[0].weak


def test_small_words_of_a_longer_name_find_nothing(plan):
    (word,) = plan("streams and rivers", "en").words
    assert "en=river" in word.weak and not {"and", "en=and"} & set(word.weak)


def test_words_of_a_longer_name_stand_together_and_are_weak_alone(plan):
    (word,) = plan("data protection", "en").words
    assert word.forms == {} and "en=protection" in word.weak and max(word.weak.values()) < 1


def test_the_word_itself_is_worth_more_than_other_names_of_it(plan):
    understood = plan("tietosuoja")
    by_names = [p.worth for p in understood.phrases if any("sv=dataskydd" in terms for terms in p.words)]
    assert by_names and max(by_names) < understood.words[0].forms["tietosuoja"]


WORDS = {"tietosuoja": 5, "tekoäly": 9, "johtaminen": 7, "python": 3, "dataskydd": 4, "hållbarhet": 6, "leadership": 2,
         "ledarskap": 3, "kyberturvallisuus": 8, "kassa": 2, "työhyvinvointi": 3, "kielitaito": 2}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("tietosouja", "fi", "tietosuoja"), ("tekoälly", "fi", "tekoäly"), ("johtaminnen", "fi", "johtaminen"),
        ("pyhton", "fi", "python"), ("Kyberturvalisuus", "fi", "kyberturvallisuus"), ("dataskyd", "sv", "dataskydd"),
        ("leadershp", "en", "leadership"), ("hallbarhet", "sv", "hållbarhet"),
        ("tyohyvinvointi", "fi", "työhyvinvointi"), ("5 op tietosouja", "fi", "5 op tietosuoja"),
        ("pyhton tekoäly", "fi", "python tekoäly"),
    ],
)  # fmt: skip
def test_a_slip_is_mended_and_told(plan, typed, language, meant):
    understood = plan(typed, language, WORDS)
    assert understood.did_you_mean == meant
    assert f"{understood.language}={meant.split()[-1]}" in forms(understood) or meant.split()[0] in forms(understood)


@pytest.mark.parametrize(
    "typed", ["kissa", "tekoäly", "johtamisen", "kissat", "c++", "5g", "r", "tieto5uoja", "pyth", "xyzzyqqq"]
)
def test_a_word_that_is_known_short_not_of_letters_or_like_no_other_is_not_mended(plan, typed):
    assert plan(typed, "fi", WORDS).did_you_mean == ""


def test_a_word_that_some_text_has_is_not_mended_though_no_dictionary_knows_it(plan):
    assert plan("blorptastic", "fi", {"blorptastic": 1, "blorptastix": 50}).did_you_mean == ""


def test_what_was_typed_is_worth_more_than_what_may_have_been_meant(plan):
    (word,) = plan("tietosouja", "fi", WORDS).words
    assert word.forms["tietosouja"] == 1.0 > word.forms["tietosuoja"]


def test_a_mended_word_is_found_under_its_other_names_as_well(plan):
    assert "sv=dataskydd" in forms(plan("tietosouja", "fi", WORDS))


def test_the_beginning_of_a_word_finds_it_when_nothing_else_does(plan):
    assert "kyberturvallisuus" in forms(plan("kyberturv", "fi", WORDS))


def test_a_word_that_is_only_begun_stands_for_all_that_begin_so(plan):
    assert "tekoäly" in forms(plan("te", "fi", WORDS, completing=True))
    assert "tekoäly" not in forms(plan("te", "fi", WORDS))


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        ("hiilijalanjälkilaskenta", "fi", {"fi": "Hiilijalanjäljen laskenta yrityksessä"}),
        ("data skydd", "sv", {"sv": "Dataskydd i vardagen"}),
        ("tekoäly työkalut", "fi", {"fi": "Tekoälytyökalujen käyttö"}),
        ("projektin hallinta", "fi", {"fi": "Projektinhallinnan alkeet"}),
        ("potilaan turvallisuus", "fi", {"fi": "Potilasturvallisuuden alkeet"}),
        ("e-oppiminen", "fi", {"fi": "Eoppiminen ja minä"}),
        ("eoppiminen", "fi", {"fi": "Näin sujuu e-oppiminen"}),
        ("verkko-opetus", "fi", {"fi": "Opetus verkko apuna"}),
        ("hallbarhet", "sv", {"sv": "Hållbarhet i vardagen"}),
        ("iso9001", "fi", {"fi": "Näin toimii ISO-9001"}),
        ("yrittäjyys", "fi", {"fi": "Yrittäjän arki"}),
        ("johtaa projekteja", "fi", {"fi": "Projektijohtaminen ennen ja nyt"}),
        ("projektijohtaminen", "fi", {"fi": "Johda suuria projekteja"}),
        ("management of projects", "en", {"en": "Project management today"}),
        ("leda projekt", "sv", {"en": "Managing large projects"}),
        ("bedöma risker", "sv", {"fi": "Riskien arviointi"}),
        ("matsvinn", "sv", {"sv": "Mindre svinn av mat"}),
        ("labor law", "en", {"en": "Labour law for all"}),
        ("tyosuojelu", "fi", {"sv": "Arbetarskydd i praktiken"}),
        ("kestava kehitys", "fi", {"en": "Sustainable development for all"}),
        ("aldreomsorg", "sv", {"fi": "Vanhustyön arki"}),
        ("healthcare", "en", {"en": "Careers in health care"}),
        ("faktagranskning", "sv", {"sv": "Granskning av fakta"}),
        ("hälsovård", "sv", {"sv": "Elevhälsovården i dag"}),
    ],
)
def test_words_meet_however_they_are_put_together(finds, query, language, title):
    assert finds(query, language, **title)


def test_literal_words_are_taken_as_typed_and_nothing_else(plan):
    understood = plan("haluan 5 op tietosouja HY", "fi", WORDS, literal=True)
    assert asked(understood) == ["haluan", "5", "op", "tietosouja", "hy"]
    assert all(word.forms == {word.text: 1.0} and not word.weak for word in understood.words)
    assert (understood.phrases, understood.understood, understood.did_you_mean, understood.ects_min) == (
        (),
        (),
        "",
        None,
    )


@pytest.mark.parametrize(
    ("words", "needed"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 5), (8, 5), (9, 6), (10, 6)]
)
def test_all_of_two_words_are_needed_and_sixty_per_cent_of_more(words, needed):
    assert Plan(words=(PlannedWord("x", {}, {}),) * words).needed == needed


def test_ten_words_at_most_are_searched(plan):
    assert len(plan(" ".join(f"sana{number}" for number in range(30))).words) == 10


def test_a_word_that_is_said_twice_counts_once(plan):
    assert asked(plan("tekoäly tekoäly")) == ["tekoäly"]


@pytest.mark.parametrize("text", ["???", "!", "--- ///", "\u200b", "…"])
@pytest.mark.parametrize("literal", [True, False])
def test_signs_alone_ask_for_nothing_that_could_be_found(plan, text, literal):
    assert plan(text, literal=literal).impossible


@pytest.mark.parametrize("text", ["HY-TA-0101", "hy-ta-0101", "hyta0101", "hy ta 0101"])
def test_a_code_is_the_same_however_it_is_written(plan, text):
    assert plan(text).code == "hyta0101"


@pytest.mark.parametrize("text", ["tekoäly", "5", "R2", "C++", "9 a"])
def test_what_is_too_plain_for_a_code_is_none(plan, text):
    assert plan(text).code == ""


@pytest.mark.parametrize(
    ("text", "was_read"),
    [("blorptastic", False), ("tietosuoja", True), ("5 op", True), ("HY", True), ("tietosouja", True)],
)
def test_a_literal_search_is_offered_where_more_than_the_words_was_understood(plan, text, was_read):
    assert plan(text, "fi", WORDS).was_read is was_read


@settings(max_examples=150)
@given(
    st.lists(st.text(max_size=12) | st.sampled_from(["5 op", "HY", "tietosuoja", "verkossa", "ja", "e-", "AI", "c++"]), max_size=14),
    st.sampled_from(["fi", "sv", "en"]),
    st.booleans(),
)  # fmt: skip
def test_any_text_becomes_a_plan_that_an_engine_can_run(understanding, parts, language, completing):
    made = understanding.plan(" ".join(parts), language, Lexicon(WORDS), completing=completing)
    assert len(made.words) <= 10 and made.needed <= len(made.words)
    for phrase in made.phrases:
        assert 0 <= phrase.begin < phrase.end <= len(made.words)
        assert 0 < phrase.worth <= 1 and (phrase.words or phrase.providers)
    for terms in (
        *(w.forms for w in made.words),
        *(w.weak for w in made.words),
        *(f for p in made.phrases for f in p.words),
    ):
        assert all(term and 0 < worth <= 1 for term, worth in terms.items())
