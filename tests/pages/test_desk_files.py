"""Publishing from a file at the desk: what is sent, what is told, and what is published."""

import io
import json

import pytest
from desk_user import DeskUser
from factories import make_offering, offering_json
from sending_files import Sender, counts
from visiting import Visiting, errors, standing

from portal.model.admission import Admission, AdmissionStep
from portal.model.upload import UploadState
from portal.model.user import Role
from portal.store.history import HistoryStore

TABLE = "code;title_fi;ects;run_id;run_start\nA-1;Mehiläiset;2,5;k;12.1.2027\nA-2;Hunaja;viisi;;\n"


@pytest.fixture
def sender(visiting: Visiting) -> Sender:
    return Sender(visiting)


def test_a_file_is_checked_before_anything_is_published(sender: Sender):
    page = sender.send_file("kurssit.csv", TABLE)
    assert counts(page) == {"new": "1", "changed": "0", "unchanged": "0", "left out": "1"}
    assert "This is not a number." in page.main.text and "viisi" in page.main.text
    assert sender.services.store.codes("helsinki").keys().isdisjoint({"A-1", "A-2"})


def test_what_was_checked_is_published_by_one_button(sender: Sender):
    page = sender.press_button(sender.send_file("kurssit.csv", TABLE), "Publish the changes")
    assert "Published." in page.main.text
    found = sender.services.store.find(sender.services.store.codes("helsinki")["A-1"])
    assert str(found.offering.ects.max) == "2.5" and found.offering.runs[0].start.isoformat() == "2027-01-12"
    assert "A-2" not in sender.services.store.codes("helsinki")


def test_what_a_file_published_carries_the_name_of_who_published_it(sender: Sender):
    sender.press_button(sender.send_file("kurssit.csv", TABLE), "Publish the changes")
    offering_id = sender.services.store.codes("helsinki")["A-1"]
    (revision,) = HistoryStore(sender.services.database).revisions(offering_id)
    assert (revision.by.origin, revision.by.user) == ("file", sender.user.id)


def test_a_changed_offering_is_shown_value_by_value(sender: Sender):
    sender.services.store.save([(make_offering(code="B", title={"fi": "Vanha", "en": "Old"}), {})])
    new = offering_json(code="B", title={"fi": "Uusi", "en": "Old"})
    page = sender.send_file("a.json", json.dumps([new]))
    assert counts(page)["changed"] == "1"
    (row,) = page.main.one("tbody").all("tr")
    assert [cell.text for cell in row.all("th", "td")] == ["Title (fi)", "Vanha", "Uusi"]


def test_nothing_new_leaves_nothing_to_publish(sender: Sender):
    sender.press_button(sender.send_file("kurssit.csv", TABLE), "Publish the changes")
    page = sender.send_file("kurssit.csv", TABLE)
    assert counts(page)["unchanged"] == "1" and "There is nothing to publish." in page.main.text


def test_a_whole_file_withdraws_the_rest_once_it_is_published(sender: Sender):
    before = len(sender.services.store.codes("helsinki"))
    page = sender.send_file("kurssit.csv", TABLE.replace("viisi", "5"), complete="1")
    assert f"{before} offerings are not in the file and are withdrawn." in page.main.text
    assert len(sender.services.store.codes("helsinki")) == before
    sender.press_button(page, "Publish the changes")
    assert set(sender.services.store.codes("helsinki")) == {"A-1", "A-2"}


def test_an_editor_checks_files_and_leaves_publishing_to_others(visiting: Visiting):
    editor = Sender(visiting, Role.EDITOR)
    page = editor.send_file("kurssit.csv", TABLE)
    assert "Somebody who may publish can publish this file." in page.main.text
    token = standing(editor.pages.get("/en/desk/files"))["csrf"]
    editor.pages.post(f"/en/desk/files/{editor.upload().id}/publish", {"csrf": token}, status=403)
    assert editor.upload().state is UploadState.CHECKED


def test_where_four_eyes_are_wanted_another_must_publish(visiting: Visiting, sender: Sender):
    sender.services.publishing._writer.do(
        lambda transaction: sender.services.publishing._standing.set_four_eyes(transaction, "helsinki", True)
    )
    page = sender.send_file("kurssit.csv", TABLE)
    refused = sender.press_button(page, "Publish the changes", status=422)
    assert "Somebody else must publish it" in refused.main.text
    other = DeskUser(visiting, Role.PUBLISHER, "helsinki", "second@desk.example")
    token = standing(other.pages.get("/en/desk/files"))["csrf"]
    assert other.client.post(f"/en/desk/files/{sender.upload().id}/publish", data={"csrf": token}).status_code == 302
    assert "A-1" in sender.services.store.codes("helsinki")


