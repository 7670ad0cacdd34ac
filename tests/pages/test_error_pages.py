"""When something goes wrong: a page in the visitor's language with the request's id, and nobody is given away."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from every_page import Pages
from flask import Flask
from flask.testing import FlaskClient
from site_for_tests import LANGUAGES, open_app

from portal.web.logs import JsonFormatter

NOT_FOUND = {"fi": "Sivua ei löydy", "sv": "Sidan finns inte", "en": "Page not found"}
SECRET_WORDS = "sairauteni-on-salaisuus"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the portal writes to its log while the test runs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    logging.getLogger("portal").addHandler(handler)
    yield written
    logging.getLogger("portal").removeHandler(handler)


@pytest.fixture
def broken(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site with a search that fails."""
    app = open_app(own_folder)

    def fail(*_: object) -> None:
        raise RuntimeError(f"cannot search for {SECRET_WORDS}")

    monkeypatch.setattr(app.extensions["services"].searching, "find", fail)
    return app


@pytest.fixture
def limited(own_folder: Path) -> Flask:
    """The site with room for three searches a minute."""
    return open_app(own_folder, search_rate="3/minute")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["nothing-here", "offerings/no-such-offering", "providers/no-such", "search/deeper"])
def test_what_is_not_there_is_told_in_the_language_of_the_path(pages: Pages, language: str, path: str):
    page = pages.get(f"/{language}/{path}", status=404)
    assert page.language == language and "noindex" in page.robots


def test_an_address_without_a_language_answers_in_that_of_the_browser(pages: Pages):
    assert pages.get("/nothing-here", status=404, Accept_Language="sv").language == "sv"


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_found_is_said_in_words(pages: Pages, language: str):
    assert pages.get(f"/{language}/nothing-here", status=404).main.one("h1").text == NOT_FOUND[language]


def test_an_error_page_gives_the_code_of_the_request(pages: Pages):
    page = pages.get("/en/nothing-here", status=404, X_Request_Id="abcdef-123456")
    assert page.response.headers["X-Request-Id"] == "abcdef-123456"
    assert "Code of the request: abcdef-123456" in page.main.text


@pytest.mark.parametrize("given", ["x", "<script>alert(1)</script>", "a" * 65, "dots.are.not.taken", ""])
def test_a_code_that_others_made_up_badly_is_replaced(client: FlaskClient, given: str):
    answered = client.get("/fi/nothing", headers={"X-Request-Id": given}).headers["X-Request-Id"]
    assert answered != given and len(answered) == 16


def test_an_error_page_leads_on(pages: Pages):
    links = {a["href"] for a in pages.get("/sv/nothing-here", status=404).main.all("a")}
    assert links == {"/sv/", "/sv/search"}


def test_error_pages_are_not_kept(pages: Pages):
    assert pages.get("/fi/nothing-here", status=404).response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_that_a_page_does_not_have_is_refused_with_a_page(client: FlaskClient, language: str, method: str):
    response = client.open(f"/{language}/search", method=method)
    assert response.status_code == 405 and "GET" in response.headers["Allow"]
    assert f'<html lang="{language}"' in response.get_data(as_text=True)


