"""What visitors may see of the catalogue."""

import pytest
from factories import make_offering, make_provider

from portal.model.errors import NotFound


@pytest.fixture
def catalog(stocked):
    """Three offerings: `a` published, `b` withdrawn, `c` an example."""
    offerings = [make_offering(code=code, example=code == "c") for code in "abc"]
    stocked.store.save([(offering, {}) for offering in offerings])
    stocked.store.withdraw("helsinki", ["b"])
    return stocked.catalog


def test_an_offering_is_shown_with_its_provider_and_its_criteria(catalog):
    shown = catalog.offering("helsinki-a")
    assert (shown.id, shown.provider.id, shown.pok.met, shown.is_withdrawn) == ("helsinki-a", "helsinki", True, False)


def test_a_withdrawn_offering_is_known_as_withdrawn(catalog):
    assert catalog.offering("helsinki-b").is_withdrawn


def test_an_unknown_offering_is_not_found(catalog):
    with pytest.raises(NotFound):
        catalog.offering("helsinki-z")


def test_a_list_holds_published_offerings_only_in_the_order_asked_for(catalog):
    assert [s.id for s in catalog.published(["helsinki-c", "nothing", "helsinki-b", "helsinki-a"])] == [
        "helsinki-c",
        "helsinki-a",
    ]


def test_the_sitemap_has_neither_examples_nor_withdrawn_offerings(catalog):
    assert [id for id, _ in catalog.sitemap()] == ["helsinki-a"]


def test_a_catalogue_of_examples_only_is_known_as_such(catalog, stocked):
    assert not catalog.only_examples()
    stocked.store.withdraw("helsinki", ["a"])
    assert catalog.only_examples()


def test_an_empty_catalogue_is_not_one_of_examples(stocked):
    assert not stocked.catalog.only_examples()


def test_providers_are_sorted_as_the_language_sorts(stocked):
    names = {"x1": "Åbo Akademi", "x2": "Zoologi", "x3": "Ähtäri"}
    stocked.store.save_providers([make_provider(id=id, name={"fi": name}) for id, name in names.items()])
    ids = [provider.id for provider in stocked.catalog.providers_by_name("fi")]
    assert [id for id in ids if id in names] == ["x2", "x1", "x3"]


def test_a_renamed_provider_is_shown_at_once(catalog, stocked):
    assert catalog.offering("helsinki-a").provider.name["fi"] == "Helsingin yliopisto"
    stocked.store.save_providers([make_provider(name={"fi": "Uusi nimi"})])
    assert catalog.offering("helsinki-a").provider.name["fi"] == "Uusi nimi"


def test_an_unknown_provider_is_not_found(catalog):
    with pytest.raises(NotFound):
        catalog.provider("nobody")
