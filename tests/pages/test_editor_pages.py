"""What someone at the desk meets who writes an offering, from its name to its publication and after."""

import pytest
from desk_user import DeskUser
from editing import begin, editor_form, held, send
from site_for_tests import HOSTILE, LANGUAGES, REAL
from visiting import Visiting, errors

from portal.model.catalog import State
from portal.model.user import By, Origin, Role
from portal.store.standing import StandingStore

API = By(Origin.API)


@pytest.fixture
def publisher(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.PUBLISHER, "helsinki")


@pytest.fixture
def writer(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.EDITOR, "helsinki")


def draft_of(page):
    return editor_form(page)["action"].rpartition("/")[2]


def data_of(someone: DeskUser, page) -> dict:
    return someone.services.editing.draft("helsinki", draft_of(page)).data


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_between_a_draft_and_its_readers_is_told_in_the_language_of_the_page(
    publisher: DeskUser, writer: DeskUser, language: str
):
    page = begin(writer, language, title__fi="Mehiläiset", code="M-1")
    send(publisher, publisher.pages.get(f"/{language}/desk/drafts/{draft_of(page)}"), hours="1")
    send(writer, page, status=409, hours="2")
    page = writer.pages.get(f"/{language}/desk/drafts/{draft_of(page)}")
    send(writer, page, "publish", status=409)
    send(writer, page, "review")
    with publisher.services.database.write() as transaction:
        StandingStore(publisher.services.database).set_four_eyes(transaction, "helsinki", True)
    page = send(publisher, publisher.pages.get(page.path), hours="3")
    assert "publish" not in [button["value"] for button in page.main.all("button", name="do")]
    send(publisher, page, "publish", status=409)
    assert publisher.services.store.find("helsinki-m-1") is None
    taken = begin(publisher, language, title__fi="Mehiläiset", code="REAL-1")
    other = DeskUser(publisher, Role.ADMIN, "helsinki")
    two = send(other, other.pages.get(taken.path), "publish")
    assert two.path.endswith("/meanwhile") and "REAL-1" in two.main.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_editor_speaks_the_language_of_its_path(publisher: DeskUser, language: str):
    pages, editing = publisher.pages, publisher.services.editing
    pages.get(f"/{language}/desk/offerings/")
    page = begin(publisher, language, title__fi="Mehiläiset", code="M-1")
    page = send(publisher, page, ects="kaksi", title__sv="Bin")
    draft = draft_of(page)
    run = send(publisher, page, "add_run")
    send(publisher, run, "save", start="1.3.2027", end="1.2.2027")
    pages.get(f"/{language}/desk/drafts/{draft}/preview")
    pages.get(f"/{language}/desk/drafts/{draft}/discard")
    pages.get(f"/{language}/desk/offerings/?state=draft")
    for part in ("", "/history", "/withdraw", "/copy-run"):
        pages.get(f"/{language}/desk/offerings/{REAL}{part}")
    changed = editing.edit("helsinki", REAL, publisher.user)
    publisher.services.publishing.publish("helsinki", changed.data | {"hours": 3}, API)
    pages.get(f"/{language}/desk/drafts/{changed.id}/meanwhile")
    pages.get(f"/{language}/desk/offerings/{REAL}/history")


# From a name to a published offering


def test_an_offering_is_written_checked_previewed_and_published(publisher: DeskUser):
    page = begin(publisher, title__en="Keeping bees", code="BEE-1")
    page = send(publisher, page, learning_outcomes__en="You can keep a hive over the winter.", ects="2", field="08")
    assert "Keeping bees" in page.main.one("h1").text
    preview = send(publisher, page, "preview", level="6")
    assert preview.main.one("h1").text == "Keeping bees" and "noindex" in preview.robots
    page = publisher.pages.get(preview.main.all(class_="notice-line")[0].one("a")["href"])
    done = send(publisher, page, "publish")
    assert done.path.endswith("/desk/offerings/helsinki-bee-1?done=published")
    entry = publisher.services.store.find("helsinki-bee-1")
    assert (entry.state, entry.offering.level, str(entry.offering.ects.max)) == (State.PUBLISHED, 6, "2")
    assert publisher.client.get("/en/offerings/helsinki-bee-1").status_code == 200


