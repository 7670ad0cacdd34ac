"""Wishes: found before they are made again, made in one step from a search, seen once read, joined and followed."""

import pytest
from site_for_tests import LANGUAGES
from visiting import Visiting, errors, links, standing
from wishing import promise

from portal.model.proposal import Moderation, Proposal
from portal.services.loop import Loop

NEW = "/en/proposals/new"


def made(visiting: Visiting, path: str = NEW, *, visible: bool = True, **values: str) -> str:
    """A wish sent through its form, and approved; its id."""
    before = {item.proposal.id for item in visiting.services.moderating.listing()}
    visiting.someone_else().send(path, **({"title": "Glass blowing for beginners", "group_size": "5"} | values))
    [wish] = {item.proposal.id for item in visiting.services.moderating.listing()} - before
    if visible:
        visiting.services.moderating.approve(wish)
    return wish


def waiting(visiting: Visiting, moderation: Moderation = Moderation.WAITING) -> list[Proposal]:
    """Wishes that people made and nobody has published yet."""
    return [item.proposal for item in visiting.services.moderating.listing((moderation,)) if not item.proposal.example]


def loop(visiting: Visiting) -> Loop:
    return visiting.services.loop


def way(visiting: Visiting, wish: str) -> list[str]:
    """done, now or todo of the five steps."""
    return [
        step["class"] for step in visiting.pages.get(f"/en/proposals/{wish}").main.one("ol", class_="steps").all("li")
    ]


# From a search


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_in_vain_hands_its_words_and_filters_to_the_form_of_a_wish(visiting: Visiting, language: str):
    empty = visiting.pages.get(f"/{language}/search?q=blorptastic&field=06&mode=online&region=01&scope=1-4&language=sv")
    [link] = {a["href"] for a in empty.main.all("a") if "/proposals/new" in a["href"]}
    fields = standing(visiting.pages.get(link))
    assert fields["title"] == "blorptastic" and fields["field"] == "06" and fields["mode"] == "online"
    assert (fields["region"], fields["scope"], fields["language"]) == ("01", "1-4", "sv")


def test_a_narrow_field_is_handed_on_too(visiting: Visiting):
    assert standing(visiting.pages.get(f"{NEW}?q=x&field=061"))["field"] == "061"


def test_a_search_with_hits_leads_to_a_wish_as_well(visiting: Visiting):
    found = visiting.pages.get("/en/search?q=historia")
    assert [a["href"] for a in found.main.all("a") if "/proposals/new" in a["href"]] == ["/en/proposals/new?q=historia"]


def test_a_search_in_vain_shows_wishes_of_others(visiting: Visiting):
    wish = made(visiting)
    page = visiting.pages.get("/en/search?q=glass+blowing+for+blorptastic+beginners&koski=1&provider=uniarts")
    assert f"/en/proposals/{wish}/join" in {a["href"] for a in page.main.all("a")}


# What is similar


def test_similar_wishes_and_offerings_stand_beside_the_form(visiting: Visiting):
    wish = made(visiting)
    page = visiting.pages.get(f"{NEW}?q=glass+blowing")
    assert f"/en/proposals/{wish}/join" in {a["href"] for a in page.root.one(id="similar").all("a")}


def test_offerings_that_exist_stand_beside_the_form(visiting: Visiting):
    page = visiting.pages.get("/fi/proposals/new?q=hiljaisuuden+historia")
    assert "/fi/offerings/helsinki-real-1" in {a["href"] for a in page.root.one(id="similar").all("a")}


def test_the_button_that_looks_for_similar_ones_sends_nothing_and_keeps_everything(visiting: Visiting):
    wish = made(visiting)
    typed = {"title": "Blowing glass", "text": "At night", "region": "06", "level": "would_pay"}
    page = visiting.send(NEW, check="1", **typed)
    assert f"/en/proposals/{wish}/join" in {a["href"] for a in page.root.one(id="similar").all("a")}
    assert typed.items() <= standing(page).items()
    assert waiting(visiting) == []


