"""The address without a language leads to the visitor's own."""

import pytest
from flask.testing import FlaskClient

ACCEPTED = {
    "fi": "/fi/",
    "sv-FI,sv;q=0.9,fi;q=0.8": "/sv/",
    "en-GB,en;q=0.5": "/en/",
    "de-DE,de;q=0.9,en;q=0.3": "/en/",
    "fi;q=0.2,sv;q=0.9": "/sv/",
    "de,fr": "/fi/",
    "*": "/fi/",
    "": "/fi/",
    "sv;q=0,en;q=0.1": "/en/",
    "sv;q=banana,,;;=,\x7f": "/fi/",
    "q" * 5000: "/fi/",
}


@pytest.mark.parametrize(("accepted", "home"), ACCEPTED.items(), ids=[text[:20] or "empty" for text in ACCEPTED])
def test_the_front_door_leads_to_the_language_that_the_browser_prefers(client: FlaskClient, accepted: str, home: str):
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response.location) == (302, home)


def test_without_a_preference_the_front_door_leads_to_finnish(client: FlaskClient):
    assert client.get("/").location == "/fi/"


def test_caches_are_told_that_the_front_door_depends_on_the_language(client: FlaskClient):
    assert "Accept-Language" in client.get("/").headers["Vary"]


def test_the_front_door_sets_no_cookie(client: FlaskClient):
    assert "Set-Cookie" not in client.get("/").headers


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_language_of_the_path_wins_over_that_of_the_browser(pages, language: str):
    assert pages.get(f"/{language}/about", Accept_Language="sv").language == language


@pytest.mark.parametrize("path", ["/fi", "/fi/providers"])
def test_an_address_without_its_last_slash_leads_to_the_page(client: FlaskClient, path: str):
    response = client.get(path)
    assert response.status_code == 308 and response.location.endswith(path + "/")


def test_a_search_with_a_slash_too_many_keeps_its_words_and_filters(client: FlaskClient):
    response = client.get("/sv/search/?q=vatten&field=05&field=07")
    assert (response.status_code, response.location) == (302, "/sv/search?q=vatten&field=05&field=07")


def test_the_home_page_counts_everything_in_the_catalogue(pages, client: FlaskClient):
    total = client.get("/api/v1/offerings?size=1").json["total"]
    last_tile = pages.get("/en/").main.one("ul", class_="fields").all("a")[-1]
    assert (last_tile["href"], last_tile.text) == ("/en/search", f"See all {total}")


def test_the_home_page_counts_each_field_as_the_search_finds_it(pages, client: FlaskClient):
    tiles = pages.get("/en/").main.one("ul", class_="fields").all("a")[:-1]
    shown = {tile["href"].rpartition("=")[2]: int(tile.one("span", class_="n").text.split()[0]) for tile in tiles}
    found = {code: client.get(f"/api/v1/offerings?field={code}&size=1").json["total"] for code in shown}
    assert shown == found and len(shown) >= 10


def test_the_home_page_names_nothing_that_was_withdrawn(pages):
    assert "Poistuva kurssi" not in pages.get("/fi/").main.text


def test_what_starts_soon_is_in_order_of_its_day(pages, client: FlaskClient):
    first = client.get("/api/v1/offerings?start=6m&sort=start&size=4").json["items"]
    listed = pages.get("/en/").main.all("ul", class_="list")[0].all("a")
    assert [link["href"].rpartition("/")[2] for link in listed] == [item["id"] for item in first]
