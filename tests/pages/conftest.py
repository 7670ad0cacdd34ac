"""Fixtures for the tests of pages: the site, a browserless visitor, and `pages`, which checks every page it fetches."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

sys.path.append(str(Path(__file__).parents[1] / "web"))
sys.path.append(str(Path(__file__).parent))

from every_page import Pages
from site_for_tests import NOW, fill, open_app, open_services
from visiting import Visiting
from wishing import MovingClock

from portal.web import create_app


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled site that nobody visits; whoever needs one copies it."""
    folder = tmp_path_factory.mktemp("pages")
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def app(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site that tests share. It has a folder of its own: what visitors leave there is not copied by `own_folder`."""
    return open_app(shutil.copytree(site_folder, tmp_path_factory.mktemp("shared") / "site", symlinks=True))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def pages(client: FlaskClient) -> Pages:
    """Fetches pages; each is checked for what every page promises."""
    return Pages(client)


@pytest.fixture
def own_folder(site_folder: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may change."""
    return shutil.copytree(site_folder, tmp_path / "site", symlinks=True)


@pytest.fixture
def visiting(own_folder: Path) -> Iterator[Visiting]:
    """A site of one's own to send forms to, with a clock that can be moved."""
    services = open_services(own_folder, now=MovingClock(NOW), operator_email="operator@osaset.example")
    yield Visiting(create_app(services))
    services.database.close()