def test_what_cannot_be_used_stays_as_it_was_typed_and_is_told_at_its_field(publisher: DeskUser):
    page = send(publisher, begin(publisher, title__en="Bees", code="B"), ects="two", url="example.org")
    assert held(page)["ects"] == "two" and held(page)["url"] == "example.org"
    assert errors(page) == {"ects": "Scope in credits: This is not a number. Enter a number, for example 2 or 1.5."}
    assert page.root.one(id="ects")["aria-invalid"] == "true"
    refused = send(publisher, page, "publish", status=422)
    assert list(errors(refused)) == ["ects"] and publisher.services.store.find("helsinki-b") is None


def test_a_draft_without_a_name_and_code_is_saved_all_the_same(publisher: DeskUser):
    page = send(publisher, begin(publisher), summary__en="To be written")
    assert set(errors(page)) == {"title.fi", "code"}
    assert data_of(publisher, page)["summary"] == {"en": "To be written"}


def test_runs_are_added_copied_and_removed_without_scripts(publisher: DeskUser):
    page = begin(publisher, title__en="Bees", code="B")
    run = send(publisher, page, "add_run", hours="10")
    wrong = send(publisher, run, start="1.3.2027", end="1.2.2027", municipality="091", price__amount="75 €")
    assert list(errors(wrong)) == ["end"]
    another = send(publisher, wrong, "another", end="30.4.2027")
    assert another.path.endswith("/runs/2")
    page = send(publisher, another, start="1.9.2027", end="30.9.2027", mode="online")
    page = send(publisher, page, "copy_run:0")
    page = publisher.pages.get(page.path.partition("/runs/")[0])
    page = send(publisher, page, "remove_run:1")
    assert data_of(publisher, page)["runs"] == [
        {"id": "1", "start": "2027-03-01", "end": "2027-04-30", "municipality": "091", "price": {"amount": 75}},
        {"id": "3", "start": "2027-03-01", "end": "2027-04-30", "municipality": "091", "price": {"amount": 75}},
    ]
    assert data_of(publisher, page)["hours"] == 10, "what was typed when a run was added is kept"


def test_a_run_that_is_not_there_is_not_found(publisher: DeskUser):
    page = begin(publisher, title__en="Bees")
    for number in (0, 1, 99):
        publisher.pages.get(f"/en/desk/drafts/{draft_of(page)}/runs/{number}", status=404)


def test_two_hundred_runs_make_no_page_of_megabytes(publisher: DeskUser):
    ended = [{"id": f"r{number}", "start": "2020-01-07", "end": "2020-02-07"} for number in range(190)]
    coming = [{"id": f"c{number}", "start": "2027-01-12"} for number in range(10)]
    draft = publisher.services.editing.begin("helsinki", publisher.user, {"runs": [*ended, *coming]})
    page = publisher.pages.get(f"/en/desk/drafts/{draft.id}")
    assert "Show 190 runs more" in page.main.text and "c9" in page.main.text and "r0" not in page.main.text
    whole = publisher.pages.get(f"/en/desk/drafts/{draft.id}?runs=all")
    assert "r0" in whole.main.text and len(whole.html) < 400_000
    assert len(data_of(publisher, send(publisher, page, hours="1"))["runs"]) == 200


# What the form may not do


def test_only_the_fields_of_the_form_are_read(publisher: DeskUser):
    page = begin(publisher, title__en="Bees", code="B")
    before = data_of(publisher, page)
    others = {"provider": "sivis", "example": "1", "id": "x", "state": "published", "offering": REAL, "runs": "[]"}
    page = send(publisher, page, **others, **{"data": "{}", "base_revision": "1", "created_by": "x"})
    draft = publisher.services.editing.draft("helsinki", draft_of(page))
    assert (draft.data, draft.offering, draft.base_revision) == (before, None, None)
    assert (draft.state, draft.created_by) == ("editing", publisher.user.id)


def test_the_code_of_a_published_offering_stays(publisher: DeskUser):
    draft = publisher.services.editing.edit("helsinki", REAL, publisher.user)
    page = publisher.pages.get(f"/en/desk/drafts/{draft.id}")
    assert "code" not in held(page)
    assert data_of(publisher, send(publisher, page, code="OTHER"))["code"] == "REAL-1"


