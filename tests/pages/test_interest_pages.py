"""Telling one's interest: one plain form, answered once, taken back by a link, and no cookie before it is sent."""

import pytest
from site_for_tests import GONE, LANGUAGES, STUDY_CENTRE
from visiting import Visiting, errors, links, standing

WANTED = STUDY_CENTRE
FORM = f"/en/offerings/{WANTED}/interest"


def counted(visiting: Visiting) -> dict[tuple[str, bool], int]:
    """People by level and whether confirmed."""
    found = visiting.services.interests._signals.interest_counts(WANTED)
    return {(str(level), confirmed): number for (level, confirmed), number in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offering_leads_to_its_form_by_plain_links(visiting: Visiting, language: str):
    panel = visiting.pages.get(f"/{language}/offerings/{WANTED}").root.one("ul", class_="choices")
    chosen = [standing(visiting.pages.get(link["href"]))["level"] for link in panel.all("a")]
    assert chosen == ["curious", "would_take_part", "would_pay", "organisation"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_interest_is_told_in_every_language(visiting: Visiting, language: str):
    page = visiting.send(f"/{language}/offerings/{WANTED}/interest?level=would_pay")
    assert page.language == language and counted(visiting) == {("would_pay", False): 1}


def test_the_form_is_never_kept_by_caches(visiting: Visiting):
    assert visiting.pages.get(FORM).response.headers["Cache-Control"] == "no-store"
    assert visiting.send(FORM).response.headers["Cache-Control"] == "no-store"


def test_the_offering_itself_carries_no_key(visiting: Visiting):
    assert visiting.pages.get(f"/en/offerings/{WANTED}").main.all("input", name="key") == []


def test_a_browser_gets_its_key_only_by_the_answer_to_a_form(visiting: Visiting):
    visiting.pages.get(FORM)
    assert visiting.client.get_cookie("person") is None
    header = visiting.send(FORM).response.headers["Set-Cookie"]
    assert "HttpOnly" in header and "SameSite=Lax" in header and "Secure" not in header


def test_the_key_is_sent_back_over_https_only_where_the_site_has_it(visiting: Visiting):
    fields = visiting.fill(FORM)
    response = visiting.client.post(FORM, data=fields, base_url="https://localhost")
    assert "Secure" in response.headers["Set-Cookie"]


def test_the_same_form_again_is_answered_as_at_first_and_counted_once(visiting: Visiting):
    fields = visiting.fill(FORM)
    visiting.pages.post(FORM, fields)
    again = visiting.pages.post(FORM, fields)
    assert "We counted it once" in again.main.text and counted(visiting) == {("would_take_part", False): 1}


def test_a_form_repeated_before_its_answer_came_is_counted_once(visiting: Visiting):
    fields = visiting.fill(FORM)
    visiting.pages.post(FORM, fields)
    visiting.someone_else().pages.post(FORM, fields)
    assert counted(visiting) == {("would_take_part", False): 1}


def test_another_answer_of_the_same_browser_takes_the_place_of_the_first(visiting: Visiting):
    visiting.send(FORM, level="curious")
    page = visiting.send(FORM, level="would_pay")
    assert "takes the place" in page.main.text and counted(visiting) == {("would_pay", False): 1}


def test_the_form_comes_filled_with_what_this_browser_said(visiting: Visiting):
    visiting.send(FORM, level="organisation", people="12", region="01", mode="online", start_from="12.1.2027")
    fields = standing(visiting.pages.get(FORM))
    assert {"level": "organisation", "people": "12", "region": "01", "mode": "online"}.items() <= fields.items()
    assert fields["start_from"] == "12.1.2027"


def test_a_form_that_was_open_too_long_comes_back_filled_with_a_new_key(visiting: Visiting):
    fields = visiting.fill(FORM, level="would_pay", region="06")
    visiting.clock.move(hours=25)
    page = visiting.pages.post(FORM, fields, status=422)
    assert "open too long" in page.root.one(id="errors").text
    renewed = standing(page)
    assert renewed["key"] != fields["key"] and renewed["level"] == "would_pay" and renewed["region"] == "06"
    visiting.pages.post(FORM, renewed)
    assert counted(visiting) == {("would_pay", False): 1}


def test_what_cannot_be_used_comes_back_with_a_summary_and_everything_kept(visiting: Visiting):
    sent = {"level": "organisation", "people": "many", "start_from": "soon", "email": "not an address", "region": "01"}
    page = visiting.send(FORM, status=422, **sent)
    assert list(errors(page)) == ["people", "start_from", "email"]
    assert sent.items() <= standing(page).items()
    assert {page.root.one(id=name)["aria-invalid"] for name in ("people", "start_from", "email")} == {"true"}
    assert counted(visiting) == {}


def test_nothing_chosen_is_answered_by_a_link_to_the_choices(visiting: Visiting):
    assert list(errors(visiting.send(FORM, status=422, level=""))) == ["level-0"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_is_asked_to_be_confirmed_and_then_counts_as_confirmed(visiting: Visiting, language: str):
    page = visiting.send(f"/{language}/offerings/{WANTED}/interest", email="anna@people.example")
    assert "anna@people.example" in page.main.text
    [letter] = visiting.mail()
    confirm = links(letter)["confirm"]
    assert confirm.startswith(f"/{language}/mail/confirm/")
    assert "Dialogin ohjaaja" in visiting.pages.get(confirm).main.text
    assert counted(visiting) == {("would_take_part", False): 1}, "opening the link does nothing yet"
    visiting.pages.post(confirm, {})
    assert counted(visiting) == {("would_take_part", True): 1}


def test_a_confirmed_browser_need_not_confirm_again(visiting: Visiting):
    visiting.send(FORM, email="anna@people.example")
    visiting.pages.post(links(visiting.mail()[0])["confirm"], {})
    page = visiting.send(FORM, email="anna@people.example")
    assert "confirmed this address before" in page.main.text and visiting.mail() == []


def test_interest_is_taken_back_by_the_link_of_the_answer(visiting: Visiting):
    page = visiting.send(FORM)
    withdraw = next(a["href"] for a in page.main.all("a") if "/mail/withdraw/" in a["href"])
    visiting.pages.get(withdraw)
    assert counted(visiting) == {("would_take_part", False): 1}, "opening the link does nothing yet"
    visiting.pages.post(withdraw, {})
    assert counted(visiting) == {}
    assert visiting.pages.post(withdraw, {}).main.one("h1").text == "Taken back"


def test_a_withdrawn_offering_leads_to_its_page(visiting: Visiting):
    response = visiting.client.get(f"/fi/offerings/{GONE}/interest")
    assert (response.status_code, response.location) == (302, f"/fi/offerings/{GONE}")


def test_a_form_for_what_was_withdrawn_meanwhile_comes_back_with_a_sentence(visiting: Visiting):
    fields = visiting.fill(FORM)
    visiting.services.store.withdraw("sivis", ["KOSKI-1"])
    assert "withdrawn this" in visiting.pages.post(FORM, fields, status=422).root.one(id="errors").text


def test_a_form_of_another_offering_is_not_taken(visiting: Visiting):
    fields = visiting.fill(FORM)
    visiting.pages.post("/en/offerings/helsinki-real-1/interest", fields, status=422)
    assert counted(visiting) == {}
