"""Searches that found nothing are noted beside the answer, for people only; and a press of a button tells why not."""

import logging
import sqlite3

import pytest
from site_for_tests import LANGUAGES
from visiting import Visiting, the_form

from portal.store.searches import SearchStore

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def rows(visiting: Visiting, table: str) -> list[tuple]:
    """Words and language of what was noted since the site was made."""
    visiting.noted()
    with sqlite3.connect(visiting.services.settings.data / "portal.sqlite3") as connection:
        return connection.execute(f"SELECT words, language FROM {table} WHERE words LIKE '%blorp%'").fetchall()


def search(visiting: Visiting, query: str, path: str = "/sv/search", **headers: str) -> None:
    named = {name.replace("_", "-"): value for name, value in ({"User_Agent": BROWSER} | headers).items()}
    assert visiting.client.get(f"{path}?{query}", headers=named).status_code == 200


def test_a_search_in_vain_is_noted_with_its_words_and_language(visiting: Visiting):
    search(visiting, "q=Blorptastic+ZYX")
    assert rows(visiting, "vain_search") == [("blorptastic zyx", "sv")]


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("q=blorptastic", {"User_Agent": "Googlebot/2.1"}),
        ("q=blorptastic", {"User_Agent": ""}),
        ("q=blorptastic", {"User_Agent": "curl/8.0"}),
        ("q=blorptastic", {"Sec_Purpose": "prefetch;prerender"}),
        ("q=blorptastic", {"Purpose": "prefetch"}),
        ("q=blorptastic&page=2", {}),
        ("q=blorptastic+anna@people.example", {}),
        ("q=blorptastic+040+123+4567", {}),
        ("field=10&level=8&koski=1", {}),
    ],
)
def test_what_nobody_typed_and_what_looks_private_is_not_noted(visiting: Visiting, query: str, headers: dict):
    search(visiting, query, **headers)
    assert rows(visiting, "vain_search") == []


def test_a_search_with_hits_is_not_noted(visiting: Visiting):
    search(visiting, "q=historia")
    visiting.noted()
    with sqlite3.connect(visiting.services.settings.data / "portal.sqlite3") as connection:
        assert connection.execute("SELECT 1 FROM vain_search WHERE words = 'historia'").fetchall() == []


def test_the_open_api_notes_nothing(visiting: Visiting):
    search(visiting, "q=blorptastic", path="/api/v1/offerings")
    search(visiting, "q=blorptastic", path="/api/v1/suggest")
    assert rows(visiting, "vain_search") == []


def test_a_store_that_fails_neither_breaks_nor_shows_in_the_search(
    visiting: Visiting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(SearchStore, "note_vain", fail)
    monkeypatch.setattr(logging.getLogger("portal"), "propagate", True)
    search(visiting, "q=blorptastic")
    visiting.noted()
    assert "a search in vain was not noted" in caplog.text and "blorptastic" not in caplog.text
    monkeypatch.undo()
    search(visiting, "q=blorptastic+again")
    assert rows(visiting, "vain_search") == [("blorptastic again", "sv")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_press_of_a_button_tells_what_was_in_the_way(visiting: Visiting, language: str):
    page = visiting.pages.get(f"/{language}/search?q=hiljaisuuden+historia+blorp&field=02")
    form = the_form(page)
    assert [button["value"] for button in form.all("button")] == [
        "level",
        "time",
        "language",
        "price",
        "place",
        "content",
    ]
    fields = {field["name"]: field["value"] for field in form.all("input")} | {"reason": "price"}
    answer = visiting.pages.post(form["action"], fields, User_Agent=BROWSER)
    links = {a["href"] for a in answer.main.all("a")}
    assert rows(visiting, "unsuitable") == [("hiljaisuuden historia blorp", language)]
    assert f"/{language}/search?q=hiljaisuuden+historia+blorp&field=02" in links
    assert f"/{language}/proposals/new?q=hiljaisuuden+historia+blorp&field=02" in links


def test_telling_what_was_in_the_way_sets_no_cookie(visiting: Visiting):
    response = visiting.client.post("/en/search/unsuitable", data={"q": "historia", "reason": "time"})
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("reason", ["", "weather"])
def test_another_reason_is_refused_with_a_sentence(visiting: Visiting, reason: str):
    visiting.pages.post("/en/search/unsuitable", {"q": "historia", "reason": reason}, status=409)


@pytest.mark.parametrize("query", ["", "?sort=new"])
def test_whoever_only_browses_is_not_asked(visiting: Visiting, query: str):
    assert visiting.pages.get(f"/fi/search{query}").root.all(id="unsuitable") == []


def test_the_language_switcher_of_the_thanks_leads_back_to_the_search(visiting: Visiting):
    page = visiting.pages.post("/en/search/unsuitable", {"q": "historia", "reason": "time"})
    swedish = page.root.one("nav", class_="langs").all("a", lang="sv")[0]["href"]
    assert visiting.client.get(swedish).location == "/sv/search"
