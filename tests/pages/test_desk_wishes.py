"""Wishes at the desk: who sees the numbers of today, who may answer, and what each answer leads to."""

import datetime as dt
import re

import pytest
from desk_user import DeskUser
from site_for_tests import LANGUAGES, REAL
from visiting import Visiting
from wishing import joined, wish

from portal.model.proposal import State, Step
from portal.model.user import Role

COMMITMENT = {"start": "1.3.2027", "min_group": "5", "max_group": "20", "price": "75,50"}


@pytest.fixture
def publisher(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.PUBLISHER, "helsinki")


@pytest.fixture
def other(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.PUBLISHER, "aalto")


@pytest.fixture
def made(visiting: Visiting) -> str:
    """A wish of a field that both teach, with three people behind it."""
    made = wish(visiting.services, field="061", group_size=5)
    for _ in range(2):
        joined(visiting.services, made)
    return made


def listed(user: DeskUser) -> list[str]:
    """Where the wishes that wait lead."""
    return [link["href"] for heading in user.pages.get("/en/desk/wishes").main.all("h2") for link in heading.all("a")]


def state(user: DeskUser, made: str) -> State:
    return user.services.proposals.shown(made).proposal.state


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "show", ["", "?show=all", "?show=ours", "?show=passed", "?show=fields&page=99", "?show=x&page=²"]
)
def test_the_list_keeps_the_promises_of_every_page(publisher: DeskUser, made: str, language: str, show: str):
    publisher.pages.get(f"/{language}/desk/wishes{show}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_keeps_the_promises_of_every_page_at_every_step(publisher: DeskUser, made: str, language: str):
    path, loop = f"/{language}/desk/wishes/{made}", publisher.services.loop
    publisher.pages.get(path)
    publisher.press(path, f"{path}/commit", **COMMITMENT)
    publisher.pages.get(path)
    loop.open_enrolment(made, REAL)
    publisher.pages.get(path)
    loop.held(made, 7)
    publisher.pages.get(path)


def test_a_wish_goes_from_the_desk_all_the_way(publisher: DeskUser, made: str):
    path = f"/en/desk/wishes/{made}"
    page = publisher.press(path, f"{path}/commit", **COMMITMENT)
    assert "You have taken up the wish." in page.main.text and "€75.50" in page.main.text
    page = publisher.press(path, f"{path}/enrol", offering=REAL)
    assert "Enrolment is open." in page.main.text
    page = publisher.press(path, f"{path}/held", participants="7", held_on="15.11.2026")
    assert state(publisher, made) is State.HELD
    [outcome] = [one for one in publisher.services.demand_store.outcomes() if one.proposal == made]
    assert (outcome.participants, outcome.held_on, outcome.provider) == (7, dt.date(2026, 11, 15), "helsinki")
    assert [form["action"] for form in page.main.all("form")] == []


@pytest.mark.parametrize(("step", "after"), [("withdraw", State.OPEN), ("cancel", State.CANCELLED)])
def test_a_promise_ends_with_a_reason(publisher: DeskUser, made: str, step: str, after: State):
    path = f"/en/desk/wishes/{made}"
    publisher.press(path, f"{path}/commit", **COMMITMENT)
    page = publisher.press(path, f"{path}/{step}", reason=" ", status=422)
    assert "Say why, in a sentence that followers may read." in page.main.text
    page = publisher.press(path, f"{path}/{step}", reason="Opettaja sairastui.")
    assert state(publisher, made) is after
    assert "Opettaja sairastui." in page.main.text


@pytest.mark.parametrize("step", ["enrol", "held", "withdraw", "cancel", "pass"])
def test_only_the_provider_that_took_a_wish_up_takes_its_later_steps(
    publisher: DeskUser, other: DeskUser, made: str, step: str
):
    path = f"/en/desk/wishes/{made}"
    publisher.press(path, f"{path}/commit", **COMMITMENT)
    values = {"offering": REAL, "participants": "5", "reason": "No."}
    form = other.pages.get("/en/desk/").root.one("input", name="csrf")["value"]
    before = publisher.services.proposals.shown(made).history
    answer = other.client.post(f"{path}/{step}", data={"csrf": form} | values)
    assert answer.status_code == (302 if step == "pass" else 422)
    assert publisher.services.proposals.shown(made).history == before


def test_a_provider_does_not_leave_its_own_promise_to_others(publisher: DeskUser, made: str):
    path = f"/en/desk/wishes/{made}"
    publisher.press(path, f"{path}/commit", **COMMITMENT)
    page = publisher.press(path, f"{path}/pass", status=422)
    assert "Withdraw the commitment first." in page.main.text


def test_the_provider_of_a_promise_is_that_of_the_user(publisher: DeskUser, made: str):
    path = f"/en/desk/wishes/{made}"
    publisher.press(path, f"{path}/commit", **COMMITMENT, provider="aalto", id="7", proposal="x")
    assert publisher.services.proposals.shown(made).history[-1].provider == "helsinki"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("start", "", "Enter the first day as 12.1.2027."),
        ("start", "31.2.2027", "Enter the date as 12.1.2027."),
        ("start", "1.1.2026", "Choose a day that is still to come."),
        ("price", "-5", "Enter a price in euros"),
        ("price", "1e9", "Enter a price in euros"),
        ("min_group", "0", "Enter a whole number from 1 to 10,000."),
        ("max_group", "4", "The largest group is not smaller than the smallest."),
        ("offering", "aalto-x", "This offering is another provider's, or not published."),
    ],
)
def test_what_cannot_be_promised_comes_back_with_a_sentence_and_what_was_typed(
    publisher: DeskUser, made: str, field: str, value: str, words: str
):
    path = f"/en/desk/wishes/{made}"
    page = publisher.press(path, f"{path}/commit", status=422, **(COMMITMENT | {field: value}))
    assert words in page.main.text
    typed = COMMITMENT | {field: value}
    assert [page.main.one("input", name=name)["value"] for name in COMMITMENT] == [typed[name] for name in COMMITMENT]
    assert state(publisher, made) is State.OPEN