def test_what_the_script_shows_while_typing_is_the_same(visiting: Visiting):
    wish = made(visiting)
    response = visiting.client.get("/en/proposals/similar?q=glass+blowing")
    assert f'href="/en/proposals/{wish}/join"' in response.text and "<html" not in response.text


@pytest.mark.parametrize("words", ["", "%00", "%ff%fe", "x" * 3000, "'\"><script>"])
def test_any_words_can_be_looked_for(visiting: Visiting, words: str):
    response = visiting.client.get(f"/sv/proposals/similar?q={words}")
    assert response.status_code == 200 and "<script" not in response.text


# Making one


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_is_made_in_every_language_and_waits_for_a_moderator(visiting: Visiting, language: str):
    page = visiting.send(f"/{language}/proposals/new", title="Lasinpuhallus")
    assert page.language == language
    [wish] = waiting(visiting)
    assert wish.wish.title == "Lasinpuhallus" and wish.text_language == language
    visiting.pages.get(f"/{language}/proposals/{wish.id}", status=404)


def test_with_an_address_a_wish_waits_first_for_its_confirmation(visiting: Visiting):
    visiting.send(NEW, title="Glass blowing", email="anna@people.example")
    [wish] = waiting(visiting, Moderation.CONFIRMATION)
    confirm = next(links(letter)["confirm"] for letter in visiting.mail() if letter["To"] == "anna@people.example")
    page = visiting.pages.post(confirm, {})
    assert "A moderator reads the wish next" in page.main.text
    assert [item.id for item in waiting(visiting)] == [wish.id]


def test_an_employer_says_for_how_many_and_by_when(visiting: Visiting):
    wish = made(
        visiting, level="organisation", people="12", needed_by="1.3.2027", budget="1000-4999", name="Lasitehdas Oy"
    )
    [listed] = [item for item in visiting.services.moderating.listing() if item.proposal.id == wish]
    assert (listed.standing.employers, listed.standing.seats) == (1, 12)


def test_the_name_of_an_employer_is_not_shown_unless_it_chose_so(visiting: Visiting):
    wish = made(visiting, level="organisation", people="12", name="Lasitehdas Oy")
    assert "Lasitehdas" not in visiting.pages.get(f"/en/proposals/{wish}").html


def test_the_same_wish_sent_twice_is_made_once(visiting: Visiting):
    fields = visiting.fill(NEW, title="Glass blowing")
    visiting.pages.post(NEW, fields)
    visiting.pages.post(NEW, fields)
    assert len(waiting(visiting)) == 1


def test_a_wish_that_cannot_be_used_comes_back_with_a_summary_and_everything_kept(visiting: Visiting):
    sent = {"title": "", "text": "Call me: 040 123 4567", "start_by": "1.1.2020", "group_size": "2", "region": "06"}
    page = visiting.send(NEW, status=422, **sent)
    assert list(errors(page)) == ["title", "text", "start_by", "group_size"]
    assert sent.items() <= standing(page).items()
    assert waiting(visiting) == []


def test_the_summary_names_what_is_to_be_mended_in_the_order_of_the_page(visiting: Visiting):
    page = visiting.send(NEW, status=422, title="", group_size="2", level="organisation", people="", email="anna")
    ids = [element["id"] for element in page.main.walk() if "id" in element.attributes]
    assert list(errors(page)) == sorted(errors(page), key=ids.index) == ["title", "group_size", "people", "email"]


def test_a_form_sent_faster_than_people_write_comes_back_and_can_be_sent_again(visiting: Visiting):
    fields = standing(visiting.pages.get(NEW)) | {"title": "Glass blowing"}
    page = visiting.pages.post(NEW, fields, status=422)
    assert "That was quick" in page.root.one(id="errors").text
    visiting.clock.move(seconds=5)
    visiting.pages.post(NEW, standing(page))
    assert len(waiting(visiting)) == 1


