"""The demand loop wholly in the browser: a learner wishes, a moderator reads, a publisher takes it up and opens enrolment."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from site_for_tests import NOW, REAL, fill, open_services
from visitor import Visitor, serving
from wishing import MovingClock, sent

from portal.bootstrap import Services
from portal.model.user import Role
from portal.web import create_app

pytestmark = pytest.mark.browser

LEARNER, PASSWORD = "aino@people.example", "correct horse battery"
MOST_CLICKS = 15
_LINK = re.compile(r"http://127\.0\.0\.1:8000(/en/\S+)")


class Hand:
    """Someone at a browser of their own. `clicks` counts every press and every choice from a list, of all hands."""

    clicks = 0

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def goes(self, path: str) -> None:
        """Type an address."""
        self.visitor.go(path)

    def follows(self, path: str) -> None:
        """Click a link in a mail."""
        Hand.clicks += 1
        self.visitor.go(path)

    def clicks_on(self, name: str, role: str = "button") -> None:
        Hand.clicks += 1
        self.visitor.page.get_by_role(role, name=name).first.click()

    def types(self, **values: str) -> None:
        """Type into fields by their names."""
        for name, value in values.items():
            self.visitor.page.locator(f"main [name={name}]").first.fill(value)

    def chooses(self, name: str, value: str) -> None:
        Hand.clicks += 1
        self.visitor.page.locator(f"main select[name={name}]").select_option(value)

    def sees(self, text: str) -> None:
        assert text in self.visitor.page.inner_text("main")

    def signs_in(self, email: str) -> None:
        self.goes("/en/desk/")
        self.types(email=email, password=PASSWORD)
        self.clicks_on("Sign in")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A site of one's own, with a moderator and a publisher of the university `helsinki`."""
    fill(tmp_path)
    built = open_services(tmp_path, now=MovingClock(NOW))
    for role, provider in ((Role.MODERATOR, None), (Role.PUBLISHER, "helsinki")):
        user = built.accounts.add(f"{role}@desk.example", role, provider=provider)
        built.accounts.set_password(user, PASSWORD)
    yield built
    built.database.close()


@pytest.fixture
def hand(browser: Browser, services: Services) -> Iterator[Callable[..., Hand]]:
    """Opens a browser for someone; at the end nobody may have met an error or a foreign host."""
    Hand.clicks = 0
    visitors: list[Visitor] = []

    def open_browser(with_script: bool) -> Hand:
        visitors.append(Visitor(browser, address, 1280, {"java_script_enabled": with_script}))
        return Hand(visitors[-1])

    with serving(create_app(services)) as address:
        yield open_browser
        for visitor in visitors:
            visitor.page.context.clear_cookies()
            visitor.leave()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def letter(services: Services, subject: str) -> list[str]:
    """Addresses of the site in the mail that the learner gets now, whose subject has these words."""
    mails = [mail for mail in sent(services) if mail["To"] == LEARNER and subject in mail["Subject"]]
    return _LINK.findall(mails[0].get_content())


@pytest.mark.parametrize(
    "with_script",
    [pytest.param(True, id="with script", marks=pytest.mark.long), pytest.param(False, id="without script")],
)
def test_a_wish_becomes_open_enrolment_in_three_roles_and_few_clicks(
    services: Services, hand: Callable[..., Hand], with_script: bool
):
    learner, moderator, publisher = hand(with_script), hand(with_script), hand(with_script)

    learner.goes("/en/proposals/new?q=Blorpology&field=06")
    services.clock.move(seconds=30)
    learner.types(email=LEARNER)
    learner.clicks_on("Send the wish")
    learner.follows(next(path for path in letter(services, "Blorpology") if "/mail/confirm/" in path))
    learner.visitor.page.locator("main form button[type=submit]").click()
    Hand.clicks += 1

    moderator.signs_in("moderator@desk.example")
    moderator.clicks_on("Blorpology", "link")
    moderator.clicks_on("Publish the wish")

    publisher.signs_in("publisher@desk.example")
    publisher.clicks_on("See the wishes", "link")
    publisher.clicks_on("Blorpology", "link")
    publisher.types(start="1.3.2027", min_group="5", price="75")
    publisher.clicks_on("Take it up")
    publisher.sees("You have taken up the wish.")
    publisher.chooses("offering", REAL)
    publisher.clicks_on("Open enrolment")
    publisher.sees("Enrolment is open. Followers get a message.")

    learner.follows(next(path for path in letter(services, "Enrolment is open") if "/offerings/" in path))
    learner.sees("Enrol on the provider's site")
    assert MOST_CLICKS >= Hand.clicks > 10