def test_errors_of_the_api_are_problem_json(client: FlaskClient):
    response = client.get("/api/v1/offerings/no-such?lang=sv", headers={"X-Request-Id": "abcdef-123456"})
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    assert response.json["status"] == 404 and response.json["instance"] == "abcdef-123456"
    assert response.json["title"] == NOT_FOUND["sv"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_as_many_searches_as_were_allowed_the_next_is_asked_to_wait(limited: Flask, language: str):
    statuses = [limited.test_client().get(f"/{language}/search?q={n}").status_code for n in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


def test_the_page_that_asks_to_wait_keeps_the_promises_of_every_page(limited: Flask):
    pages = [Pages(limited.test_client()).get("/sv/search", status=status) for status in (200, 200, 200, 429)]
    assert 1 <= int(pages[-1].response.headers["Retry-After"]) <= 61


def test_the_page_that_asks_to_wait_says_how_long(limited: Flask):
    for status in (200, 200, 200):
        Pages(limited.test_client()).get("/en/search", status=status)
    page = Pages(limited.test_client()).get("/en/search", status=429)
    assert page.main.one("h1").text == "Too many requests"
    assert f"in {page.response.headers['Retry-After']} seconds" in page.main.text


def test_page_and_api_share_one_allowance(limited: Flask):
    client = limited.test_client()
    paths = ("/fi/search", "/api/v1/offerings", "/sv/search", "/api/v1/offerings")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200, 429]


def test_the_api_says_when_to_try_again(limited: Flask):
    client = limited.test_client()
    response = [client.get("/api/v1/offerings") for _ in range(4)][-1]
    assert response.content_type == "application/problem+json" and int(response.headers["Retry-After"]) >= 1


def test_visitors_have_allowances_of_their_own(limited: Flask):
    client = limited.test_client()
    first = [client.get("/fi/search", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code for _ in range(4)]
    other = client.get("/fi/search", environ_base={"REMOTE_ADDR": "192.0.2.2"}).status_code
    assert (first[-1], other) == (429, 200)


def test_pages_that_do_not_search_are_never_refused(limited: Flask):
    client = limited.test_client()
    assert {client.get(path).status_code for path in ("/fi/about", "/fi/", "/healthz") for _ in range(5)} == {200}


def test_addresses_of_visitors_are_not_stored(limited: Flask, own_folder: Path):
    limited.test_client().get("/fi/search", environ_base={"REMOTE_ADDR": "192.0.2.77"})
    kept = b"".join(path.read_bytes() for path in own_folder.glob("limits.sqlite3*"))
    assert kept and b"192.0.2.77" not in kept


def test_a_search_rate_that_is_off_leaves_no_errors_in_the_log(client: FlaskClient, caplog: pytest.LogCaptureFixture):
    client.get("/fi/search")
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_that_fails_gives_a_page_that_keeps_the_promises_of_every_page(broken: Flask, language: str):
    page = Pages(broken.test_client()).get(f"/{language}/search?q={SECRET_WORDS}", status=500)
    assert page.language == language and page.response.headers["X-Request-Id"] in page.main.text


def test_a_view_that_fails_shows_nothing_of_the_failure(broken: Flask):
    html = broken.test_client().get(f"/en/search?q={SECRET_WORDS}").get_data(as_text=True)
    assert "Something broke on our side" in html
    assert not [word for word in ("Traceback", "RuntimeError", "cannot search", "portal/web") if word in html]


def test_an_api_view_that_fails_answers_problem_json(broken: Flask):
    response = broken.test_client().get("/api/v1/offerings")
    assert (response.status_code, response.content_type) == (500, "application/problem+json")
    assert "RuntimeError" not in response.get_data(as_text=True)


def test_a_failure_is_logged_with_its_place_and_the_code_of_the_request(broken: Flask, log: io.StringIO):
    response = broken.test_client().get("/en/search")
    failure = next(line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == "failure")
    assert (failure["error"], failure["request"]) == ("RuntimeError", response.headers["X-Request-Id"])
    assert "test_error_pages.py" in failure["place"]


@pytest.mark.parametrize("path", ["/fi/search", "/api/v1/offerings", "/fi/nothing"])
@pytest.mark.parametrize("site", ["app", "broken"])
def test_the_log_has_neither_the_words_nor_the_address_of_a_visitor(
    site: str, path: str, log: io.StringIO, request: pytest.FixtureRequest
):
    client = request.getfixturevalue(site).test_client()
    client.get(
        f"{path}?q={SECRET_WORDS}",
        environ_base={"REMOTE_ADDR": "192.0.2.77"},
        headers={"User-Agent": "Selain-007", "Referer": "https://example.org/oma", "X-Forwarded-For": "192.0.2.78"},
    )
    lines = log.getvalue()
    assert lines and all(json.loads(line) for line in lines.splitlines())
    assert not [word for word in (SECRET_WORDS, "192.0.2.7", "Selain", "example.org") if word in lines]


def test_the_log_tells_of_each_request_its_route_status_and_time(client: FlaskClient, log: io.StringIO):
    client.get("/fi/providers/aalto")
    line = json.loads(log.getvalue())
    assert (line["method"], line["status"]) == ("GET", 200) and line["ms"] > 0
    assert line["route"].endswith("/providers/<provider_id>")
