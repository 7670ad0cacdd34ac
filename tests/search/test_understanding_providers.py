"""Providers in a query: by any of their names, short or long, in any case form."""

import pytest

from portal.search.analysis.tokens import words


def meant(plan):
    """Ids of the providers that a plan takes its words for."""
    return [provider for phrase in plan.phrases for provider in phrase.providers]


@pytest.mark.parametrize(
    ("query", "language", "provider"),
    [
        ("HY", "fi", "helsinki"),
        ("hy", "fi", "helsinki"),
        ("Helsingin yliopisto", "fi", "helsinki"),
        ("helsingin yliopiston", "fi", "helsinki"),
        ("Helsingin yliopistossa", "fi", "helsinki"),
        ("helsingfors universitets", "sv", "helsinki"),
        ("University of Helsinki", "en", "helsinki"),
        ("ÅA", "fi", "abo"),
        ("åbo akademin", "fi", "abo"),
        ("Åbo Akademis", "sv", "abo"),
        ("Sivis", "fi", "sivis"),
        ("opintokeskus sivis", "fi", "sivis"),
        ("Siviksen", "fi", "sivis"),
        ("Opintokeskus Siviksen", "fi", "sivis"),
        ("metropolian", "fi", "metropolia"),
        ("Metropoliassa", "fi", "metropolia"),
        ("JAMKin", "fi", "jamk"),
        ("xamkissa", "fi", "xamk"),
        ("LUTista", "fi", "lut"),
        ("Arcadas", "sv", "arcada"),
        ("Hankens", "sv", "hanken"),
        ("Aalto University's", "en", "aalto"),
        ("Aalto-yliopisto", "fi", "aalto"),
        ("aalto yliopisto", "fi", "aalto"),
        ("haaga helia", "fi", "haaga-helia"),
        ("Turku AMK", "fi", "turku-amk"),
        ("lapin amk", "fi", "lapin-amk"),
        ("turun ammattikorkeakoulussa", "fi", "turku-amk"),
        ("OY", "fi", "oulu"),
        ("tsl ry", "fi", "tsl"),
        ("Sibelius-Akatemia", "fi", "uniarts"),
        ("TKK", "fi", "aalto"),
        ("hanken school of economics", "en", "hanken"),
    ],
)
def test_a_provider_is_understood_by_any_of_its_names(plan, query, language, provider):
    understood = plan(query, language)
    assert [(part.kind, part.text) for part in understood.understood] == [("provider", provider)]
    assert (meant(understood), len(understood.words)) == ([provider], 1)


def test_every_provider_is_understood_by_every_name_that_it_gives(plan, known_providers):
    missed = [
        (provider.id, name)
        for provider in known_providers.values()
        for name in (*provider.name.values(), *provider.abbreviations, *provider.aliases)
        if words(name) and provider.id not in meant(plan(name))
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("tekoäly HY", ["tekoäly"]),
        ("helsingin yliopiston tekoäly", ["tekoäly"]),
        ("Åbo Akademi tietosuoja 5 op", ["tietosuoja"]),
        ("metropolian kurssit tekoälystä", ["tekoälystä"]),
    ],
)
def test_a_topic_beside_a_provider_is_a_word_of_its_own(plan, query, rest):
    understood = plan(query)
    assert [part.text for part in understood.understood if part.kind == "topic"] == rest
    assert len(understood.words) == 2


@pytest.mark.parametrize("query", ["metropolian kurssit", "helsingin yliopiston koulutukset", "ÅA kurser"])
def test_words_that_fit_every_offering_are_not_asked_of_a_provider(plan, query):
    assert len(plan(query).words) == 1


@pytest.mark.parametrize(
    ("query", "language"),
    [("work in a lab", "en"), ("aalto ja ranta", "fi"), ("yliopisto", "fi"), ("open university studies", "en"), ("hu hei", "fi")],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_provider_is_a_word(plan, query, language):
    assert meant(plan(query, language)) == []


def test_a_short_name_that_is_a_word_as_well_counts_as_the_provider_writes_it(plan):
    assert meant(plan("LAB tekoäly")) == ["lab"]


def test_a_provider_that_is_named_in_a_text_is_found_as_well(finds):
    assert finds("Sivis", fi="Siviksen ja sivis-väen historia")


def test_names_of_providers_are_not_mended(plan):
    assert plan("xamk", words={"xaml": 3, "mamk": 2}).did_you_mean == ""
