"""Every page of the desk that can be opened is usable by everyone: no barriers, nothing beyond a narrow screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from site_for_tests import LANGUAGES, REAL, fill, open_services
from test_everyone_can_use_it import BEYOND_THE_EDGE, SMALL_TARGETS, open_everything
from visitor import Visitor, serving
from wishing import wish

from portal.model.contact import Subject
from portal.model.feedback import Report
from portal.model.interest import Sender
from portal.model.user import LinkPurpose, Role
from portal.services.clock import now
from portal.web import create_app

pytestmark = pytest.mark.browser

OWN = {"offering_id": REAL, "provider_id": "helsinki", "proposal_id": "wish-many", "purpose": "password"}
WHO = {"admin": (Role.ADMIN, "helsinki"), "operator": (Role.OPERATOR, None)}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site where something waits for everybody."""
    folder: Path = tmp_path_factory.mktemp("desk")
    fill(folder)
    services = open_services(folder, now=now)
    wish(services, visible=False, title="Hirsirakentamisen perusteet")
    key = services.reporting.form_key(Subject.OFFERING, REAL)
    services.reporting.report(Subject.OFFERING, REAL, Report("link", "Rikki"), form_key=key, sender=Sender())
    for name, (role, provider) in WHO.items():
        services.accounts.add(f"{name}@desk.example", role, provider=provider, name=name)
    return create_app(services)


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    with serving(app) as running:
        yield running


@pytest.fixture
def sign_in(app: Flask, browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """Someone who comes in by a link; at the end nobody may have met an error or a foreign host."""
    visitors: list[Visitor] = []

    def come_in(name: str, width: int, **options: object) -> Visitor:
        services = app.extensions["services"]
        link = services.entering.url(services.accounts.find(f"{name}@desk.example"), LinkPurpose.SIGN_IN)
        visitors.append(Visitor(browser, address, width, options))
        visitors[-1].go(link.removeprefix("http://127.0.0.1:8000"))
        with visitors[-1].page.expect_navigation():
            visitors[-1].page.click("main button[type=submit]")
        return visitors[-1]

    yield come_in
    for visitor in visitors:
        visitor.leave(may_hold="session")
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def paths(app: Flask, name: str, language: str) -> list[str]:
    """Addresses of the pages that this user may open, as far as their arguments are known here."""
    services, found = app.extensions["services"], []
    user = services.accounts.find(f"{name}@desk.example")
    known = OWN | {"user_id": user.id}
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("desk") or "GET" not in rule.methods or rule.arguments - {"lang"} - set(known):
            continue
        permission = app.view_functions[rule.endpoint].permission
        if permission is None or user.may(permission):
            values = {argument: known[argument] for argument in rule.arguments - {"lang"}} | {"lang": language}
            with app.test_request_context():
                found.append(app.url_map.bind("localhost").build(rule.endpoint, values))
    assert len(found) > 5
    return found


def look(visitor: Visitor, axe: str, path: str) -> list[str]:
    """What is wrong with one page, with every panel open; nothing for a file to be saved."""
    answer = visitor.page.request.get(visitor.page.url.partition("/desk")[0].rpartition("/")[0] + path)
    if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
        return []
    open_everything(visitor.go(path))
    wrong = [*visitor.barriers(axe), *visitor.page.evaluate(BEYOND_THE_EDGE), *visitor.page.evaluate(SMALL_TARGETS)]
    return [f"{path}: {found}" for found in wrong]


@pytest.mark.long
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WHO)
def test_no_page_of_the_desk_has_a_barrier_in_any_language_width_and_colour(
    app: Flask, sign_in: Callable, axe: str, name: str, language: str, width: int, color_scheme: str
):
    visitor = sign_in(name, width, color_scheme=color_scheme)
    assert [wrong for path in paths(app, name, language) for wrong in look(visitor, axe, path)] == []
