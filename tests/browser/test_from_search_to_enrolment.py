"""The whole way: a search in vain becomes a wish, a provider takes it up, and those behind it hear of enrolment."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from site_for_tests import LANGUAGES, REAL, fill, open_services, settings
from visitor import Visitor, serving

from portal.cli import main
from portal.services.clock import now
from portal.web import create_app

pytestmark = pytest.mark.browser

SUBJECTS = {"fi": "Ilmoittautuminen on auki", "sv": "Anmälan är öppen", "en": "Enrolment is open"}
NOBODY_OFFERS = "Blorpology"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("loop")
    fill(made)
    return made


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The site with the clock of the machine, as commands have it."""
    with serving(create_app(open_services(folder, now=now))) as address:
        yield address


@pytest.fixture
def portal(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command of the portal on the site's data, as its operator would."""
    whole = settings(folder)
    for name, value in {
        "PORTAL_DATA": str(whole.data),
        "PORTAL_DATABASE_URL": whole.database_url,
        "PORTAL_SEARCH_URL": whole.search_url,
        "PORTAL_SECRET_KEY": whole.secret_key,
    }.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, list(arguments))
        assert result.exit_code == 0, result.output
        return result.output

    return run


def letters(folder: Path, to: str) -> list[EmailMessage]:
    """Mail to an address, as it lies in the folder of mail."""
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in (folder / "mail").glob("*.eml")]
    return [message for message in found if message["To"] == to]


def link(message: EmailMessage, purpose: str) -> str:
    """Path of the link with this purpose."""
    return re.search(rf"http://127\.0\.0\.1:8000(/\w\w/mail/{purpose}/\S+)", message.get_content())[1]


def send(visitor: Visitor) -> None:
    """Press the button of the form, once someone could have written it."""
    visitor.page.wait_for_timeout(2_100)
    with visitor.page.expect_navigation():
        visitor.page.locator("form.answers button[type=submit]").last.click()


def search_and_wish(visitor: Visitor, language: str, title: str, address: str) -> None:
    """From a search in vain to a wish with its words filled in."""
    page = visitor.go(f"/{language}/search").page
    page.fill("#q", title)
    with page.expect_navigation():
        page.locator("form.find button").click()
    with page.expect_navigation():
        page.locator(".panel.want a.ds-button").click()
    assert page.input_value("#title") == title
    page.fill("#group_size", "5")
    page.fill("#email", address)
    send(visitor)
    assert address in page.inner_text("main")


def join_with_people(visitor: Visitor, language: str, title: str, wish: str, address: str) -> None:
    """An employer finds the wish by the same search and joins with nine people."""
    visitor.go(f"/{language}/search?q={title}").page.locator(f"a[href$='/proposals/{wish}/join']").click()
    visitor.page.wait_for_url(f"**/proposals/{wish}/join")
    visitor.page.check("#level-3")
    visitor.page.fill("#people", "9")
    visitor.page.fill("#email", address)
    send(visitor)


def confirm(visitor: Visitor, portal, folder: Path, address: str) -> None:
    """By the link of the only mail that came so far."""
    portal("mail", "send")
    [letter] = letters(folder, address)
    visitor.go(link(letter, "confirm"))
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").click()


@pytest.mark.parametrize(
    "scripts",
    [pytest.param(True, id="with scripts", marks=pytest.mark.long), pytest.param(False, id="without scripts")],
)
@pytest.mark.parametrize(
    "language", [pytest.param(code, marks=[pytest.mark.long] * (code != "fi")) for code in LANGUAGES]
)
def test_a_search_in_vain_ends_in_mail_that_enrolment_is_open(
    browser: Browser, site: str, folder: Path, portal, language: str, scripts: bool
):
    title = f"{NOBODY_OFFERS} qwer{'xyzzy' if scripts else 'plugh'}{language}"
    learner, employer = f"anna.{language}.{scripts}@people.example", f"boss.{language}.{scripts}@people.example"
    visitor = Visitor(browser, site, 1280, {"java_script_enabled": scripts})
    search_and_wish(visitor, language, title, learner)
    confirm(visitor, portal, folder, learner)

    # A moderator reads it
    wish = re.search(rf"^(\w+)  waiting.*{re.escape(title)}$", portal("proposal", "list", "--waiting"), re.MULTILINE)[1]
    portal("proposal", "approve", wish)

    boss = Visitor(browser, site, 360, {"java_script_enabled": scripts})
    join_with_people(boss, language, title, wish, employer)
    confirm(boss, portal, folder, employer)
    boss.go(f"/{language}/proposals/{wish}")
    assert boss.page.locator(".steps li").nth(1).get_attribute("class") == "now", "the threshold is reached"

    # A provider takes it up and opens enrolment
    portal("proposal", "commit", wish, "helsinki", "--start", "2099-03-01", "--min", "5", "--price", "75")
    portal("proposal", "enrol", wish, "--offering", REAL)
    portal("mail", "send")
    for address in (learner, employer):
        last = [message for message in letters(folder, address) if message["Subject"].startswith(SUBJECTS[language])]
        assert len(last) == 1 and f"/{language}/offerings/{REAL}" in last[0].get_content()
    visitor.go(f"/{language}/proposals/{wish}")
    assert visitor.page.locator(".steps li").nth(3).get_attribute("class") == "now"
    assert visitor.page.locator(f".cloud a[href='/{language}/offerings/{REAL}']").count() == 1

    for someone in (visitor, boss):
        someone.leave(may_hold="person")
        assert someone.complaints == []


def test_similar_wishes_appear_while_someone_types(visit):
    visitor = visit("/fi/proposals/new")
    assert visitor.page.locator("#similar a").count() == 0
    visitor.page.locator("#title").press_sequentially("tekoäly opettajan", delay=10)
    visitor.page.wait_for_selector("#similar a[href$='/join']")
    assert "Samaa toivovat muutkin" in visitor.page.inner_text("#told")
    assert not visitor.page.locator("button[name=check]").is_visible()


def test_without_scripts_a_button_looks_for_similar_wishes(visit):
    visitor = visit("/fi/proposals/new", java_script_enabled=False)
    visitor.page.fill("#title", "tekoäly opettajan")
    with visitor.page.expect_navigation():
        visitor.page.click("button[name=check]")
    assert visitor.page.locator("#similar a[href$='/join']").count() == 1
    assert visitor.page.input_value("#title") == "tekoäly opettajan"


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_to_be_mended_takes_the_focus_and_leads_to_its_field(visit, scripts: bool):
    visitor = visit(f"/fi/offerings/{REAL}/interest?level=organisation", java_script_enabled=scripts)
    visitor.page.fill("#email", "anna@people.example")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").click()
    assert visitor.page.locator("#errors:focus").count() == 1
    visitor.page.locator("#errors a").first.click()
    assert visitor.page.locator("#people:focus").count() == 1
    assert visitor.page.input_value("#email") == "anna@people.example"


@pytest.mark.parametrize("scripts", [True, False])
def test_only_employers_are_asked_what_employers_are_asked(visit, scripts: bool):
    visitor = visit(f"/fi/offerings/{REAL}/interest", java_script_enabled=scripts)
    assert not visitor.page.locator("#people").is_visible()
    visitor.page.check("#level-3")
    assert visitor.page.locator("#people").is_visible()
