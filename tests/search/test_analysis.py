"""Words: what a text and a query are cut into, and by which terms they meet, with Voikko and without."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.analysis import Analyzer, lexicon_word
from portal.search.analysis.tokens import fold, tokens, variants, words


@pytest.fixture(scope="session")
def meet(each_analyzer):
    """Does each word of a query stand in a text, in any form that makes a hit?"""

    def act(query, text, language="fi", interface="fi"):
        terms = set(each_analyzer.text_terms(text, language))
        return all(terms & set(each_analyzer.query_forms(word, interface)) for word in words(query))

    return act


@pytest.mark.parametrize("word", ["C++", "C#", "R", "5G", "5", "ÅA", "F#", "3D", "Web3", "AI", "UX", "EU"])
def test_short_words_with_signs_and_digits_survive(word):
    assert tokens(f"Opi {word}, heti.") == ["opi", word.lower(), "heti"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e-oppiminen", ["e-oppiminen", "eoppiminen", "e", "oppiminen"]),
        ("ISO 9001", ["iso", "9001"]),
        ("Python 3", ["python", "3"]),
        ("ISO-9001:2015", ["iso-9001:2015", "iso90012015", "iso", "9001", "2015"]),
        ("R&D", ["r&d", "rd", "r", "d"]),
        ("TCP/IP", ["tcp/ip", "tcpip", "tcp", "ip"]),
        ("1–4", ["1–4", "14", "1", "4"]),
        ("EU:n", ["eu:n", "eun", "eu", "n"]),
        ("snake_case", ["snake", "case"]),
        ("Tekoäly – tänään!", ["tekoäly", "tänään"]),
        ("kissa- ja koira", ["kissa", "ja", "koira"]),
        ("???", []),
        ("", []),
    ],
)
def test_words_with_inner_signs_are_kept_whole_joined_and_in_parts(text, expected):
    assert tokens(text) == expected


def test_a_word_without_inner_signs_is_written_in_one_way():
    assert variants("c++") == ("c++",)


def test_words_of_a_query_stay_whole_and_in_order():
    assert words("Kissa e-oppiminen KISSA") == ["kissa", "e-oppiminen", "kissa"]


def test_decomposed_and_full_width_letters_are_the_same_words():
    assert tokens("Tekoa\u0308ly ＡＢＣ") == ["tekoäly", "abc"]


@pytest.mark.parametrize(
    ("word", "plain"),
    [("hållbarhet", "hallbarhet"), ("työ", "tyo"), ("straße", "strasse"), ("smørrebrød", "smorrebrod"), ("c++", "c++")],
)
def test_a_folded_word_has_no_dots_rings_or_accents(word, plain):
    assert fold(word) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Opi</p><p>lisää</p>", ["opi", "lisää"]),
        ("Opi &auml;lyä", ["opi", "älyä"]),
        ("Opi<br/>heti", ["opi", "heti"]),
        ("Opi <b>heti</b", ["opi", "heti"]),
        ('<a href="https://example.org/salaisuus">linkki</a>', ["linkki"]),
    ],
)
def test_html_and_its_attributes_are_no_words(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("language", "word", "lemma"),
    [
        ("fi", "tekoälyn", "tekoäly"),
        ("fi", "hoitajille", "hoitaja"),
        ("fi", "turvallisuudelle", "turvallisuus"),
        ("fi", "projekteja", "projekti"),
        ("fi", "tekoälytyökaluja", "tekoälytyökalu"),
        ("fi", "opintokokonaisuuden", "opintokokonaisuus"),
        ("fi", "digitaidot", "digitaito"),
        ("fi", "työ", "työ"),
        ("fi", "esihenkilötyö", "esihenkilötyö"),
        ("sv", "kurserna", "kurs"),
        ("sv", "ledarskapet", "ledarskap"),
        ("sv", "dataskyddslagen", "dataskyddslag"),
        ("sv", "arbetsmarknaden", "arbetsmarknad"),
        ("en", "courses", "course"),
        ("en", "children", "child"),
        ("en", "universities", "university"),
    ],
)
def test_a_word_is_led_back_to_its_base_form(each_analyzer, language, word, lemma):
    assert each_analyzer.lemma(word, language) == lemma


@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("fi", "tekoälytyökalut", {"tekoäly", "työkalu"}),
        ("fi", "potilasturvallisuuden", {"potilas", "turvallisuus"}),
        ("fi", "kosteudenhallinta", {"kosteus", "hallinta"}),
        ("fi", "hiilijalanjälkilaskenta", {"hiilijalanjälki", "laskenta"}),
        ("fi", "esihenkilötyössä", {"esihenkilö", "työ"}),
        ("fi", "työhyvinvointi", {"työ", "hyvinvointi"}),
        ("fi", "lähihoitaja", {"lähi", "hoitaja"}),
        ("fi", "tietosuojavastaavan", {"tietosuoja", "vastaava"}),
        ("fi", "digitaidot", {"taito"}),
        ("fi", "hoitotyö", {"hoito", "työ"}),
        ("sv", "hållbarhetsrapportering", {"hållbarhet", "rapportering"}),
        ("sv", "informationssäkerhet", {"information", "säkerhet"}),
        ("sv", "dataskyddslagen", {"data", "skydd", "dataskydd", "lag"}),
        ("sv", "småbarnspedagogiken", {"småbarn", "pedagogik"}),
        ("sv", "yrkeshögskolan", {"yrke", "högskola"}),
        ("sv", "arbetsmarknaden", {"arbete", "marknad"}),
        ("sv", "arbetarskydd", {"arbetare", "skydd"}),
        ("sv", "barnskyddet", {"barn", "skydd"}),
        ("en", "microcredentials", {"micro", "credential"}),
    ],
)
def test_a_compound_is_taken_apart(each_analyzer, language, word, parts):
    assert parts <= set(each_analyzer.analyse(word, language).parts)


@pytest.mark.parametrize(
    ("language", "word", "wrong"),
    [
        ("sv", "dataskyddslagen", "slag"),
        ("sv", "hållbarhet", "het"),
        ("sv", "ledarskap", "skap"),
        ("fi", "digitaidot", "aitoa"),
        ("fi", "kissa", "issa"),
        ("fi", "hoitotyö", "sinä"),
        ("en", "leadership", "ship"),
    ],
)
def test_a_word_is_not_taken_apart_in_the_wrong_place(each_analyzer, language, word, wrong):
    assert wrong not in each_analyzer.analyse(word, language).parts


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("fi", "yrittäjyys", "yrittäjä"),
        ("fi", "yrittäjä", "yrittää"),
        ("fi", "johtajuus", "johtaja"),
        ("sv", "pedagogiskt", "pedagogisk"),
        ("sv", "rapportering", "rapportera"),
    ],
)
def test_derived_words_share_a_root(each_analyzer, language, word, other):
    roots = [set(each_analyzer.analyse(one, language).roots) for one in (word, other)]
    assert roots[0] & roots[1]


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("tekoälyn", "Tekoälytyökalut", "fi"),
        ("työkalu", "Tekoälytyökalut", "fi"),
        ("turvallisuus", "Potilasturvallisuuden perusteet", "fi"),
        ("koirat", "Koiran koulutus", "fi"),
        ("projekteja", "Projektien johtaminen", "fi"),
        ("johtamista", "Projektien johtaminen", "fi"),
        ("yrittäjyys", "Yrittäjän arki", "fi"),
        ("työ", "Jaksaminen työssä", "fi"),
        ("kurser", "Kursen i svenska", "sv"),
        ("lag", "Dataskyddslagen i praktiken", "sv"),
        ("rapportering", "Hållbarhetsrapportering", "sv"),
        ("courses", "A course of English", "en"),
        ("credentials", "Microcredentials for all", "en"),
        ("hallbarhet", "Hållbarhet i vardagen", "sv"),
        ("tyohyvinvointi", "Työhyvinvoinnin tuki", "fi"),
        ("aldre", "Äldre människor", "sv"),
        ("hållbarhet", "HALLBARHET", "sv"),
        ("C++", "C++ ohjelmointi", "fi"),
        ("c#", "Opi C#", "fi"),
        ("ai", "AI for beginners", "en"),
        ("5g", "5G-verkot", "fi"),
        ("iso 9001", "ISO-9001:2015", "en"),
        ("e-oppiminen", "Johdatus: e-oppiminen", "fi"),
        ("oppiminen", "e-oppiminen", "fi"),
        ("eoppiminen", "e-oppiminen", "fi"),
        ("TEKOÄLY", "tekoäly", "fi"),
        ("sámegiella", "Sámegiella", "se"),
        ("samegiella", "Sámegiella", "se"),
        ("blorptastic", "Blorptastic!", "fi"),
        ("blorptasticin", "Blorptasticia", "fi"),
    ],
)
def test_a_query_meets_a_text_in_another_form_of_the_word(meet, query, text, language):
    assert meet(query, text, language, "fi" if language == "se" else language)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("C", "C++ ohjelmointi", "fi"),
        ("C#", "C++ ohjelmointi", "fi"),
        ("koira", "Kissan hoito", "fi"),
        ("ai", "This is what we are and what you can be", "en"),
        ("it", "An item of its own", "en"),
        ("slag", "Dataskyddslagen", "sv"),
        ("het", "Hållbarhet", "sv"),
        ("potilasturvallisuus", "Turvallisuus kotona", "fi"),
        ("tekoälyosaaja", "Tekoäly", "fi"),
    ],
)
def test_different_words_do_not_meet(meet, query, text, language):
    assert not meet(query, text, language, language)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("word", ["ai", "ux", "r", "åa", "5", "9001"])
def test_an_acronym_or_a_number_has_no_other_base_form(each_analyzer, language, word):
    assert each_analyzer.lemma(word, language) == word


def test_parts_of_a_compound_in_a_query_are_worth_little_and_stand_apart(each_analyzer):
    weak = each_analyzer.weak_forms("potilasturvallisuus", "fi")
    assert "fi=turvallisuus" in weak and max(weak.values()) < 0.5
    assert "fi=turvallisuus" not in each_analyzer.query_forms("potilasturvallisuus", "fi")


def test_the_word_itself_is_worth_more_than_any_other_form(each_analyzer):
    forms = each_analyzer.query_forms("koirat", "fi")
    assert forms["koirat"] == 1.0 and all(0 < worth < 1 for term, worth in forms.items() if term != "koirat")


def test_base_form_stem_and_part_are_worth_less_and_less(each_analyzer):
    forms = each_analyzer.query_forms("teachers", "en")
    assert forms["teachers"] > forms["en=teacher"] > forms["en~teacher"] > forms["en+teacher"]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_only_a_word_that_no_dictionary_knows_has_a_stem_where_stems_bring_nothing_together(each_analyzer, language):
    stems = [{term[:3] for term in each_analyzer.document_terms(word, language)} for word in ("data", "blorptastics")]
    assert [f"{language}~" in marks for marks in stems] == [False, True]


def test_a_form_that_no_dictionary_knows_is_searched_by_its_stem_as_by_a_base_form(each_analyzer):
    assert "sv=blorp" in each_analyzer.query_forms("blorpar", "sv")


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("fi", ["johtaa", "johtaja", "johtaminen", "johtajuus"]),
        ("fi", ["opettaa", "opettaja", "opetus"]),
        ("fi", ["hitsata", "hitsaaja", "hitsaus"]),
        ("fi", ["ohjelmoida", "ohjelmointi"]),
        ("sv", ["leda", "ledare", "ledarskap", "ledning"]),
        ("sv", ["vårda", "vård", "vårdare"]),
        ("en", ["teach", "teacher", "teaching", "taught"]),
        ("en", ["lead", "leaders", "leadership"]),
        ("en", ["analyse", "analyze", "analysis", "analyst"]),
    ],
)
def test_words_of_one_family_have_one_gist(each_analyzer, language, family):
    assert len({each_analyzer.gist(word, language) for word in family}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fi", "johtaa projekteja", "projektijohtaminen"),
        ("fi", "hiilijalanjäljen laskenta", "hiilijalanjälkilaskenta"),
        ("fi", "tekoälyn työkalut", "tekoälytyökalut"),
        ("sv", "riskbedömning", "bedöma risker"),
        ("sv", "leda projekt", "projektledning"),
        ("en", "management of projects", "project manager"),
        ("en", "labour law", "labor laws"),
        ("en", "organisational development", "developing organizational"),
    ],
)
def test_a_phrase_and_a_compound_of_the_same_words_have_one_gist(each_analyzer, language, one, other):
    assert each_analyzer.gist(one, language) == each_analyzer.gist(other, language) != ""


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("fi", "johtaja", "johto"), ("sv", "lärare", "läkare"), ("en", "nurse", "nursery"), ("en", "wise", "wiz")],
)
def test_words_of_different_families_have_different_gists(each_analyzer, language, one, other):
    assert each_analyzer.gist(one, language) != each_analyzer.gist(other, language)


@pytest.mark.parametrize(
    ("british", "american"),
    [("organisation", "organization"), ("labour", "labor"), ("centre", "center"), ("programme", "program")],
)
def test_british_and_american_spellings_share_a_base_form(each_analyzer, british, american):
    assert each_analyzer.lemma(british, "en") == each_analyzer.lemma(american, "en")


@pytest.mark.parametrize(
    "word", ["exercise", "supervise", "enterprise", "advise", "precise", "raise", "noise", "promise"]
)
def test_a_word_that_only_looks_british_stays(each_analyzer, word):
    assert each_analyzer.lemma(word, "en") == word


@pytest.mark.parametrize(
    ("word", "lemma"), [("avfall", "avfall"), ("svinn", "svinn"), ("poddar", "podd"), ("podden", "podd")]
)
def test_a_swedish_noun_that_looks_like_a_verb_has_its_own_base_form_as_well(each_analyzer, word, lemma):
    assert lemma in each_analyzer.analyse(word, "sv").lemmas


def test_a_form_of_a_verb_is_not_taken_for_whom_it_is_done_by(each_analyzer):
    assert each_analyzer.analyse("johtamaan", "fi").lemmas == ("johtaa",)


def test_a_word_is_searched_in_every_language_that_knows_it(each_analyzer):
    assert {"sv=data", "en=data"} <= set(each_analyzer.query_forms("data", "fi"))


def test_a_word_that_no_dictionary_knows_is_searched_in_the_language_of_the_interface(each_analyzer):
    assert each_analyzer.known_in("blorptastic") == ()
    marked = {term[:2] for term in each_analyzer.query_forms("blorptastic", "sv") if term[2:3] in ("=", "~", "+", "^")}
    assert marked == {"sv"}


def test_the_stem_of_one_language_is_no_term_of_another(each_analyzer):
    terms = [set(each_analyzer.text_terms("kurser", language)) for language in ("sv", "en")]
    assert terms[0] & terms[1] == {"kurser"}


def test_a_language_without_a_dictionary_has_words_and_folded_copies_only(each_analyzer):
    assert each_analyzer.text_terms("Sámegiella", "se") == ["sámegiella", "-samegiella"]


@pytest.mark.parametrize(
    ("term", "word"),
    [
        ("tekoälyn", "tekoälyn"), ("fi=tekoäly", "tekoäly"), ("c++", "c++"), ("c#", "c#"), ("r", "r"), ("fi~tekoäl", ""),
        ("fi+äly", ""), ("fi^yrittä", ""), ("-tekoaly", ""), ("@own:leadership", ""),
    ],
)  # fmt: skip
def test_the_lexicon_takes_words_and_base_forms_only(term, word):
    assert lexicon_word(term) == word


def test_a_phrase_has_the_same_key_in_any_inflection(each_analyzer):
    assert each_analyzer.key("Potilaan turvallisuutta", "fi") == each_analyzer.key("potilas turvallisuus", "fi")


def test_each_tier_has_a_version_of_its_own_and_says_what_it_is(each_analyzer, tier):
    assert ("voikko" in each_analyzer.version) is (tier == "voikko")
    assert each_analyzer.languages["fi"].tier.startswith(tier)


def test_dictionaries_are_kept_in_the_folder_that_is_given(analyzer, tmp_path):
    import furnished

    (tmp_path / "words").symlink_to(furnished.words_folder())
    assert Analyzer(tmp_path / "words").lemma("kurserna", "sv") == "kurs"
    assert {path.name for path in furnished.words_folder().glob("*.dic")} == {"fi.dic", "sv.dic", "en.dic"}


def test_many_threads_get_the_same_answers_as_one(tier):
    import furnished

    asked = ["tekoälytyökaluja", "hoitajille", "kosteudenhallinta", "turvallisuudelle"] * 50
    alone = [furnished.analyzer(use_voikko=tier == "voikko").languages["fi"].analyse(word) for word in asked]
    finnish = Analyzer(furnished.words_folder(), use_voikko=tier == "voikko").languages["fi"]
    answers = []
    threads = [threading.Thread(target=lambda: answers.append([finnish.analyse(w) for w in asked])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [alone] * 8


@given(st.text(max_size=300), st.sampled_from(["fi", "sv", "en", "se"]))
def test_any_text_gives_lower_case_terms_without_blanks(each_analyzer, text, language):
    assert all(term == term.lower() and term.split() == [term] for term in each_analyzer.text_terms(text, language))


@given(st.text(st.characters(exclude_characters="<&"), max_size=200))
def test_a_text_is_found_by_its_own_words(meet, text):
    assert meet(text, text)
