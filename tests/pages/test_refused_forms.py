"""What is no form of ours: sent from other sites, too large, forged or too often. Each gets a sentence in its language."""

from pathlib import Path

import pytest
from every_page import Pages
from site_for_tests import LANGUAGES, REAL, open_app
from visiting import Visiting, standing

EXAMPLE_WISH = "lampopumppu"
FORMS = [
    f"offerings/{REAL}/interest",
    f"offerings/{REAL}/report",
    "proposals/new",
    f"proposals/{EXAMPLE_WISH}/join",
    f"proposals/{EXAMPLE_WISH}/report",
    "privacy/erase",
    "search/unsuitable",
]
ELSEWHERE = {"fi": "toiselta sivustolta", "sv": "en annan webbplats", "en": "another site"}
TOO_MUCH = {"fi": "Lyhennä", "sv": "Förkorta", "en": "Shorten it"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FORMS)
def test_a_form_sent_from_another_site_is_refused(pages: Pages, language: str, path: str):
    page = pages.post(f"/{language}/{path}", {"level": "curious"}, status=403, Origin="https://elsewhere.example")
    assert ELSEWHERE[language] in page.main.text


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_what_the_browser_says_counts_more_than_the_origin(pages: Pages, site: str):
    pages.post(f"/en/{FORMS[0]}", {}, status=403, Sec_Fetch_Site=site)


@pytest.mark.parametrize(
    "origin", ["null", "http://localhost:8000", "https://localhost", "http://localhost.evil.example"]
)
def test_an_origin_that_is_nearly_ours_is_not_ours(pages: Pages, origin: str):
    pages.post(f"/en/{FORMS[0]}", {}, status=403, Origin=origin)


@pytest.mark.parametrize("headers", [{"Sec_Fetch_Site": "same-origin"}, {"Sec_Fetch_Site": "none"}, {}])
def test_a_form_from_our_own_page_is_read(pages: Pages, headers: dict):
    pages.post(f"/en/{FORMS[0]}", {}, status=422, **headers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FORMS)
def test_more_than_any_form_sends_is_refused(pages: Pages, language: str, path: str):
    page = pages.post(f"/{language}/{path}", {"text": "x" * 70_000}, status=413)
    assert TOO_MUCH[language] in page.main.text


@pytest.mark.parametrize("path", FORMS[:5])
def test_a_forged_key_is_not_taken_and_a_new_one_comes(pages: Pages, path: str):
    fields = standing(pages.get(f"/en/{path}")) | {"key": "forged", "title": "Glass", "reason": "wrong"}
    page = pages.post(f"/en/{path}", fields, status=422)
    assert standing(page)["key"] not in ("", "forged") and page.root.one(id="errors")


@pytest.mark.parametrize("path", [*FORMS, "mail/feedback/x", "mail/confirm/x", "mail/withdraw/x", "mail/unsubscribe/x"])
@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe=\x00&level=%00&key=%ff", b"level=organisation&people=" + b"9" * 4000, b"q=%ED%A0%80&key=%F0%9F",
     b"&".join(b"f%d=1" % n for n in range(3000))],
)  # fmt: skip
def test_no_bytes_break_a_form(visiting: Visiting, path: str, body: bytes):
    response = visiting.client.post(f"/fi/{path}", data=body, content_type="application/x-www-form-urlencoded")
    assert 400 <= response.status_code < 500 and '<html lang="fi"' in response.text


def test_a_body_that_is_no_form_breaks_nothing(visiting: Visiting):
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain"):
        response = visiting.client.post(f"/sv/{FORMS[0]}", data=b"--x\r\n\r\nlevel", content_type=kind)
        assert response.status_code in (400, 422) and '<html lang="sv"' in response.text


@pytest.mark.parametrize("cookie", ["", "short", "x" * 4000, "../../person", "0" * 42])
def test_no_cookie_breaks_a_form(visiting: Visiting, cookie: str):
    visiting.client.set_cookie("person", cookie)
    visiting.send(f"/en/{FORMS[0]}")


def test_the_site_says_when_forms_came_too_often(own_folder: Path):
    pages = Pages(open_app(own_folder, form_rate="2/hour").test_client())
    statuses = [422, 422, 429]
    answers = [pages.post(f"/en/{FORMS[0]}", {}, status=status) for status in statuses]
    assert "Too many requests" in answers[-1].main.text and pages.get(f"/en/{FORMS[0]}")
