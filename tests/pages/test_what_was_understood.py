"""The results page tells what was understood, what may have been meant, what comes near, and how to search wider."""

import re
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pytest
from every_page import Page, Pages
from flask.testing import FlaskClient
from html_tree import read_html
from site_for_tests import HOSTILE, HOSTILE_OFFERING, LANGUAGES, SCRIPT


def pairs(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def understood(page: Page) -> list[tuple[str, str]]:
    """Kind and what was understood, as the page tells them."""
    told = page.root.all(id="understood")
    return [(part.one("dt").text, part.one("dd").text) for part in told[0].all("div")] if told else []


def count(page: Page) -> int:
    digits = re.sub(r"\D", "", page.root.one(id="count").text)
    return int(digits or 0)


def cards(page: Page) -> tuple[list[str], list[str]]:
    """Ids of the hits, and of what comes near."""
    related = [
        a["href"].rpartition("/")[2] for s in page.main.all(id="related") for h in s.all("h3") for a in h.all("a")
    ]
    every = [
        a["href"].rpartition("/")[2]
        for article in page.main.all("article")
        for h in article.all("h3")
        for a in h.all("a")
    ]
    return every[: len(every) - len(related)], related


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/fi/search?q=5+op+tietosuoja", [("aihe", "tietosuoja ↔ dataskydd, data protection"), ("laajuus", "5 op")]),
        ("/sv/search?q=1,5+sp+dataskydd", [("ämne", "dataskydd ↔ tietosuoja, data protection"), ("omfattning", "1,5 sp")]),
        ("/en/search?q=data+protection+under+5+credits",
         [("topic", "data protection ↔ tietosuoja, dataskydd"), ("scope", "< 5 ECTS")]),
        ("/en/search?q=1.5+credits+blorptastic", [("topic", "blorptastic"), ("scope", "1.5 ECTS")]),
        ("/fi/search?q=HY+verkossa", [("järjestäjä", "Helsingin yliopisto"), ("tapa", "verkossa")]),
        ("/sv/search?q=Helsingin+yliopisto", [("anordnare", "Helsingfors universitet")]),
        ("/fi/search?q=GDPR", [("aihe", "gdpr ↔ tietosuoja, dataskydd, data protection")]),
    ],
)  # fmt: skip
def test_the_page_tells_what_was_understood(pages: Pages, path: str, told: list):
    assert [(kind, text.replace("\xa0", " ")) for kind, text in understood(pages.get(path))] == told


@pytest.mark.parametrize("path", ["/fi/search", "/fi/search?field=06", "/fi/search?q=", "/fi/search?q=???"])
def test_without_words_there_is_nothing_to_tell(pages: Pages, path: str):
    assert understood(pages.get(path)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    ["GDPR", "5 op HY tietosuoja verkossa", "tietosouja", "alle 3 op", "tietosuoja hitsaus", "zyxwqv", "HY-AVO-0611", "ÅA",
     "miten opin johtamaan projekteja", "<b>tietosuoja</b>", "'\"`${7*7}", "c++ & c#", "5 op", "a" * 200],
)  # fmt: skip
@pytest.mark.parametrize("more", ["", "&field=10", "&literal=1"])
def test_whatever_is_asked_the_page_keeps_what_every_page_promises(pages: Pages, language: str, query: str, more: str):
    page = pages.get(f"/{language}/search?q={quote_plus(query)}{more}")
    assert page.root.one("input", id="q")["value"] == query


def test_the_words_can_be_searched_exactly_as_typed_with_the_same_filters(pages: Pages):
    page = pages.get("/en/search?q=tietosuoja&mode=online&sort=title")
    link = page.link("Search for exactly these words")
    assert sorted(pairs(link)) == [("literal", "1"), ("mode", "online"), ("q", "tietosuoja"), ("sort", "title")]
    assert 0 < count(pages.get(link)) < count(pages.get("/en/search?q=tietosuoja&sort=title"))


