"""Writing an offering in a real browser: without scripts from signing in to the search result, and with the live check."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from site_for_tests import EXAMPLE, LANGUAGES, REAL, fill, open_services
from test_everyone_can_use_it import BEYOND_THE_EDGE
from visitor import Visitor, serving

from portal.model.user import By, Origin, Role
from portal.services.clock import now
from portal.web import create_app

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "eva@desk.example", "correct horse battery"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("writing")
    fill(folder)
    app = create_app(open_services(folder, now=now))
    accounts = app.extensions["services"].accounts
    accounts.set_password(accounts.add(EMAIL, Role.PUBLISHER, provider="helsinki", name="Eva"), PASSWORD)
    return app


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    with serving(app) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """Opens a page for someone who signs in first; at the end nobody may have met an error or a foreign host."""
    visitors: list[Visitor] = []

    def sign_in(path: str, width: int = 1280, **options: object) -> Visitor:
        visitor = Visitor(browser, address, width, options)
        visitors.append(visitor)
        visitor.go(path)
        visitor.page.fill("#email", EMAIL)
        visitor.page.fill("#password", PASSWORD)
        press(visitor, "form.panel button[type=submit]")
        return visitor

    yield sign_in
    for visitor in visitors:
        visitor.leave(may_hold="session")
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def press(visitor: Visitor, button: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator(button).first.click()


def type_in(visitor: Visitor, **values: str) -> None:
    for name, value in values.items():
        visitor.page.locator(f'[name="{name.replace("__", ".")}"]').fill(value)


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 360])
def test_an_offering_is_published_without_scripts_from_signing_in_to_the_search_result(
    app: Flask, visit: Callable[..., Visitor], width: int
):
    visitor = visit("/fi/desk/offerings/new", width, java_script_enabled=False)
    page = visitor.page
    type_in(visitor, title__fi=f"Kromotologian alkeet {width}", code=f"K-{width}")
    press(visitor, "button[name=begin]")
    type_in(visitor, ects="kaksi", summary__fi="Värit ja niiden tulkinta.")
    press(visitor, "button[value=save]")
    assert page.locator("#errors a").count() == 1
    page.locator("#errors a").click()
    assert page.input_value("#ects") == "kaksi"
    type_in(visitor, ects="2", learning_outcomes__fi="Osaat tulkita värejä erilaisissa ympäristöissä.")
    press(visitor, "button[value=add_run]")
    type_in(visitor, start="12.1.2099", end="30.3.2099")
    page.select_option('[name="mode"]', "online")
    press(visitor, "button[value=save]")
    assert "12.1.–30.3.2099" in page.inner_text("#runs")
    press(visitor, "button[value=publish]")
    assert visitor.path == f"/fi/desk/offerings/helsinki-k-{width}?done=published"
    app.extensions["services"].indexer.bring_up_to_date()
    visitor.go("/fi/search?q=kromotologian+alkeet")
    page.locator(f"a[href='/fi/offerings/helsinki-k-{width}']").click()
    assert page.inner_text("h1") == f"Kromotologian alkeet {width}"
    assert "12.1.–30.3.2099" in page.inner_text("main")


def test_the_check_beside_the_form_follows_what_is_written(visit: Callable[..., Visitor]):
    visitor = visit("/en/desk/offerings/new")
    page = visitor.page
    type_in(visitor, title__en="Bees")
    press(visitor, "button[name=begin]")
    assert "Dialogin ohjaaja" not in page.inner_text("#panel")
    type_in(visitor, title__en="Dialogin ohjaaja", ects="two")
    page.locator("#panel", has_text="2 or 1.5").wait_for()
    assert "Dialogin ohjaaja" in page.inner_text("#panel"), "what others offer under this name"
    assert page.locator("#panel .crit .met").count() == 0
    type_in(visitor, ects="2", learning_outcomes__en="You can lead a dialogue between people.")
    page.locator("#panel .crit .met").nth(1).wait_for()
    assert page.input_value("#ects") == "2"
    assert page.locator("#told").count() == 1
    other = visit("/en/desk/offerings/?state=draft")
    assert "Bees" in other.page.inner_text("main"), "the check saves nothing"
    press(visitor, "button[value=save]")


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 360])
@pytest.mark.parametrize(
    "language", [pytest.param(code, marks=[pytest.mark.long] * (code != "fi")) for code in LANGUAGES]
)
def test_the_pages_of_the_editor_are_usable_by_everyone(
    app: Flask, visit: Callable[..., Visitor], axe: str, language: str, width: int
):
    services = app.extensions["services"]
    eva = services.accounts.sign_in(EMAIL, PASSWORD)[0]
    draft = services.editing.edit("helsinki", REAL, eva)
    wrong = services.editing.begin("helsinki", eva, {"ects": "kaksi", "runs": [{"id": "a", "start": "soon"}]})
    behind = services.editing.edit("helsinki", EXAMPLE, eva)
    services.publishing.publish("helsinki", behind.data | {"hours": width}, By(Origin.API))
    visitor = visit(f"/{language}/desk/offerings/", width)
    for path in (
        "offerings/", "offerings/new", f"offerings/{REAL}", f"offerings/{REAL}/history", f"offerings/{REAL}/withdraw",
        f"offerings/{REAL}/copy-run", f"drafts/{draft.id}", f"drafts/{wrong.id}?done=saved",
        f"drafts/{wrong.id}/runs/1?done=saved", f"drafts/{wrong.id}/preview", f"drafts/{wrong.id}/discard",
        f"drafts/{behind.id}/meanwhile", f"offerings/{EXAMPLE}/history",
    ):  # fmt: skip
        visitor.go(f"/{language}/desk/{path}")
        assert visitor.barriers(axe) == [], path
        assert visitor.page.evaluate(BEYOND_THE_EDGE) == [], path
