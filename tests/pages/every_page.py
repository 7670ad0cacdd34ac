"""What every page promises, checked on each page that a test fetches."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from html_tree import Element, read_html
from werkzeug.test import TestResponse

_TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
_NO_LABEL_NEEDED = {"hidden", "submit", "button", "reset"}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
_HOST = "http://localhost"


@dataclass
class Page:
    """A page that has passed the checks."""

    path: str
    response: TestResponse
    root: Element
    was_sent: bool = False

    @property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def main(self) -> Element:
        return self.root.one("main")

    @property
    def language(self) -> str:
        return self.root.one("html")["lang"]

    @property
    def robots(self) -> str:
        return next((meta["content"] for meta in self.root.all("meta", name="robots")), "")

    @property
    def notices(self) -> list[str]:
        return [element.text for element in self.root.all(class_="notice-line")]

    def link(self, text: str) -> str:
        """The address behind the first link with these words."""
        return next(a["href"] for a in self.root.all("a") if a.text == text)


class Pages:
    """Fetches pages as a visitor would."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def get(self, path: str, status: int = 200, **headers: str) -> Page:
        """The page at `path`; fails when it breaks any promise that holds for every page."""
        return self.checked(path, status, self._client.get(path, headers=_named(headers)))

    def post(self, path: str, fields: Mapping[str, str], status: int = 200, **headers: str) -> Page:
        """The page that answers a form sent from one of our pages; the same promises, but it may set a cookie."""
        headers = {"Origin": _HOST} | headers
        response = self._client.post(path, data=fields, headers=_named(headers))
        return self.checked(path, status, response, was_sent=True)

    def checked(self, path: str, status: int, response: TestResponse, *, was_sent: bool = False) -> Page:
        assert response.status_code == status, f"{path}: {response.status_code}"
        assert response.content_type == "text/html; charset=utf-8"
        root, faults = read_html(response.get_data(as_text=True))
        assert faults == [], f"{path}: {faults}"
        page = Page(path, response, root, was_sent)
        for check in CHECKS:
            check(page)
        return page


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _language_is_that_of_the_path(page: Page) -> None:
    wanted = page.path.split("/")[1].split("?")[0]
    assert page.language == (wanted if wanted in ("fi", "sv", "en") else page.language)
    assert page.language in ("fi", "sv", "en")


def _one_h1_and_no_skipped_heading(page: Page) -> None:
    levels = [int(element.tag[1]) for element in page.root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[:1] == [1] and levels.count(1) == 1, f"{page.path}: headings {levels}"
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), f"{page.path}: headings {levels}"


def _title_and_main(page: Page) -> None:
    assert len(page.root.one("title").text) > len(" – Osaset")
    assert page.main.get("id") == "main"
    assert page.root.all("a", class_="skip")[0]["href"] == "#main"


def _every_control_has_a_label(page: Page) -> None:
    labels = {label.get("for") for label in page.root.all("label") if label.text}
    labels |= {control.get("id") for control in page.root.walk() if control.get("aria-label")}
    controls = [e for e in page.root.all("input", "select", "textarea") if e.get("type") not in _NO_LABEL_NEEDED]
    unnamed = [control.attributes for control in controls if control.get("id", "?") not in labels]
    assert unnamed == []
    nameless = [e.attributes for e in page.root.all("a", "button", "summary") if not e.text and not e.get("aria-label")]
    assert nameless == [], f"{page.path}: nothing says what these do: {nameless}"


def _ids_are_unique_and_referred_ones_exist(page: Page) -> None:
    ids = [element["id"] for element in page.root.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids)), f"{page.path}: {sorted(i for i in ids if ids.count(i) > 1)}"
    names = ("for", "aria-labelledby", "form")
    referred = [element[name] for element in page.root.walk() for name in names if name in element.attributes]
    assert set(referred) <= set(ids)