def test_a_robot_that_fills_in_every_field_is_asked_to_leave_one_empty(visiting: Visiting):
    page = visiting.send(NEW, status=422, title="Buy now", website="https://example.org")
    assert list(errors(page)) == ["website"] and "trap" not in {c for e in page.main.walk() for c in e.classes}
    assert waiting(visiting) == []


# The page of one


def test_a_wish_is_seen_by_all_once_it_was_read(visiting: Visiting):
    wish = made(visiting, field="02")
    page = visiting.pages.get(f"/fi/proposals/{wish}")
    assert page.main.one("h1").text == "Glass blowing for beginners"
    assert f"/fi/proposals/{wish}" in {a["href"] for a in visiting.pages.get("/fi/proposals/?field=02").main.all("a")}


def test_a_wish_in_another_language_says_so(visiting: Visiting):
    wish = made(visiting)
    assert visiting.pages.get(f"/fi/proposals/{wish}").main.one("h1").one("span")["lang"] == "en"


def test_texts_of_wishes_do_nothing(visiting: Visiting):
    wish = made(
        visiting, title="<script>alert(1)</script>", text="<img src=x onerror=alert(1)> [x](javascript:alert(2))"
    )
    page = visiting.pages.get(f"/en/proposals/{wish}")
    assert page.main.all("script", "img") == [] and page.main.one("h1").text == "<script>alert(1)</script>"


def test_the_way_of_a_wish_is_shown_step_by_step(visiting: Visiting):
    wish = made(visiting)
    assert way(visiting, wish) == ["now", "todo", "todo", "todo", "todo"]
    loop(visiting).commit(wish, promise())
    assert way(visiting, wish) == ["done", "todo", "now", "todo", "todo"]
    loop(visiting).open_enrolment(wish, "helsinki-real-1")
    assert way(visiting, wish) == ["done", "todo", "done", "now", "todo"]
    loop(visiting).held(wish, 9)
    assert way(visiting, wish) == ["done", "todo", "done", "done", "done"]


def test_a_commitment_tells_provider_start_price_and_group(visiting: Visiting):
    wish = made(visiting)
    loop(visiting).commit(wish, promise(max_group=20))
    keys = visiting.pages.get(f"/en/proposals/{wish}").main.one("dl", class_="keys")
    assert [value.text for value in keys.all("dd")] == ["University of Helsinki", "1 March 2027", "€75", "5–20"]


def test_a_withdrawn_commitment_stays_in_the_history_with_its_reason(visiting: Visiting):
    wish = made(visiting)
    loop(visiting).commit(wish, promise())
    loop(visiting).withdraw_commitment(wish, "The teacher moved away.")
    page = visiting.pages.get(f"/en/proposals/{wish}")
    assert "The teacher moved away." in page.main.text and page.main.all("section", class_="cloud") == []
    assert way(visiting, wish) == ["now", "todo", "todo", "todo", "todo"]


def test_a_wish_that_was_declined_takes_nobody_and_leads_to_a_new_one(visiting: Visiting):
    wish = made(visiting)
    loop(visiting).decline(wish, "Too few people.")
    links = {a["href"] for a in visiting.pages.get(f"/en/proposals/{wish}").main.all("a")}
    assert not any("/join" in link for link in links) and any("/proposals/new?q=Glass" in link for link in links)
    assert visiting.client.get(f"/en/proposals/{wish}/join").location == f"/en/proposals/{wish}"


def test_a_wish_joined_with_another_leads_there(visiting: Visiting):
    source, target = made(visiting), made(visiting, title="Blowing glass")
    visiting.services.moderating.merge(source, target)
    assert visiting.client.get(f"/sv/proposals/{source}").location == f"/sv/proposals/{target}"
    assert visiting.client.get(f"/sv/proposals/{source}/join").location == f"/sv/proposals/{target}"