def test_a_file_of_another_provider_is_not_found(visiting: Visiting, sender: Sender):
    sender.send_file("kurssit.csv", TABLE)
    other = DeskUser(visiting, Role.ADMIN, "aalto")
    token = standing(other.pages.get("/en/desk/files"))["csrf"]
    for part in ("", "/columns", "/remarks"):
        other.pages.get(f"/en/desk/files/{sender.upload().id}{part}", status=404)
    for part in ("publish", "again", "remove", "columns"):
        other.pages.post(f"/en/desk/files/{sender.upload().id}/{part}", {"csrf": token}, status=404)
    assert sender.upload().state is UploadState.CHECKED


def test_a_file_cannot_publish_for_another_provider(sender: Sender):
    page = sender.send_file("a.json", json.dumps([offering_json(provider="aalto")]))
    assert counts(page)["left out"] == "1" and "names another provider" in page.main.text


def test_the_offerings_changed_meanwhile_are_shown_again_before_they_are_overwritten(sender: Sender):
    page = sender.send_file("kurssit.csv", TABLE)
    sender.services.store.save([(make_offering(code="A-1", title={"fi": "Joku muu"}), {})])
    page = sender.press_button(page, "Publish the changes")
    assert "Somebody changed your offerings after the file was checked." in page.main.text
    assert counts(page)["changed"] == "1"
    found = sender.services.store.find(sender.services.store.codes("helsinki")["A-1"])
    assert found.offering.title["fi"] == "Joku muu"
    sender.press_button(page, "Publish the changes")
    found = sender.services.store.find(sender.services.store.codes("helsinki")["A-1"])
    assert found.offering.title["fi"] == "Mehiläiset"


def test_a_suspended_provider_publishes_nothing(sender: Sender):
    page = sender.send_file("kurssit.csv", TABLE)
    step = AdmissionStep("helsinki", Admission.SUSPENDED, sender.clock(), "unpaid")
    publishing = sender.services.publishing
    publishing._writer.do(lambda transaction: publishing._standing.decide(transaction, step))
    assert "cannot publish now" in sender.press_button(page, "Publish the changes", status=422).main.text
    assert "A-1" not in sender.services.store.codes("helsinki")


# While it is worked on


def test_a_file_that_waits_shows_how_far_it_is_with_and_without_a_script(sender: Sender):
    sender.works = False
    page = sender.send_file("kurssit.csv", TABLE)
    assert "waits for its turn" in page.main.text
    assert page.root.one("noscript").one("meta")["http-equiv"] == "refresh"
    sender.services.uploads._uploads.note_progress(sender.upload().id, 1200, 10_000)
    assert "1,200 of 10,000 rows" in sender.pages.get(page.path).main.text


def test_a_provider_has_one_file_at_work(sender: Sender):
    sender.works = False
    sender.send_file("kurssit.csv", TABLE)
    page = sender.send_file("toinen.csv", TABLE, status=422)
    assert "Another file is being read now: kurssit.csv" in page.main.text


def test_a_file_that_was_forgotten_is_started_again_by_looking_at_it(sender: Sender):
    sender.works = False
    path = sender.send_file("kurssit.csv", TABLE).path
    sender.works = True
    started = sender.services.uploads._folder.of(sender.upload().id) / "started"
    started.unlink()
    sender.pages.get(path)
    assert sender.upload().state is UploadState.CHECKED


def test_work_that_broke_off_is_noticed_and_can_be_begun_again(sender: Sender):
    sender.works = False
    path = sender.send_file("kurssit.csv", TABLE).path
    sender.work._move(sender.upload(), UploadState.CHECKING)  # as when its process was killed there
    page = sender.pages.get(path)
    assert "The work on the file broke off." in page.main.text
    sender.works = True
    assert counts(sender.press_button(page, "Try again"))["new"] == "1"


def test_a_removed_file_is_gone(sender: Sender):
    page = sender.send_file("kurssit.csv", TABLE)
    folder = sender.services.uploads._folder.of(sender.upload().id)
    assert folder.is_dir()
    assert "The file was removed." in sender.press_button(page, "Remove the file").main.text
    assert not folder.exists()
    sender.pages.get(page.path, status=404)