def test_an_offering_that_is_opened_and_published_untouched_is_unchanged(publisher: DeskUser):
    before = publisher.services.store.find(REAL)
    draft = publisher.services.editing.edit("helsinki", REAL, publisher.user)
    send(publisher, publisher.pages.get(f"/sv/desk/drafts/{draft.id}"), "publish")
    after = publisher.services.store.find(REAL)
    assert (after.revision, after.offering) == (before.revision, before.offering)


def test_what_belongs_to_others_is_not_found(visiting: Visiting, publisher: DeskUser):
    draft = draft_of(begin(publisher, title__en="Bees"))
    stranger = DeskUser(visiting, Role.ADMIN, "sivis")
    for path in ("", "/preview", "/discard", "/meanwhile", "/runs/1"):
        stranger.pages.get(f"/en/desk/drafts/{draft}{path}", status=404)
    for path in ("", "/history", "/withdraw", "/copy-run"):
        stranger.pages.get(f"/en/desk/offerings/{REAL}{path}", status=404)
    token = held(stranger.pages.get("/en/desk/offerings/new"))["csrf"]
    sent = {"csrf": token, "revision": "1"}
    for path in (f"drafts/{draft}", f"drafts/{draft}/check", f"drafts/{draft}/send-back", f"drafts/{draft}/discard",
                 f"offerings/{REAL}/edit", f"offerings/{REAL}/copy", f"offerings/{REAL}/copy-run",
                 f"offerings/{REAL}/withdraw"):  # fmt: skip
        stranger.pages.post(f"/en/desk/{path}", sent, status=404)
    assert publisher.services.store.find(REAL).state is State.PUBLISHED


def test_a_form_as_large_as_the_largest_offering_is_taken(publisher: DeskUser):
    page = begin(publisher, title__en="Bees", code="B")
    page = send(publisher, page, description__en="a" * 90_000, description__fi="ä" * 90_000)
    assert len(data_of(publisher, page)["description"]["fi"]) == 90_000
    assert not page.root.all(id="errors")


# Two at once


def test_of_two_editors_the_later_sees_both_versions_and_overwrites_nothing(publisher: DeskUser, writer: DeskUser):
    page = begin(publisher, title__en="Bees", code="B")
    theirs = writer.pages.get(f"/en/desk/drafts/{draft_of(page)}")
    send(writer, theirs, hours="20", summary__en="Written by the writer")
    late = send(publisher, page, "publish", status=409, hours="10")
    assert data_of(publisher, page)["hours"] == 20
    assert held(late)["hours"] == "10", "what was typed is still in the form"
    shown = [[cell.text for cell in row.all("th", "td")] for row in late.main.one(class_="versions").all("tr")[1:]]
    assert ["Hours of work", "20", "10"] in shown and ["Summary (en)", "Written by the writer", "–"] in shown
    send(publisher, late)
    assert data_of(publisher, page)["hours"] == 10


def test_of_two_who_edit_one_run_the_later_sees_both_versions(publisher: DeskUser, writer: DeskUser):
    run = send(publisher, begin(publisher, title__en="Bees", code="B"), "add_run")
    path = run.path
    send(writer, writer.pages.get(path), seats="20")
    late = send(publisher, run, status=409, seats="10")
    assert held(late)["seats"] == "10" and "20" in late.main.one(class_="versions").text
    send(publisher, late)
    draft = path.split("/drafts/")[1].partition("/")[0]
    assert publisher.services.editing.draft("helsinki", draft).data["runs"] == [{"id": "1", "seats": 10}]


def test_a_run_that_a_colleague_removed_meanwhile_comes_back_only_by_a_second_saving(
    publisher: DeskUser, writer: DeskUser
):
    run = send(publisher, begin(publisher, title__en="Bees", code="B"), "add_run")
    draft = run.path.split("/drafts/")[1].partition("/")[0]
    send(writer, writer.pages.get(f"/en/desk/drafts/{draft}"), "remove_run:0")
    late = send(publisher, run, status=409, seats="10")
    assert "runs" not in publisher.services.editing.draft("helsinki", draft).data
    send(publisher, late)
    assert publisher.services.editing.draft("helsinki", draft).data["runs"] == [{"id": "1", "seats": 10}]


