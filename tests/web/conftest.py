"""Fixtures for the tests of the site without eyes: the app on a filled folder, a client, and raw requests."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

sys.path.append(str(Path(__file__).parent))

from site_for_tests import fill, open_app


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled site that nobody visits; whoever needs one copies it."""
    folder = tmp_path_factory.mktemp("web")
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def app(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site that tests share, in a folder of its own: what they leave there is not copied by `own_folder`."""
    return open_app(shutil.copytree(site_folder, tmp_path_factory.mktemp("shared") / "site", symlinks=True))


@pytest.fixture
def own_folder(site_folder: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may break."""
    return shutil.copytree(site_folder, tmp_path / "site", symlinks=True)


@pytest.fixture(scope="session")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def ask(app: Flask) -> Callable[..., Response]:
    """Sends path and query as the very bytes given, as a careless or hostile client would."""

    def send(path: bytes, query: bytes = b"", method: str = "GET", **headers: str) -> Response:
        environ = EnvironBuilder("/", method=method).get_environ()
        environ["PATH_INFO"] = path.decode("latin-1")
        environ["QUERY_STRING"] = query.decode("latin-1")
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        return Response(*run_wsgi_app(app, environ, buffered=True))

    return send
