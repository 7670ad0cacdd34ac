"""Fixtures for the tests in a real browser: the running site, Chromium, and visitors who note what went wrong."""

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "web"))
sys.path.append(str(Path(__file__).parent))

from site_for_tests import fill, open_app
from visitor import Visitor, serving

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def missing(what: str) -> None:
    """Skip with a sentence; on CI, where everything is installed, fail with it."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site runs, on a free port of this machine."""
    folder = tmp_path_factory.mktemp("browser")
    fill(folder)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with serving(open_app(folder)) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing(
            "There is no Chromium here, so nothing was tried in a browser. Install it with: apt-get install chromium"
        )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    source = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        missing("axe-core is not here, so accessibility was not checked. Install it with: make assets")
    return source.read_text(encoding="utf-8")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """Opens a page for a new visitor; at the end nobody may have met an error, a foreign host or a cookie."""
    visitors: list[Visitor] = []

    def open_page(path: str, width: int = 1280, **options: object) -> Visitor:
        visitors.append(Visitor(browser, address, width, options))
        return visitors[-1].go(path)

    yield open_page
    for visitor in visitors:
        visitor.leave()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