def test_an_editor_reads_and_does_not_answer(visiting: Visiting, made: str):
    editor = DeskUser(visiting, Role.EDITOR, "helsinki")
    path = f"/en/desk/wishes/{made}"
    assert [form["action"] for form in editor.pages.get(path).main.all("form")] == []
    token = editor.pages.get(path).root.one("input", name="csrf")["value"]
    assert editor.client.post(f"{path}/commit", data={"csrf": token} | COMMITMENT).status_code == 403
    assert state(editor, made) is State.OPEN


def test_a_wish_that_is_left_to_others_no_longer_waits_and_comes_back(publisher: DeskUser, other: DeskUser, made: str):
    path = f"/en/desk/wishes/{made}"
    publisher.press(path, f"{path}/pass", reason="We have no teacher.")
    assert path not in listed(publisher)
    assert "We have no teacher." in publisher.pages.get(path).main.text
    assert path in listed(other) and "no teacher" not in other.pages.get(path).main.text
    assert [taken.step for taken in publisher.services.proposals.shown(made).history] == [Step.PUBLISHED]
    publisher.press(path, f"{path}/back")
    assert path in listed(publisher)


def test_numbers_of_the_moment_are_for_those_whom_the_wish_concerns(visiting: Visiting, publisher: DeskUser, made: str):
    stranger = DeskUser(visiting, Role.PUBLISHER, "uniarts")
    path = f"/en/desk/wishes/{made}"
    assert "Numbers of this moment" in publisher.pages.get(path).main.text
    page = stranger.pages.get(path)
    assert "Numbers of this moment" not in page.main.text and "Fewer than 5 people so far" in page.main.text
    assert "of them confirmed" not in page.main.text


def test_an_employer_who_is_not_to_be_named_is_not_named(publisher: DeskUser, made: str):
    joined(publisher.services, made, level="organisation", people=8, name="Salainen Oy")
    joined(publisher.services, made, level="organisation", people=3, name="Julkinen Oy", name_public=True)
    text = publisher.pages.get(f"/en/desk/wishes/{made}").main.text
    assert "Salainen" not in text and "Julkinen Oy people: fewer than 5" in text


@pytest.mark.parametrize("number", [2, 3, 4, 5, 9, 13])
def test_no_count_of_people_under_five_is_told_at_the_desk(
    visiting: Visiting, publisher: DeskUser, made: str, number: int
):
    moderator = DeskUser(visiting, Role.MODERATOR)
    joined(publisher.services, made, level="organisation", people=number, name="Salainen Oy")
    item = next(item for item in visiting.services.moderating.listing() if item.proposal.id == made)
    total = sum(item.standing.everyone.values())
    told = f"{total // 5 * 5}+" if total >= 5 else "fewer than 5"
    assert f"People behind it: {told}." in moderator.pages.get(f"/en/desk/moderation/proposals/{made}").main.text
    levels = publisher.pages.get(f"/en/desk/wishes/{made}").main.one("dl", class_="keys").all("dd")
    count = r"(\d*[05]\+|fewer than 5)"
    assert levels and all(re.fullmatch(f"{count}, of them confirmed: {count}", dd.text) for dd in levels)


@pytest.mark.parametrize("made_visible", [True, False])
def test_what_nobody_may_see_is_not_found_at_the_desk(publisher: DeskUser, made_visible: bool):
    hidden = wish(publisher.services, visible=made_visible)
    if made_visible:
        publisher.services.moderating.hide(hidden)
    publisher.pages.get(f"/en/desk/wishes/{hidden}", status=404)
    publisher.pages.get("/en/desk/wishes/nothing-here", status=404)


def test_a_wish_that_was_joined_with_another_leads_there(publisher: DeskUser, made: str):
    target = wish(publisher.services, title="Koneoppiminen", field="061")
    publisher.services.moderating.merge(made, target)
    assert publisher.client.get(f"/en/desk/wishes/{made}").location == f"/en/desk/wishes/{target}"


def test_choosing_another_language_on_a_form_that_came_back_leads_to_the_wish(publisher: DeskUser, made: str):
    assert publisher.client.get(f"/sv/desk/wishes/{made}/commit").location == f"/sv/desk/wishes/{made}"


def test_the_operators_people_have_no_wishes_of_their_own(visiting: Visiting):
    assert DeskUser(visiting, Role.OPERATOR).client.get("/en/desk/wishes").status_code == 403
