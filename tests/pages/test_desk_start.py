"""The first page of a provider's desk, and its pages of feedback and reports."""

import datetime as dt

import pytest
from demand_world import add_wish
from desk_user import DeskUser
from factories import make_provider
from sending_files import Sender
from site_for_tests import LANGUAGES, REAL, SCRIPT
from visiting import Visiting

from portal.model.feedback import Feedback, Report
from portal.model.user import Role
from portal.store.opinions import OpinionStore

AT = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)


@pytest.fixture
def publisher(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.PUBLISHER, "helsinki")


def answer_and_report(user: DeskUser, offering: str = REAL) -> None:
    """Five learners said something and wished for something hostile next; a reader reported something hostile."""
    opinions = OpinionStore(user.services.database)
    with user.services.database.write() as transaction:
        for person in range(5):
            said = Feedback("yes", "partly", f"{SCRIPT} {person}")
            opinions.save_feedback(transaction, f"m:{person}", offering, said, "fi", AT)
        opinions.add_report(transaction, "offering", offering, Report("link", SCRIPT), "fi", AT)


def todo(user: DeskUser, path: str = "/en/desk/") -> list[str]:
    return [item.one("b").text for item in user.pages.get(path).main.all("li") if item.all("b") and item.all("svg")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("provider", ["helsinki", "sivis", "hanken"])
@pytest.mark.parametrize("path", ["", "?show=no_run", "?show=²", "feedback", "reports"])
def test_every_page_keeps_the_promises_of_every_page(visiting: Visiting, language: str, provider: str, path: str):
    user = DeskUser(visiting, Role.ADMIN, provider)
    answer_and_report(user)
    user.pages.get(f"/{language}/desk/{path}")


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.OPERATOR])
def test_the_portals_own_people_have_a_desk_of_their_own(visiting: Visiting, role: Role):
    user = DeskUser(visiting, role)
    user.pages.get("/en/desk/")
    for path in ("feedback", "reports", "wishes"):
        assert user.client.get(f"/en/desk/{path}").status_code == 403


def test_what_waits_is_told_with_the_most_urgent_first(publisher: DeskUser):
    add_wish(publisher.services, "bees", 12, state="threshold_reached", title="Mehiläiset", field="081")
    answer_and_report(publisher)
    lines = todo(publisher)
    assert lines.index("Answer the wish: Mehiläiset") < lines.index("1 report waits")
    assert any("no coming run" in line for line in lines) and any("not meet:" in line for line in lines)


def test_the_list_is_narrowed_to_what_lacks_something(publisher: DeskUser):
    whole = publisher.services.desk.overview("helsinki")
    page = publisher.pages.get("/en/desk/?show=no_run")
    names = [row.one("a")["href"] for row in page.main.one("tbody").all("tr")]
    lacking = {f"/en/desk/offerings/{item.id}" for item in whole.offerings if not item.has_coming_run}
    assert set(names) == lacking and 0 < len(lacking) < len(whole.offerings)


def test_a_provider_with_nothing_yet_is_told_so(visiting: Visiting):
    visiting.services.store.save_providers([make_provider(id="new", name={"en": "New college"})])
    page = DeskUser(visiting, Role.PUBLISHER, "new").pages.get("/en/desk/")
    assert "You have published nothing yet." in page.main.text


def test_feedback_is_shown_from_five_answers_and_only_to_its_provider(visiting: Visiting, publisher: DeskUser):
    assert "No micro-credential has enough answers yet." in publisher.pages.get("/en/desk/feedback").main.text
    answer_and_report(publisher)
    text = publisher.pages.get("/en/desk/feedback").main.text
    assert "100%" in text and "50%" in text and f"{SCRIPT} 0" in text
    other = DeskUser(visiting, Role.EDITOR, "aalto")
    assert "No micro-credential has enough answers yet." in other.pages.get("/en/desk/feedback").main.text


def test_a_report_is_marked_as_handled_and_opened_again(publisher: DeskUser):
    answer_and_report(publisher)
    path = "/en/desk/reports"
    page = publisher.press(path)
    assert "Marked as handled." in page.main.text and "handled on 16 November 2026" in page.main.text
    page = publisher.press(path)
    assert "It waits again." in page.main.text


def test_the_report_of_another_provider_is_not_found(visiting: Visiting, publisher: DeskUser):
    answer_and_report(publisher)
    [item] = publisher.services.reporting.of_provider("helsinki")
    other = DeskUser(visiting, Role.ADMIN, "aalto")
    token = other.pages.get("/en/desk/").root.one("input", name="csrf")["value"]
    for number in (item.id, item.id + 1, 2**31 - 1, 2**64):
        assert other.client.post(f"/en/desk/reports/{number}/handled", data={"csrf": token}).status_code == 404
    assert publisher.services.reporting.of_provider("helsinki")[0].seen_to_at is None


def test_a_provider_with_nothing_yet_is_told_how_to_begin(visiting: Visiting):
    visiting.services.store.save_providers([make_provider(id="new", name={"en": "New college"})])
    user = DeskUser(visiting, Role.PUBLISHER, "new")
    assert todo(user)[0] == "Publish your first micro-credentials"
    assert "without a coming run" not in user.pages.get("/en/desk/").main.text


def test_the_last_file_is_told_of_until_it_is_published(visiting: Visiting):
    sender = Sender(visiting)
    page = sender.send_file("kurssit.csv", "code;title_fi;ects\nA-1;Mehiläiset;2\nA-2;Hunaja;viisi\n")
    assert "Finish the file: kurssit.csv" in todo(sender)
    text = sender.pages.get("/en/desk/").main.text
    assert "1 change waits to be published." in text and "1 offering has something to mend." in text
    sender.press_button(page, "Publish the changes")
    assert not any("kurssit.csv" in line for line in todo(sender))


def test_a_file_that_could_not_be_read_is_told_of(visiting: Visiting):
    sender = Sender(visiting)
    sender.send_file("a.json", '[{"code": "A"')
    assert "Finish the file: a.json" in todo(sender)


def test_the_desk_leads_to_files(publisher: DeskUser):
    links = {link["href"]: link.text for link in publisher.pages.get("/en/desk/").main.all("a")}
    assert links["/en/desk/files"] == "Import from a file"


@pytest.mark.parametrize(("path", "entry"), [("offerings/new", "Micro-credentials"), ("files", "Files"), ("", "Desk")])
def test_the_menu_marks_where_one_is(publisher: DeskUser, path: str, entry: str):
    menu = publisher.pages.get(f"/en/desk/{path}").root.one("nav", class_="desk-bar")
    assert [link.text for link in menu.all("a") if link.get("aria-current")] == [entry]
