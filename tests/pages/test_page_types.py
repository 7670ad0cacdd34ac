"""Every kind of page, in every language; `pages` checks on each what every page promises."""

import pytest
from every_page import Pages
from flask.testing import FlaskClient
from site_for_tests import (
    BARE,
    EXAMPLE,
    EXAMPLE_OF_60,
    GONE,
    HOSTILE,
    LANGUAGES,
    MISLABELLED,
    REAL,
    STUDY_CENTRE,
)


def fetch(client: FlaskClient, path: str) -> tuple[int, str, str]:
    """Status, text and Cache-Control of a file; the response is closed again."""
    with client.get(path) as response:
        return response.status_code, response.get_data().decode("latin-1"), response.headers["Cache-Control"]


PAGES = {
    "home": "",
    "search": "search",
    "search with words": "search?q=historia",
    "search with filters": "search?field=02&scope=1-4&ects_min=1&pok=1",
    "search that finds nothing": "search?q=qwertyzxcv&mode=online",
    "second page of a search": "search?page=2&sort=title",
    "offering": f"offerings/{REAL}",
    "example offering": f"offerings/{EXAMPLE}",
    "offering of 60 credits": f"offerings/{EXAMPLE_OF_60}",
    "offering with only a title": f"offerings/{BARE}",
    "offering with hostile texts": f"offerings/{HOSTILE}",
    "offering whose label lies": f"offerings/{MISLABELLED}",
    "offering of a study centre": f"offerings/{STUDY_CENTRE}",
    "providers": "providers/",
    "provider": "providers/helsinki",
    "becoming a provider": "providers/join",
    "signing in": "desk/sign-in",
    "asking for a link": "desk/link/password",
    "provider without offerings": "providers/uniarts",
    "demand": "demand",
    "demand of a choice": "demand?field=02&region=01",
    "how demand is counted": "demand/method",
    "form of interest": f"offerings/{REAL}/interest",
    "form of interest for employers": f"offerings/{EXAMPLE}/interest?level=organisation",
    "form of a report": f"offerings/{REAL}/report",
    "wishes": "proposals/",
    "wishes narrowed": "proposals/?field=09&state=open",
    "open wish": "proposals/hirsi-korjaus",
    "wish with enough people": "proposals/wish-many",
    "wish that was taken up": "proposals/lampopumppu",
    "wish that was held": "proposals/selko-viranom",
    "wish that was declined": "proposals/ammattikuljett",
    "form of a wish": "proposals/new",
    "form of a wish from a search": "proposals/new?q=tekoaly&field=06&mode=online",
    "form of joining": "proposals/lampopumppu/join",
    "report on a wish": "proposals/lampopumppu/report",
    "erasing": "privacy/erase",
    "about": "about",
    "privacy": "privacy",
    "accessibility": "accessibility",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_kind_of_page_keeps_the_promises_of_every_page(pages: Pages, language: str, path: str) -> None:
    assert pages.get(f"/{language}/{path}").language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_withdrawn_page_keeps_the_promises_of_every_page(pages: Pages, language: str) -> None:
    assert pages.get(f"/{language}/offerings/{GONE}", status=410).language == language


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_the_language_switcher_keeps_page_and_query(pages: Pages, path: str) -> None:
    switcher = pages.get(f"/fi/{path}").root.one("nav", class_="langs")
    assert [link["href"] for link in switcher.all("a")] == [f"/{language}/{path}" for language in LANGUAGES]


def test_the_switcher_says_which_language_is_shown(pages: Pages) -> None:
    switcher = pages.get("/sv/about").root.one("nav", class_="langs")
    assert [link["lang"] for link in switcher.all("a", aria_current="true")] == ["sv"]


def test_language_names_stand_in_their_own_language(pages: Pages) -> None:
    switcher = pages.get("/fi/about").root.one("nav", class_="langs")
    assert [(link["lang"], link.one("span", class_="long").text) for link in switcher.all("a")] == [
        ("fi", "Suomi"),
        ("sv", "Svenska"),
        ("en", "English"),
    ]


def test_the_menu_marks_the_page_one_is_on(pages: Pages) -> None:
    menu = pages.get("/en/providers/join").root.one("details", class_="menu")
    assert [link["href"] for link in menu.all("a", aria_current="page")] == ["/en/providers/join"]


def test_links_of_a_page_lead_somewhere(pages: Pages, client: FlaskClient) -> None:
    links = {a["href"] for a in pages.get("/fi/").root.all("a") if a["href"].startswith("/")}
    assert {path: client.get(path).status_code for path in links} == dict.fromkeys(links, 200)


def test_links_of_an_offering_lead_somewhere(pages: Pages, client: FlaskClient) -> None:
    links = {a["href"] for a in pages.get(f"/sv/offerings/{REAL}").root.all("a") if a["href"].startswith("/")}
    assert {path: client.get(path).status_code for path in links} == dict.fromkeys(links, 200)


def test_style_sheets_script_and_font_are_served(pages: Pages, client: FlaskClient) -> None:
    root = pages.get("/fi/").root
    files = [e["href"] for e in root.all("link") if e.get("rel") in ("stylesheet", "preload", "icon")]
    files += [script["src"] for script in root.all("script")]
    assert len(files) >= 5
    assert {path: fetch(client, path)[0] for path in files} == dict.fromkeys(files, 200)


def test_files_with_a_version_are_kept_for_a_year(pages: Pages, client: FlaskClient) -> None:
    sheet = next(e["href"] for e in pages.get("/fi/").root.all("link", rel="stylesheet"))
    assert fetch(client, sheet)[2] == "public, max-age=31536000, immutable"


def test_the_preloaded_font_is_the_one_that_the_style_sheet_asks_for(pages: Pages, client: FlaskClient) -> None:
    root = pages.get("/fi/").root
    preloaded = root.one("link", rel="preload")["href"]
    sheets = "".join(fetch(client, e["href"])[1] for e in root.all("link", rel="stylesheet"))
    assert preloaded.removeprefix("/static/") in sheets


def test_a_page_looked_at_again_in_another_language_does_not_keep_the_first(pages: Pages) -> None:
    assert [pages.get(f"/{language}/about").language for language in (*LANGUAGES, "fi")] == [*LANGUAGES, "fi"]