def test_a_literal_search_leads_back_and_tells_of_nothing_else(pages: Pages):
    page = pages.get("/en/search?q=5+op+tietosuoja&mode=online&literal=1")
    assert sorted(pairs(page.link("Search also for other forms of the words"))) == [
        ("mode", "online"),
        ("q", "5 op tietosuoja"),
    ]
    assert understood(page) == [] and "Did you mean" not in page.main.text


def test_a_literal_search_finds_only_what_has_the_words_as_typed(pages: Pages, client: FlaskClient):
    found = client.get("/api/v1/offerings?q=tietosuoja&literal=1&size=100").json
    assert 0 < found["total"] < client.get("/api/v1/offerings?q=tietosuoja").json["total"]
    assert found["understood"] == {"parts": []} and found["did_you_mean"] is None


def test_credits_in_the_words_are_kept_by_every_hit(client: FlaskClient):
    items = client.get("/api/v1/offerings?q=alle+3+op&size=100").json["items"]
    assert len(items) > 20 and all(
        (item["ects"] if not isinstance(item["ects"], dict) else item["ects"]["min"]) < 3 for item in items
    )


@pytest.mark.parametrize(
    ("query", "meant"),
    [("tietosouja", "tietosuoja"), ("5 op tietosouja", "5 op tietosuoja"), ("Pyhton", "python"), ("kyberturvalisuus", "kyberturvallisuus")],
)  # fmt: skip
def test_what_may_have_been_meant_is_one_click_away(pages: Pages, query: str, meant: str):
    page = pages.get(f"/en/search?q={quote_plus(query)}&mode=online")
    assert sorted(pairs(page.link(meant))) == [("mode", "online"), ("q", meant)]
    assert count(page) > 0


@pytest.mark.parametrize("query", ["tietosuoja", "GDPR", "5 op", "HY", "kissa"])
def test_nothing_is_proposed_for_words_that_are_known(pages: Pages, query: str):
    assert "Did you mean" not in pages.get(f"/en/search?q={query}").root.text


def test_what_comes_near_stands_under_its_own_heading_and_is_no_hit(pages: Pages):
    page = pages.get("/en/search?q=tietosuoja+hitsaus")
    hits, related = cards(page)
    assert page.root.one(id="related").one("h2").text == "Close to your topic"
    assert related and hits == [] and count(page) == 0


def test_hits_and_what_comes_near_never_overlap(pages: Pages):
    hits, related = cards(pages.get("/fi/search?q=5+op+tietosuoja"))
    assert hits and related and not set(hits) & set(related)
    assert len(hits) == count(pages.get("/fi/search?q=5+op+tietosuoja"))


def test_what_comes_near_is_shown_on_the_first_page_only(pages: Pages, client: FlaskClient):
    first, second = (pages.get(f"/fi/search?q=ty%C3%B6+perusteet&page={number}") for number in (1, 2))
    assert count(first) > 20 and cards(second)[1] == []


def test_what_comes_near_satisfies_the_filters(client: FlaskClient):
    answer = client.get("/api/v1/offerings?q=tietosuoja+hitsaus&scope=5-9").json
    assert answer["related"] and all(5 <= item["ects"] < 10 for item in answer["related"])


@pytest.mark.parametrize(
    "query",
    ["q=tietosuoja&field=08", "q=tietosuoja&field=022&mode=onsite", "q=python&provider=sivis&mode=online", "q=tietosuoja&ects_min=60",
     "field=10&level=8&koski=1", "q=tietosuoja&literal=1&field=10", "q=GDPR&scope=60%2B&price=free"],
)  # fmt: skip
def test_an_empty_page_leads_to_wider_searches_that_find_as_many_as_they_say(pages: Pages, query: str):
    page = pages.get(f"/en/search?{query}")
    wider = page.root.one(id="wider").all("li", class_="ask")
    assert count(page) == 0 and wider
    for link in wider:
        promised = int(re.sub(r"\D", "", link.one("span").text))
        assert count(pages.get(link.one("a")["href"])) == promised > 0
    addresses = [tuple(sorted(pairs(link.one("a")["href"]))) for link in wider]
    assert len(set(addresses)) == len(addresses)


