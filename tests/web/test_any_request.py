"""Whatever is asked, the answer is a page, a notice or a refusal in the visitor's language, and never a failure."""

import re
from urllib.parse import quote_from_bytes

import flask
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.search.facets import BY_NAME

LANGUAGES = st.sampled_from(["fi", "sv", "en"])
NAMES = st.sampled_from(["q", "ects_min", "ects_max", "sort", "page", "size", "lang", "utm_source", *BY_NAME])
NUMBERS = st.sampled_from(
    ["-1", "0", "1e999", "-0", "NaN", "Infinity", "9" * 30, "999999999", "10000", "0x10", "١٢", "1,5"]
)
KNOWN = st.sampled_from(
    ["06", "061", "1-4", "60+", "online", "free", "helsinki", "university", "open", "1m", "fi", "1"]
)
SIGNS = st.sampled_from(
    ["\x00", "\ud800", "*", "?" * 50, "NOT NOT x", "(" * 200, '"', "a" * 3000, "title:x", "\u202e", "ﷺ" * 50]
)
VALUES = st.one_of(st.text(max_size=60), NUMBERS, KNOWN, SIGNS, st.text("aä %+&;=*?\"'()", max_size=400))
PAIRS = st.lists(st.tuples(NAMES | st.text(max_size=12), VALUES), max_size=12)
RAW = st.binary(max_size=120) | st.text("%0123456789abcdefABCDEF&=+;qpage", max_size=120).map(str.encode)
HEADER = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=200)

quickly = settings(
    derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    def one(text: str) -> str:
        return quote_from_bytes(text.encode("utf-8", "surrogatepass"))

    return "&".join(f"{one(name)}={one(value)}" for name, value in pairs).encode()


def language_of(response) -> str:
    return re.search(r'<html lang="(\w+)"', response.get_data(as_text=True))[1]


@quickly
@given(language=LANGUAGES, pairs=PAIRS)
def test_any_search_gives_the_page_in_the_language_of_the_path(ask, language: str, pairs: list):
    response = ask(f"/{language}/search".encode(), encoded(pairs))
    assert (response.status_code, language_of(response)) == (200, language)


@quickly
@given(language=LANGUAGES, page=st.sampled_from(["search", "about", "nothing"]), query=RAW)
def test_any_bytes_for_a_query_give_a_page_or_a_refusal_in_its_language(ask, language: str, page: str, query: bytes):
    response = ask(f"/{language}/{page}".encode(), query)
    assert response.status_code in ((404, 400) if page == "nothing" else (200, 400))
    assert language_of(response) == language


@quickly
@given(path=st.sampled_from([b"/", b"/nothing", b"/api/v1/offerings", b"/sitemap.xml", b"/healthz"]), query=RAW)
def test_any_bytes_for_a_query_are_answered_where_no_language_stands_in_the_path(ask, path: bytes, query: bytes):
    assert ask(path, query).status_code in (200, 302, 400, 404)


@quickly
@given(pairs=PAIRS)
def test_any_search_of_the_api_answers_in_its_shape(ask, pairs: list):
    response = ask(b"/api/v1/offerings", encoded(pairs))
    assert response.status_code == 200
    assert {"total", "page", "items", "related", "facets", "understood", "did_you_mean"} <= set(response.json)


@quickly
@given(language=LANGUAGES, path=RAW)
def test_any_path_gives_a_page_or_a_refusal_in_its_language(ask, language: str, path: bytes):
    response = ask(f"/{language}/".encode() + path)
    assert response.status_code in (200, 302, 308, 404)
    assert response.status_code in (302, 308) or language_of(response) == language


@quickly
@given(where=st.sampled_from(["offerings", "providers"]), language=LANGUAGES, identity=VALUES)
def test_any_identity_gives_a_page_or_is_not_found(ask, where: str, language: str, identity: str):
    response = ask(f"/{language}/{where}/".encode() + identity.encode("utf-8", "surrogatepass"))
    assert response.status_code in (200, 308, 404, 410)
    assert response.status_code == 308 or language_of(response) == language


@quickly
@given(identity=VALUES)
def test_any_identity_in_the_api_is_answered_as_json(ask, identity: str):
    response = ask(b"/api/v1/offerings/" + identity.encode("utf-8", "surrogatepass"))
    assert response.status_code in (200, 308, 404, 410)
    assert response.status_code == 308 or response.content_type in ("application/json", "application/problem+json")


@quickly
@given(
    headers=st.dictionaries(
        st.sampled_from([
            "accept", "accept_language", "accept_encoding", "cookie", "host", "if_none_match", "if_modified_since", "range",
            "referer", "user_agent", "x_forwarded_for", "x_forwarded_host", "x_request_id", "content_length", "authorization",
        ]),
        HEADER | NUMBERS.filter(str.isascii),
    ),
    path=st.sampled_from([b"/", b"/sv/", b"/sv/search", b"/api/v1/offerings", b"/static/tokens.css", b"/sitemap.xml"]),
)  # fmt: skip
def test_any_headers_are_answered(ask, headers: dict, path: bytes):
    with ask(path, **headers) as response:
        assert response.status_code < 500
        assert not path.startswith(b"/sv") or response.status_code >= 300 or language_of(response) == "sv"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "FOO"])
@pytest.mark.parametrize("path", [b"/fi/", b"/fi/search", b"/api/v1/offerings", b"/healthz"])
def test_other_methods_are_refused(ask, path: bytes, method: str):
    assert ask(path, method=method).status_code in (405, 501)


@pytest.mark.parametrize("path", [b"/fi/", b"/fi/search", b"/fi/about", b"/api/v1/offerings", b"/sitemap.xml"])
def test_head_tells_the_same_as_get_without_the_body(ask, path: bytes):
    head, get = ask(path, method="HEAD"), ask(path)
    assert (head.status_code, head.content_type, head.data) == (200, get.content_type, b"")


@pytest.mark.parametrize(
    "path", [b"/static/../portal/config.py", b"/static/..%2f..%2fsetup.cfg", b"/static/%00", b"/static/"]
)
def test_static_files_are_those_of_the_folder_only(ask, path: bytes):
    assert ask(path).status_code == 404


def test_a_body_that_nobody_asked_for_does_no_harm(client):
    assert client.get("/fi/search", data=b"x" * 2_000_000).status_code in (200, 413)


def test_a_nul_reaches_nothing(app):
    with app.test_request_context("/fi/a%00b?q=c%00d&e=%%0000", method="POST", data={"f\0": "g\0h"}):
        assert flask.request.path == "/fi/a\ufffdb"
        assert flask.request.args["q"] == "c d" and "\0" not in flask.request.args["e"]
        assert dict(flask.request.form) == {"f ": "g h"}