@pytest.mark.parametrize("path", ["nothing", "nothing/join", "nothing/report", "%ff", "new/join"])
def test_a_wish_that_is_not_there_is_not_found(visiting: Visiting, path: str):
    visiting.pages.get(f"/fi/proposals/{path}", status=404)


# Joining


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_is_joined_from_its_page_in_every_language(visiting: Visiting, language: str):
    wish = made(visiting)
    panel = visiting.pages.get(f"/{language}/proposals/{wish}").main.one("aside")
    would_pay = next(a["href"] for a in panel.all("a") if "level=would_pay" in a["href"])
    visiting.send(would_pay)
    [listed] = [item for item in visiting.services.moderating.listing() if item.proposal.id == wish]
    assert listed.standing.everyone == {"would_take_part": 1, "would_pay": 1}


def test_no_number_of_people_stands_on_the_page_before_demand_is_built(visiting: Visiting):
    wish = made(visiting)
    before = visiting.pages.get(f"/en/proposals/{wish}").main.text
    for _ in range(4):
        visiting.someone_else().send(f"/en/proposals/{wish}/join")
    assert visiting.pages.get(f"/en/proposals/{wish}").main.text == before


def test_a_joining_is_taken_back_by_the_link_of_the_answer(visiting: Visiting):
    wish = made(visiting)
    page = visiting.send(f"/en/proposals/{wish}/join")
    visiting.pages.post(next(a["href"] for a in page.main.all("a") if "/mail/withdraw/" in a["href"]), {})
    [listed] = [item for item in visiting.services.moderating.listing() if item.proposal.id == wish]
    assert sum(listed.standing.everyone.values()) == 1


def test_a_joining_that_cannot_be_used_comes_back_with_everything_kept(visiting: Visiting):
    wish = made(visiting)
    sent = {"level": "organisation", "people": "0", "needed_by": "then", "name": "Lasitehdas", "name_public": "1"}
    page = visiting.send(f"/sv/proposals/{wish}/join", status=422, **sent)
    assert list(errors(page)) == ["people", "needed_by"] and sent.items() <= standing(page).items()


def test_the_form_comes_filled_with_what_this_browser_said_of_the_wish(visiting: Visiting):
    wish = made(visiting)
    visiting.send(f"/en/proposals/{wish}/join", level="organisation", people="7", budget="20000+")
    fields = standing(visiting.pages.get(f"/en/proposals/{wish}/join"))
    assert (fields["level"], fields["people"], fields["budget"]) == ("organisation", "7", "20000+")


# The list


def test_the_list_is_narrowed_by_field_and_state(visiting: Visiting):
    wish = made(visiting, field="02")
    other = made(visiting, title="Beekeeping", field="08")
    loop(visiting).decline(other, "Nobody has time.")

    def shown(query: str) -> set[str]:
        page = visiting.pages.get(f"/en/proposals/?{query}")
        return {a["href"].rpartition("/")[2] for h in page.main.all("h3") for a in h.all("a")}

    assert wish in shown("field=02&state=open") and other not in shown("field=02&state=open")
    assert other in shown("state=declined") and wish not in shown("state=declined")


@pytest.mark.parametrize(
    "query", ["field=99x", "state=never", "page=0", "page=-1", "page=x", "page=99999999999", "page=²"]
)
def test_an_unknown_choice_gives_the_list_all_the_same(visiting: Visiting, query: str):
    page = visiting.pages.get(f"/en/proposals/?{query}")
    assert page.main.all("h3") and (len(page.notices) == 1) == (not query.startswith("page"))


def test_long_lists_have_pages(visiting: Visiting):
    first = visiting.pages.get("/en/proposals/")
    second = visiting.pages.get(first.link("Next"))
    assert len(first.main.all("h3")) == 20 and second.main.all("h3")
    assert second.link("Previous") == "/en/proposals/?page=1"
