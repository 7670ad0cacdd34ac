"""Links of mail ask before they act, act once or again alike, and tell in a sentence when they cannot."""

import pytest
from site_for_tests import LANGUAGES, REAL, STUDY_CENTRE
from visiting import Visiting, errors, links, standing

from portal.model.contact import Subject
from portal.services.links import Linked
from portal.store.opinions import OpinionStore

FORM = f"/en/offerings/{STUDY_CENTRE}/interest"


def subscribed(visiting: Visiting, language: str = "en") -> dict[str, str]:
    """Links for someone who asked for mail and confirmed it."""
    visiting.send(f"/{language}/offerings/{STUDY_CENTRE}/interest", email="anna@people.example")
    found = links(next(letter for letter in visiting.mail() if letter["To"] == "anna@people.example"))
    visiting.pages.post(found["confirm"], {})
    return found


def follows(visiting: Visiting) -> int:
    """How many follow the offering."""
    return sum(1 for item in followers(visiting) if item == STUDY_CENTRE)


def followers(visiting: Visiting) -> list[str]:
    return [item.subject for item in visiting.services.new_runs._people.subscriptions(Subject.OFFERING)]


def feedback_link(visiting: Visiting, person: str, language: str = "en") -> str:
    linked = Linked(person, person, Subject.OFFERING, REAL)
    token = visiting.services.following._links.token("feedback", linked)
    return f"/{language}/mail/feedback/{token}"


def test_a_mail_program_that_opens_every_link_changes_nothing(visiting: Visiting):
    found = subscribed(visiting)
    for path in found.values():
        visiting.pages.get(path)
    assert follows(visiting) == 1


def test_one_click_of_a_mail_program_ends_the_mail(visiting: Visiting):
    unsubscribe = subscribed(visiting)["unsubscribe"]
    response = visiting.app.test_client().post(
        unsubscribe, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"}
    )
    assert response.status_code == 200 and follows(visiting) == 0


def test_ending_the_mail_again_is_as_good_as_once(visiting: Visiting):
    unsubscribe = subscribed(visiting)["unsubscribe"]
    pages = [visiting.pages.post(unsubscribe, {}).main.one("h1").text for _ in range(2)]
    assert pages == ["No more mail will come about this"] * 2


def test_other_links_are_not_followed_for_another_site(visiting: Visiting):
    confirm = subscribed(visiting)["confirm"]
    visiting.pages.post(confirm, {}, status=403, Origin="https://elsewhere.example")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", ["confirm", "unsubscribe", "withdraw", "erase", "feedback"])
def test_a_link_that_was_cut_is_told_in_the_language_of_the_page(visiting: Visiting, language: str, purpose: str):
    page = visiting.pages.get(f"/{language}/mail/{purpose}/cut", status=409)
    assert page.language == language and page.response.headers["Cache-Control"] == "no-store"


def test_an_old_link_says_that_it_is_old(visiting: Visiting):
    visiting.send(FORM, email="anna@people.example")
    confirm = links(visiting.mail()[0])["confirm"]
    visiting.clock.move(days=8)
    assert "too old" in visiting.pages.get(confirm, status=409).main.text


def test_a_link_of_another_purpose_opens_nothing(visiting: Visiting):
    confirm = subscribed(visiting)["confirm"]
    visiting.pages.get(confirm.replace("/confirm/", "/erase/"), status=409)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_leads_to_an_address_is_removed_by_a_link_sent_to_it(visiting: Visiting, language: str):
    subscribed(visiting, language)
    page = visiting.send(f"/{language}/privacy/erase", email="anna@people.example")
    assert "anna@people.example" in page.main.text
    erase = next(links(letter)["erase"] for letter in visiting.mail() if "erase" in links(letter))
    answer = visiting.pages.post(erase, {})
    assert follows(visiting) == 0 and visiting.client.get_cookie("person") is None
    assert answer.language == language


def test_nobody_learns_who_is_known(visiting: Visiting):
    known, unknown = (
        visiting.send("/en/privacy/erase", email=address).main.text.replace(address, "")
        for address in ("anna@people.example", "nobody@people.example")
    )
    assert known == unknown and visiting.mail() == []


def test_what_is_no_address_comes_back(visiting: Visiting):
    page = visiting.send("/en/privacy/erase", status=422, email="anna@")
    assert list(errors(page)) == ["email"] and standing(page)["email"] == "anna@"


def test_a_browser_removes_what_it_sent_and_loses_its_key(visiting: Visiting):
    visiting.send(FORM)
    visiting.pages.post("/en/privacy/erase", {"browser": "1"})
    assert visiting.client.get_cookie("person") is None
    assert standing(visiting.pages.get(f"{FORM}?level=curious"))["level"] == "curious"


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_questions_are_answered_in_every_language(visiting: Visiting, language: str):
    path = feedback_link(visiting, f"m:{language}", language)
    visiting.send(path, outcomes_met="yes", recommends="partly", next="Lisää historiaa")
    [item] = OpinionStore(visiting.services.database).feedback_of(REAL)
    assert (item.outcomes_met, item.recommends, item.next) == ("yes", "partly", "Lisää historiaa")


def test_a_question_left_out_is_asked_again_with_the_others_kept(visiting: Visiting):
    page = visiting.send(feedback_link(visiting, "m:1"), status=422, recommends="no", next="More")
    assert list(errors(page)) == ["outcomes_met-0"] and standing(page)["recommends"] == "no"


def test_the_first_answer_stays(visiting: Visiting):
    path = feedback_link(visiting, "m:1")
    visiting.send(path, outcomes_met="yes", recommends="yes")
    assert "answered before" in visiting.send(path, outcomes_met="no", recommends="no").main.text
    assert [item.outcomes_met for item in OpinionStore(visiting.services.database).feedback_of(REAL)] == ["yes"]


@pytest.mark.parametrize(("answers", "is_shown"), [(4, False), (5, True)])
def test_what_participants_said_is_shown_from_five_answers(visiting: Visiting, answers: int, is_shown: bool):
    for number in range(answers):
        visiting.send(feedback_link(visiting, f"m:{number}"), outcomes_met="yes", recommends="no")
    section = visiting.pages.get(f"/en/offerings/{REAL}").root.all(id="feedback")
    assert bool(section) == is_shown
    assert not section or [value.text for value in section[0].all("dd")] == ["100%", "0%"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", [f"offerings/{REAL}", "proposals/lampopumppu"])
def test_a_report_goes_to_those_who_can_put_it_right(visiting: Visiting, language: str, subject: str):
    page = visiting.pages.get(f"/{language}/{subject}")
    report = next(a["href"] for a in page.main.all("a") if a["href"].endswith("/report"))
    visiting.send(report, reason="outdated", text="Päivät ovat vanhat.")
    assert (
        "Päivät ovat vanhat."
        in next(letter for letter in visiting.mail() if letter["To"] == "operator@osaset.example").get_content()
    )


def test_a_report_without_a_reason_comes_back_with_its_text(visiting: Visiting):
    page = visiting.send(f"/en/offerings/{REAL}/report", status=422, text="The dates are old.")
    assert list(errors(page)) == ["reason-0"] and standing(page)["text"] == "The dates are old."