def test_only_the_newest_files_are_kept(sender: Sender, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("portal.services.files.uploads.MOST_KEPT", 2)
    for number in range(3):
        sender.clock.move(seconds=1)
        sender.send_file(f"{number}.csv", TABLE)
    assert [item.name for item in sender.services.uploads.all("helsinki")] == ["2.csv", "1.csv"]


# What cannot be read


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("", b"", "Choose a file."),
        ("kurssit.csv", b"", "The file is empty"),
        ("kurssit.pdf", b"%PDF", "The end of the name does not tell the format."),
        ("kurssit", b"code", "The end of the name does not tell the format."),
        ("kurssit.csv", b"PK\x03\x04" + bytes(40), "The file is a workbook"),
        ("kurssit.xlsx", b"code;title_fi", "the file is no such workbook"),
        ("kurssit.xls", b"\xd0\xcf\x11\xe0" + bytes(40), "old XLS format"),
        ("kurssit.csv", b"\xef\xbb\xbf<!DOCTYPE html><html>", "The file is a web page"),
    ],
)
def test_what_is_surely_not_readable_comes_back_with_a_sentence(
    sender: Sender, name: str, content: bytes, sentence: str
):
    page = sender.send_file(name, content, status=422)
    assert sentence in errors(page)["file"]
    assert sender.services.uploads.all("helsinki") == []


def test_a_file_over_the_limit_is_refused_before_it_is_read(sender: Sender):
    response = sender.client.post(
        "/en/desk/files", data={"file": (io.BytesIO(b"x"), "a.csv")}, environ_overrides={"CONTENT_LENGTH": "21100000"}
    )
    page = sender.pages.checked("/en/desk/files", 413, response, was_sent=True)
    assert "larger than 20 MiB" in page.main.text


def test_a_file_that_breaks_off_is_told_and_can_be_tried_again(sender: Sender):
    page = sender.send_file("a.json", '[{"code": "A"')
    assert "The file is not whole JSON" in page.main.text
    assert "Try again" in [button.text for button in page.main.all("button")]


@pytest.mark.parametrize("name", ["../../evil.csv", "C:\\fakepath\\evil.csv", "<b>evil</b>.csv", "e\0vil.csv"])
def test_a_name_is_only_shown_and_never_a_path(sender: Sender, name: str):
    page = sender.send_file(name, TABLE)
    item = sender.upload()
    assert "/" not in item.name.replace("</b>", "") and "\\" not in item.name and "\0" not in item.name
    folder = sender.services.uploads._folder.of(item.id)
    assert (folder / "sent.csv").exists() and page.main.one("h1").text == item.name


def test_other_fields_of_the_form_change_nothing(sender: Sender):
    sender.send_file("kurssit.csv", TABLE, provider="aalto", state="applied", user="x")
    assert (sender.upload().provider, sender.upload().state) == ("helsinki", UploadState.CHECKED)
    assert sender.services.uploads.all("aalto") == []


def test_what_the_badge_misses_is_told_once_for_all_offerings(sender: Sender):
    rows = "".join(f"K-{number};Kurssi {number}\n" for number in range(40))
    sender.send_file("monta.csv", "code;title_fi\n" + rows)
    page = sender.pages.get(f"/en/desk/files/{sender.upload().id}?show=infos")
    told = [item.text for item in page.main.all("li") if "40 offerings" in item.text]
    assert 3 <= len(told) <= 6 and all("Rows: 2, 3, 4" in text for text in told)


# In three languages


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_of_files_keep_the_promises_of_every_page(sender: Sender, language: str):
    table = TABLE.replace("run_start", "opettaja")
    path = sender.send_file("kurssit.csv", table, language=language).path
    counted = sender.upload().counts
    for kind in ("errors", "warnings", "changed", "new", "withdrawn", "infos", "nonsense"):
        sender.pages.get(f"{path}?show={kind}&page=9999999")
    assert counted["errors"] and counted["infos"]
    sender.pages.get(f"{path}/columns")
    sender.pages.get(f"/{language}/desk/files")
    sender.works = False
    sender.send_file("toinen.csv", TABLE, language=language)


def test_columns_that_nobody_knows_stand_first_where_they_are_explained(sender: Sender):
    sender.send_file("a.csv", "code;title_fi;Opettaja\nA;Mehiläiset;Maija\n")
    page = sender.pages.get(f"/en/desk/files/{sender.upload().id}/columns")
    assert [label.text for label in page.main.all("label")] == ["Opettaja", "code", "title_fi"]
    assert [field["name"] for field in page.main.all("select")] == ["column-2", "column-0", "column-1"]
