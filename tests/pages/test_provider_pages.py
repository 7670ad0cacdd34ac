"""Who offers learning here: the list in the order of each language, and a page of each."""

import re

import pytest
from every_page import Pages
from flask.testing import FlaskClient
from site_for_tests import LANGUAGES

ALPHABET = {"fi": "abcdefghijklmnopqrstuvwxyzåäö", "sv": "abcdefghijklmnopqrstuvwxyzåäö"}


def names(pages: Pages, language: str) -> list[list[str]]:
    lists = pages.get(f"/{language}/providers/").main.all("ul", class_="list")
    return [[link.text for link in group.all("a")] for group in lists]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_providers_stand_in_the_order_in_which_z_is_followed_by_å_ä_and_ö(pages: Pages, language: str):
    for group in names(pages, language):
        keys = [[ALPHABET[language].find(letter) for letter in name.casefold()] for name in group]
        assert keys == sorted(keys)


def test_swedish_names_of_universities_end_with_å_and_ö(pages: Pages):
    assert names(pages, "sv")[0][-3:] == ["Åbo Akademi", "Åbo universitet", "Östra Finlands universitet"]


def test_in_english_å_stands_with_a(pages: Pages):
    universities = names(pages, "en")[0]
    assert universities.index("Åbo Akademi University") == 1 and universities[0] == "Aalto University"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_provider_is_listed_once(pages: Pages, app, language: str):
    links = [a["href"] for a in pages.get(f"/{language}/providers/").main.all("a")]
    listed = [link.rpartition("/")[2] for link in links if link != f"/{language}/providers/join"]
    assert sorted(listed) == sorted(app.extensions["services"].catalog.providers())


def test_a_provider_is_counted_as_the_search_finds_it(pages: Pages, client: FlaskClient):
    counts = {}
    for item in pages.get("/en/providers/").main.all("li"):
        number = re.match(r"\d+", item.one("span", class_="num").text)
        counts[item.one("a")["href"].rpartition("/")[2]] = int(number[0]) if number else 0
    found = {v["value"]: v["count"] for v in client.get("/api/v1/offerings?size=1").json["facets"]["provider"]}
    assert {provider: count for provider, count in counts.items() if count} == found


def test_a_provider_without_offerings_says_so(pages: Pages):
    assert pages.get("/en/providers/valkeala").main.all("article")
    assert "No micro-credentials yet" not in pages.get("/en/providers/valkeala").main.text


def test_the_page_of_a_provider_leads_to_its_own_site(pages: Pages):
    links = {a["href"] for a in pages.get("/fi/providers/aalto").main.all("a")}
    assert "https://www.aalto.fi" in links


def test_a_name_in_another_language_is_marked(pages: Pages):
    assert pages.get("/en/providers/valkeala").main.one("h1").one("span")["lang"] == "fi"


def test_an_unknown_provider_is_not_found(pages: Pages):
    assert pages.get("/sv/providers/hogwarts", status=404).language == "sv"


@pytest.mark.parametrize("language", LANGUAGES)
def test_strangers_can_look_at_the_template_before_they_join(pages: Pages, client: FlaskClient, language: str):
    links = [a["href"] for a in pages.get(f"/{language}/providers/join").main.all("a")]
    for ending in ("xlsx", "csv"):
        path = f"/{language}/providers/join/template.{ending}"
        assert path in links
        response = client.get(path)
        assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_providers_find_their_page_from_the_menu_and_the_way_in_from_there(pages: Pages, language: str):
    menu = pages.get(f"/{language}/").root.one("header").one("details").all("a")
    assert f"/{language}/providers/join" in [a["href"] for a in menu]
    links = [a["href"] for a in pages.get(f"/{language}/providers/join").main.all("a")]
    assert f"/{language}/desk/sign-in" in links and "/api/v1/openapi.json" in links