def _nothing_inline_and_nothing_from_elsewhere(page: Page) -> None:
    for element in page.root.walk():
        assert "style" not in element.attributes and element.tag not in ("style", "iframe", "object", "embed", "base")
        assert not [name for name in element.attributes if name.startswith("on")], f"{page.path}: {element.attributes}"
        scheme = re.sub(r"[\s\x00-\x1f]", "", element.get("href")).partition(":")[0].casefold()
        assert scheme not in ("javascript", "data", "vbscript"), f"{page.path}: {element['href']}"
        if element.tag == "script" and element.get("type") != "application/ld+json":
            assert element.get("src") and not element.text, f"{page.path}: a script inside the page"
        is_resource = element.tag == "link" and element.get("rel") not in ("canonical", "alternate")
        for source in [element.get(name) for name in ("src", "srcset", "poster", "action", "formaction", "data")] + (
            [element["href"]] if is_resource else []
        ):
            assert not source or re.match(r"/(?!/)", source), f"{page.path}: {source} is not ours"


def _headers_keep_it_harmless(page: Page) -> None:
    headers = page.response.headers
    assert page.was_sent or "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")
    assert {name: headers.get(name) for name in _HEADERS} == _HEADERS
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert not re.search(r"https?:|\*", policy)
    assert headers.get("Cache-Control")
    assert re.fullmatch(r"[A-Za-z0-9-]{8,64}", headers["X-Request-Id"])


def _search_engines_are_told(page: Page) -> None:
    links = page.root.all("link")
    canonical = [link["href"] for link in links if link.get("rel") == "canonical"]
    languages = [link for link in links if link.get("rel") == "alternate" and link.get("hreflang")]
    alternates = {link["hreflang"]: link["href"] for link in languages}
    if "noindex" in page.robots:
        assert canonical == [] and alternates == {}
        return
    assert page.response.status_code == 200, f"{page.path}: an error page must not be indexed"
    assert set(alternates) == {"fi", "sv", "en", "x-default"}
    assert canonical == [alternates[page.language]] and alternates["x-default"] == alternates["fi"]
    assert canonical == [_HOST + urlsplit(page.path).path]
    for code in ("fi", "sv", "en"):
        assert urlsplit(alternates[code]).path.startswith(f"/{code}/")


def _no_english_is_left(page: Page) -> None:
    if page.language == "en":
        return
    words = " ".join(_own_words(page.root))
    left = [text for text in _english_pieces(page.language) if text in words]
    assert left == [], f"{page.path}: not translated: {left[:5]} ({len(left)} in all)"


CHECKS = (
    _language_is_that_of_the_path, _one_h1_and_no_skipped_heading, _title_and_main, _every_control_has_a_label,
    _ids_are_unique_and_referred_ones_exist, _nothing_inline_and_nothing_from_elsewhere, _headers_keep_it_harmless,
    _search_engines_are_told, _no_english_is_left,
)  # fmt: skip


def _own_words(element: Element) -> list[str]:
    """Texts and spoken attributes outside everything that is marked as English."""
    if element.get("lang") == "en" or element.tag == "script":
        return []
    found = [element.get(name) for name in ("aria-label", "title", "placeholder", "alt", "data-l")]
    if element.tag == "meta" and element.get("name") == "description":
        found.append(element.get("content"))
    for child in element.children:
        found += [" ".join(child.split())] if isinstance(child, str) else _own_words(child)
    return [text for text in found if text]


@cache
def _english_pieces(language: str) -> tuple[str, ...]:
    """Source texts of 12 characters or more, cut at their placeholders, unless they are the same in it."""
    with (_TRANSLATIONS / "messages.pot").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    with (_TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        translated = " ".join(str(message.string) for message in read_po(file) if message.id)
    pieces: set[str] = set()
    for message in messages:
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            pieces.update(piece.strip() for piece in re.split(r"%\(\w+\)s|\{\w+\}", text))
    return tuple(sorted(piece for piece in pieces if len(piece) >= 12 and piece not in translated))