def test_what_a_file_changed_while_a_draft_was_open_is_shown_before_it_is_replaced(publisher: DeskUser):
    editing, publishing = publisher.services.editing, publisher.services.publishing
    draft = editing.edit("helsinki", REAL, publisher.user)
    page = publisher.pages.get(f"/en/desk/drafts/{draft.id}")
    publishing.publish("helsinki", draft.data | {"hours": 33}, API)
    two = send(publisher, page, "publish", level="5")
    assert two.path.endswith("/meanwhile") and publisher.services.store.find(REAL).offering.hours == 33
    shown = two.main.one(class_="versions").text
    assert "33" in shown and "Level" in shown
    kept = publisher.press(two.path)
    send(publisher, kept, "publish")
    entry = publisher.services.store.find(REAL)
    assert (entry.offering.hours, entry.offering.level) == (None, 5)


@pytest.mark.parametrize("gone_by", ["publish", "discard"])
def test_who_writes_on_while_a_colleague_ends_the_draft_keeps_what_was_typed(
    publisher: DeskUser, writer: DeskUser, gone_by: str
):
    draft = publisher.services.editing.edit("helsinki", REAL, publisher.user)
    page = writer.pages.get(f"/en/desk/drafts/{draft.id}")
    if gone_by == "publish":
        send(publisher, publisher.pages.get(page.path), "publish", level="5")
    else:
        publisher.press(f"/en/desk/drafts/{draft.id}/discard")
    late = send(writer, page, status=409, hours="10")
    assert held(late)["hours"] == "10" and "Hours of work" in late.main.one(class_="versions").text
    again = send(writer, late)
    assert draft_of(again) != draft.id and data_of(writer, again)["hours"] == 10


def test_what_was_typed_into_a_new_draft_outlives_its_deletion(publisher: DeskUser, writer: DeskUser):
    page = begin(writer, title__en="Bees", code="B")
    publisher.press(f"/en/desk/drafts/{draft_of(page)}/discard")
    again = send(writer, send(writer, page, status=409, hours="10"))
    assert data_of(writer, again)["title"] == {"en": "Bees"} and data_of(writer, again)["hours"] == 10


def test_hostile_texts_do_nothing_in_the_editor(visiting: Visiting):
    someone = DeskUser(visiting, Role.ADMIN, "sivis")
    draft = someone.services.editing.edit("sivis", HOSTILE, someone.user)
    page = someone.pages.get(f"/fi/desk/drafts/{draft.id}")
    for path in ("/preview", "/runs/1", "/discard"):
        someone.pages.get(f"/fi/desk/drafts/{draft.id}{path}")
    send(someone, page, "publish", title__sv="<b>Ny", contact__name="<i>x", keywords__fi="<script>alert(1)</script>")
    for path in ("", "/history", "/withdraw", "/copy-run"):
        someone.pages.get(f"/fi/desk/offerings/{HOSTILE}{path}")
    someone.pages.get("/fi/desk/offerings/")


# Review, withdrawing, lists, history


def test_the_history_tells_who_changed_what_and_by_which_way(publisher: DeskUser):
    draft = publisher.services.editing.edit("helsinki", REAL, publisher.user)
    send(publisher, publisher.pages.get(f"/en/desk/drafts/{draft.id}"), "publish", title__en="Silence", mode="x")
    publisher.services.publishing.publish("helsinki", draft.data | {"hours": 3}, API)
    page = publisher.pages.get(f"/en/desk/offerings/{REAL}/history")
    rows = [[cell.text for cell in row.all("th", "td")] for row in page.main.all("tr") if row.all("td")]
    assert ["Title (en)", "History of silence", "Silence"] in rows and ["Hours of work", "–", "3"] in rows
    assert publisher.user.name in page.main.text and "by the programming interface" in page.main.text


def test_an_editor_sends_a_draft_to_a_publisher_who_sends_it_back_or_publishes_it(
    publisher: DeskUser, writer: DeskUser
):
    page = begin(writer, title__en="Bees", code="B")
    assert "Publish" not in [button.text for button in page.main.all("button")]
    page = send(writer, page, "review", hours="5")
    reading = publisher.pages.get(page.path)
    answer = publisher.client.post(
        f"/en/desk/drafts/{draft_of(page)}/send-back",
        data={"csrf": held(reading)["csrf"], "revision": held(reading)["revision"], "note": "Say more <b>here</b>"},
    )
    assert "Say more <b>here</b>" in writer.pages.get(answer.location).main.text
    send(writer, writer.pages.get(page.path), "publish", status=409)
    assert publisher.services.store.find("helsinki-b") is None
    send(publisher, publisher.pages.get(page.path), "publish")
    assert publisher.services.store.find("helsinki-b").state is State.PUBLISHED