def test_a_narrow_field_without_hits_leads_to_its_broad_field(pages: Pages):
    page = pages.get("/en/search?q=tietosuoja&field=042&field=061&mode=blended&scope=60%2B&pok=1")
    empty = pages.get("/en/search?q=hitsaus&field=072")
    found = [pairs(a["href"]) for a in empty.main.all("a") if a.text.startswith("Search more widely")]
    assert count(page) == 0 and count(empty) == 0
    assert found == [[("q", "hitsaus"), ("field", "07")]]


def test_an_unmet_need_is_told_as_such_and_leads_on(pages: Pages):
    page = pages.get("/en/search?q=zyxwqv")
    assert page.main.one("div", class_="empty").one("h3").text == "Nobody offers this yet"
    assert page.main.all("li", class_="ask") == [] and page.link("See everything in the catalogue") == "/en/search"


def marks(page: Page) -> list[str]:
    return [mark.text for mark in page.main.all("mark")]


@pytest.mark.parametrize(
    ("path", "word"),
    [("/fi/search?q=tietosuoja", "Tietosuojan"), ("/sv/search?q=tietosuoja", "dataskydd"), ("/en/search?q=GDPR", "protection"),
     ("/fi/search?q=hiljaisuus", "Hiljaisuuden"), ("/fi/search?q=c%2B%2B", "C++")],
)  # fmt: skip
def test_found_words_are_marked_in_title_or_text(pages: Pages, path: str, word: str):
    assert word in marks(pages.get(path))


@pytest.mark.parametrize(
    "path", ["/fi/search", "/fi/search?field=06", "/fi/search?q=5+op", "/fi/search?q=HY", "/fi/search?q=zyxwqv"]
)
def test_where_no_word_was_searched_nothing_is_marked(pages: Pages, path: str):
    assert marks(pages.get(path)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query", ["script", "alert", "osaset", "alert osaset script", "7", "title img", "svg", "onload alert"]
)
def test_marking_leaves_a_hostile_title_what_it_is(pages: Pages, language: str, query: str):
    page = pages.get(f"/{language}/search?q={quote_plus(query)}&provider=sivis&sort=new")
    assert SCRIPT not in page.html and page.main.all("script", "img", "iframe") == []
    title = HOSTILE_OFFERING["title"]["en" if language == "en" else "fi"]
    links = [a for a in page.main.all("a") if a.get("href").endswith(HOSTILE)]
    assert [a.text for a in links] in ([], [" ".join(title.split())])
    assert all(
        mark.children and all(isinstance(child, str) for child in mark.children) for mark in page.main.all("mark")
    )


def test_a_hostile_title_is_found_and_marked(pages: Pages):
    page = pages.get("/fi/search?q=alert+osaset&provider=sivis")
    (link,) = [a for a in page.main.all("a") if a.get("href").endswith(HOSTILE)]
    assert {mark.text for mark in link.all("mark")} == {"alert", "osaset"}


def test_a_marked_title_is_spoken_in_its_own_language(pages: Pages):
    page = pages.get("/fi/search?q=h%C3%A5llbar+finansiering")
    mark = next(mark for mark in page.main.all("mark") if mark.text == "Hållbar")
    assert mark.language == "sv"


def test_the_search_box_is_a_plain_form_that_knows_where_suggestions_are(pages: Pages):
    for language in LANGUAGES:
        page = pages.get(f"/{language}/search?q=tieto")
        box = page.root.one("input", id="q")
        assert box["data-suggest"].startswith(f"/api/v1/suggest?lang={language}")
        assert page.root.one("form", id="f")["method"] == "get"


def test_the_api_tells_the_same_as_the_page(client: FlaskClient):
    answer = client.get("/api/v1/offerings?q=5+op+tietosouja&lang=fi").json
    assert answer["did_you_mean"] == "5 op tietosuoja"
    assert {"kind": "scope", "text": "5", "also": []} in answer["understood"]["parts"]


def test_the_page_of_hostile_words_is_well_formed(client: FlaskClient):
    html = client.get("/en/search?q=%3Cmark%3Etietosuoja%3C/mark%3E").get_data(as_text=True)
    assert read_html(html)[1] == [] and "<mark>tietosuoja</mark>" not in html
