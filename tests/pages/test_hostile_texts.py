"""A provider's text can carry anything; on a page, in data for search engines and in the API it does nothing."""

import json

import pytest
from every_page import Pages
from flask.testing import FlaskClient
from html_tree import read_html
from site_for_tests import HOSTILE, HOSTILE_OFFERING, LANGUAGES, LONG_WORD, SCRIPT

WHERE_IT_SHOWS = [f"offerings/{HOSTILE}", "search?q=sulkea+tagit", "providers/sivis", "search?sort=new"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", WHERE_IT_SHOWS)
def test_a_script_in_a_text_stays_text(pages: Pages, language: str, path: str):
    page = pages.get(f"/{language}/{path}")
    assert "alert('osaset')" in page.root.text and SCRIPT not in page.html


@pytest.mark.parametrize("path", WHERE_IT_SHOWS)
def test_no_picture_frame_form_or_style_comes_out_of_a_text(pages: Pages, path: str):
    page = pages.get(f"/fi/{path}")
    assert page.main.all("img", "iframe", "style", "script", "math", "object") == []
    ours = ("/fi/search", "/fi/search/unsuitable")
    assert [form["action"] for form in page.root.all("form") if form.get("action") not in ours] == []


def test_links_that_would_run_a_script_lead_nowhere(pages: Pages):
    prose = pages.get(f"/fi/offerings/{HOSTILE}").main.all("div", class_="prose")[0]
    assert [link.get("href") for link in prose.all("a") if link.text == "linkki"] == [""]


def test_links_of_providers_get_no_credit_and_no_handle_on_our_window(pages: Pages):
    prose = pages.get(f"/fi/offerings/{HOSTILE}").main.all("div", class_="prose")[0]
    assert {link["rel"] for link in prose.all("a")} == {"nofollow noopener noreferrer"}


def test_headings_of_providers_stand_below_our_own(pages: Pages):
    prose = pages.get(f"/fi/offerings/{HOSTILE}").main.all("div", class_="prose")[0]
    assert [heading.tag for heading in prose.walk() if heading.text == "Otsikko"] == ["h3"]


def test_tags_that_a_provider_left_open_close_with_the_text(pages: Pages):
    page = pages.get(f"/fi/offerings/{HOSTILE}")
    assert page.root.one("footer").parent.tag == "body"


def test_templates_do_not_calculate_what_stands_in_a_title(pages: Pages):
    assert "{{7*7}}" in pages.get(f"/fi/offerings/{HOSTILE}").main.one("h1").text


def test_the_title_of_the_window_holds_the_whole_title_as_text(pages: Pages):
    page = pages.get(f"/fi/offerings/{HOSTILE}")
    assert page.root.one("title").text.startswith("</title></script><script>")


def test_a_very_long_word_is_shown_whole(pages: Pages):
    assert LONG_WORD in pages.get(f"/fi/offerings/{HOSTILE}").main.text


def test_data_for_search_engines_cannot_be_left_by_a_closing_tag(pages: Pages):
    page = pages.get(f"/fi/offerings/{HOSTILE}")
    block = page.root.one("script", type="application/ld+json").text
    assert "<" not in block and json.loads(block)["name"] == HOSTILE_OFFERING["title"]["fi"]


@pytest.mark.parametrize("path", [f"/api/v1/offerings/{HOSTILE}", "/api/v1/offerings?q=sulkea+tagit"])
def test_the_api_hands_texts_on_as_data_that_no_browser_takes_for_a_page(client: FlaskClient, path: str):
    response = client.get(path)
    assert response.content_type == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    found = response.json.get("items", [response.json])
    assert HOSTILE_OFFERING["title"] in [offering["title"] for offering in found]


@pytest.mark.parametrize(
    "query", [SCRIPT, "\"><img src=x onerror='alert(1)'>", "{{7*7}}${7*7}", "</title>", "' OR 1 --"]
)
@pytest.mark.parametrize("name", ["q", "field", "sort", "page", "ects_min"])
def test_what_a_visitor_types_stays_text(client: FlaskClient, name: str, query: str):
    html = client.get("/en/search", query_string={name: query}).get_data(as_text=True)
    root, faults = read_html(html)
    assert faults == [] and "49" not in root.one("title").text
    assert [e for e in root.walk() if e.tag == "img" or any(a.startswith("on") for a in e.attributes)] == []
    assert SCRIPT not in html