def test_a_withdrawn_offering_is_gone_from_its_page_at_once_and_can_come_back(publisher: DeskUser):
    done = publisher.press(f"/en/desk/offerings/{REAL}/withdraw")
    assert "no longer offered" in done.main.text
    publisher.pages.get(f"/en/offerings/{REAL}", status=410)
    response = publisher.client.post(
        f"/en/desk/offerings/{REAL}/edit", data={"csrf": standing_token(publisher, done.path)}
    )
    send(publisher, publisher.pages.get(response.location), "publish")
    publisher.pages.get(f"/en/offerings/{REAL}")


def standing_token(someone: DeskUser, path: str) -> str:
    return someone.pages.get(path).root.all("input", name="csrf")[0]["value"]


def test_a_published_offering_is_searchable_when_the_index_has_followed(publisher: DeskUser):
    page = begin(publisher, title__en="Kromotologia for beginners", code="K-1")
    send(publisher, page, "publish")
    publisher.services.indexer.bring_up_to_date()
    assert "Kromotologia" in publisher.pages.get("/en/search?q=kromotologia").main.text
    publisher.press("/en/desk/offerings/helsinki-k-1/withdraw")
    assert "for beginners" not in publisher.pages.get("/en/search?q=kromotologia").main.text


def test_the_list_finds_by_words_and_state(publisher: DeskUser):
    pages = publisher.pages
    begin(publisher, title__fi="Öljylampun huolto")
    found = pages.get("/fi/desk/offerings/?q=HILJAISUUDEN").main
    assert [a["href"] for a in found.all("a") if a.text == "Hiljaisuuden historia"] == [f"/fi/desk/offerings/{REAL}"]
    assert "Öljylampun" in pages.get("/fi/desk/offerings/?q=öljy").main.text
    assert "Hiljaisuuden" not in pages.get("/fi/desk/offerings/?q=öljy").main.text
    assert "Öljylampun" in pages.get("/fi/desk/offerings/?state=draft").main.text
    assert "Hiljaisuuden" not in pages.get("/fi/desk/offerings/?state=withdrawn").main.text
    for odd in ("page=0", "page=999999999", "page=x", "state=x", "q=%25_'", "q=" + "x" * 3000):
        pages.get(f"/fi/desk/offerings/?{odd}")


def test_similar_offerings_of_others_are_shown_while_the_name_is_written(publisher: DeskUser):
    page = publisher.pages.get("/fi/desk/offerings/new?title=Dialogin+ohjaaja")
    assert [a["href"] for a in page.main.all("a") if a.text == "Dialogin ohjaaja"] == ["/fi/offerings/sivis-koski-1"]
    draft = begin(publisher, "fi", title__fi="Hiljaisuuden historia")
    part = publisher.client.post(f"/fi/desk/drafts/{draft_of(draft)}/check", data=held(draft))
    assert REAL not in part.text, "one's own is no other's"
    fields = held(draft)
    fields["title.fi"] = "Dialogin ohjaaja"
    part = publisher.client.post(f"/fi/desk/drafts/{draft_of(draft)}/check", data=fields)
    assert "/fi/offerings/sivis-koski-1" in part.text
    assert data_of(publisher, draft)["title"] == {"fi": "Hiljaisuuden historia"}, "a check saves nothing"


def test_the_last_run_is_copied_from_the_link_of_a_mail(publisher: DeskUser):
    run = publisher.press(f"/fi/desk/offerings/{REAL}/copy-run")
    assert run.path.endswith("/runs/3")
    assert (held(run)["start"], held(run)["end"]) == ("30.8.2028", "29.11.2028")


def test_a_draft_is_deleted_only_as_it_was_seen(publisher: DeskUser):
    page = begin(publisher, title__en="Bees")
    path = f"/en/desk/drafts/{draft_of(page)}/discard"
    seen = publisher.pages.get(path)
    send(publisher, page, hours="1")
    fields = {field["name"]: field["value"] for field in seen.main.one("form").all("input")}
    publisher.pages.post(path, fields, status=409)
    assert publisher.press(path).path.endswith("?done=discarded")
    publisher.pages.get(page.path, status=404)
