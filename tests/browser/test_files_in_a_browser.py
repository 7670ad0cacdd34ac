"""A spreadsheet becomes published offerings in a browser, with a script and without; its pages are usable by everyone."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from site_for_tests import LANGUAGES, fill, open_services
from visitor import Visitor, serving

from portal.model.user import Role
from portal.services.clock import now
from portal.web import create_app

pytestmark = [pytest.mark.browser, pytest.mark.long]

TABLE = "Kurssit 2027;;;\nkoodi;nimi;laajuus;opettaja\nMH-1;Mehiläishoidon alkeet;2,5;Aino\nMH-2;Hunaja;viisi;Aino\n"
_WORK = 60_000


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("files")
    fill(folder)
    return create_app(open_services(folder, now=now))


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    with serving(app) as running:
        yield running


@pytest.fixture
def publisher(app: Flask, browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """Someone of `helsinki` who is signed in; at the end nobody may have met an error or a foreign host."""
    visitors: list[Visitor] = []
    accounts = app.extensions["services"].accounts

    def come_in(path: str, width: int = 1280, **options: object) -> Visitor:
        user = accounts.add(f"{secrets.token_hex(4)}@desk.example", Role.PUBLISHER, provider="helsinki")
        visitors.append(Visitor(browser, address, width, options))
        session = {"name": "session", "value": accounts.begin_session(user), "url": address}
        visitors[-1].page.context.add_cookies([session])
        return visitors[-1].go(path)

    yield come_in
    for visitor in visitors:
        visitor.leave(may_hold="session")
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def send(visitor: Visitor, name: str, content: str) -> None:
    visitor.page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": content.encode()})
    visitor.page.click("main form button[type=submit]")


@pytest.mark.parametrize(
    "has_script", [pytest.param(True, id="with a script", marks=pytest.mark.long), pytest.param(False, id="without")]
)
def test_a_spreadsheet_is_checked_and_published(app: Flask, publisher: Callable, has_script: bool):
    visitor = publisher("/en/desk/files", java_script_enabled=has_script)
    send(visitor, "kurssit.csv", TABLE.replace("MH", f"MH{has_script:d}"))
    visitor.page.wait_for_selector(".stat", timeout=_WORK)  # the page comes anew by itself
    assert "This is not a number." in visitor.page.inner_text("main")
    visitor.page.click("text=Publish the changes")
    visitor.page.wait_for_selector("text=Published. Search finds", timeout=_WORK)
    assert f"MH{has_script:d}-1" in app.extensions["services"].store.codes("helsinki")


OFTEN, SELDOM = ("fi", 320), [(code, width) for code in LANGUAGES for width in (320, 1280)][1:]


@pytest.mark.parametrize(
    ("language", "width"), [OFTEN, *(pytest.param(*values, marks=pytest.mark.long) for values in SELDOM)]
)
def test_no_page_of_a_file_has_a_barrier(
    app: Flask, publisher: Callable, axe: str, language: str, width: int, monkeypatch: pytest.MonkeyPatch
):
    visitor = publisher(f"/{language}/desk/files", width)
    assert visitor.barriers(axe) == []
    send(visitor, "kurssit.csv", TABLE.replace("MH", f"B{language}{width}"))
    visitor.page.wait_for_selector(".stat", timeout=_WORK)
    report = visitor.path.partition("?")[0]
    for part in ("", "?show=new", "?show=infos", "/columns"):
        assert visitor.go(report + part).barriers(axe) == []
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    monkeypatch.setattr(app.extensions["services"].uploads, "start", lambda upload_id: None)
    send(visitor.go(f"/{language}/desk/files"), "odottaa.csv", TABLE)
    assert visitor.barriers(axe) == []
    upload = app.extensions["services"].uploads.all("helsinki")[0]
    with app.extensions["services"].database.write() as transaction:
        app.extensions["services"].uploads._uploads.remove(transaction, upload.id)
    visitor.go(f"/{language}/desk/files")
    send(visitor, "kurssit.pdf", "x")
    assert visitor.barriers(axe) == []
