"""Drafts: nobody's words are overwritten unseen, and only those who may bring them before readers."""

import datetime as dt
import threading

import pytest
from factories import make_offering, make_provider, make_run, offering_json

from portal.bootstrap import Services
from portal.model.catalog import State
from portal.model.draft import DraftState
from portal.model.errors import Conflict, NotFound, Refused
from portal.model.user import By, Origin, Role, User
from portal.services.publishing import Faulty
from portal.store.standing import StandingStore

API = By(Origin.API)


@pytest.fixture
def desk(services: Services) -> Services:
    services.store.save_providers([make_provider(), make_provider(id="sivis", type="study_centre")])
    return services


def someone(desk: Services, role: Role = Role.PUBLISHER, name: str = "eva") -> User:
    return desk.accounts.add(f"{name}@desk.example", role, provider="helsinki", name=name.capitalize())


@pytest.fixture
def eva(desk: Services) -> User:
    return someone(desk)


def at_desk(user: User) -> By:
    return By(Origin.DESK, user.id)


def published(desk: Services, **parts: object) -> str:
    return desk.publishing.publish("helsinki", offering_json(**parts), API).id


def test_a_draft_becomes_an_offering_and_is_gone(desk: Services, eva: User):
    draft = desk.editing.begin("helsinki", eva, {"title": {"fi": "Uusi"}})
    draft = desk.editing.save(draft, {**draft.data, "code": "U-1", "hours": 2}, draft.revision, eva)
    saved = desk.editing.publish(draft, draft.revision, eva, at_desk(eva))
    entry = desk.store.find(saved.id)
    assert (entry.state, entry.offering.hours, entry.offering.provider) == (State.PUBLISHED, 2, "helsinki")
    assert desk.editing.drafts("helsinki") == []


def test_what_is_wrong_is_kept_in_the_draft_and_not_published(desk: Services, eva: User):
    draft = desk.editing.begin("helsinki", eva, {"title": {"fi": "Uusi"}, "code": "U-1", "ects": "kaksi"})
    with pytest.raises(Faulty):
        desk.editing.publish(draft, draft.revision, eva, at_desk(eva))
    assert desk.editing.draft("helsinki", draft.id).data["ects"] == "kaksi"
    assert desk.store.counts()["published"] == 0


def test_the_drafts_and_offerings_of_others_are_not_there(desk: Services, eva: User):
    draft = desk.editing.begin("helsinki", eva, {})
    offering = published(desk)
    for ask in (
        lambda: desk.editing.draft("sivis", draft.id),
        lambda: desk.editing.offering("sivis", offering),
        lambda: desk.editing.edit("sivis", offering, eva),
        lambda: desk.editing.copy("sivis", offering, eva),
        lambda: desk.editing.copy_run("sivis", offering, eva),
        lambda: desk.editing.history("sivis", offering),
        lambda: desk.editing.withdraw("sivis", offering, 1, API),
    ):
        with pytest.raises(NotFound):
            ask()


def test_of_two_who_save_the_same_revision_the_second_is_told(desk: Services, eva: User):
    draft = desk.editing.begin("helsinki", eva, {"hours": 1})
    desk.editing.save(draft, {"hours": 2}, draft.revision, eva)
    for late in (
        lambda: desk.editing.save(draft, {"hours": 3}, draft.revision, eva),
        lambda: desk.editing.publish(draft, draft.revision, eva, API),
        lambda: desk.editing.discard(draft, draft.revision),
        lambda: desk.editing.send_to_review(draft, draft.revision),
        lambda: desk.editing.send_back(draft, draft.revision, "No"),
    ):
        with pytest.raises((Conflict, Faulty)):
            late()
    assert desk.editing.draft("helsinki", draft.id).data["hours"] == 2


def test_a_draft_that_was_changed_while_it_was_published_is_not_published(desk: Services, eva: User):
    seen = desk.editing.begin("helsinki", eva, offering_json(code="U-1"))
    desk.editing.save(seen, seen.data | {"hours": 9}, seen.revision, eva)
    with pytest.raises(Conflict):
        desk.editing.publish(seen, seen.revision, eva, at_desk(eva))
    assert desk.store.counts()["published"] == 0 and desk.editing.draft("helsinki", seen.id).data["hours"] == 9


def test_what_came_another_way_while_a_draft_was_open_is_not_overwritten_unseen(desk: Services, eva: User):
    offering = published(desk)
    draft = desk.editing.edit("helsinki", offering, eva)
    published(desk, hours=5)
    with pytest.raises(Conflict):
        desk.editing.publish(draft, draft.revision, eva, at_desk(eva))
    in_its_way = desk.editing.in_its_way(draft)
    assert (in_its_way.offering.hours, in_its_way.revision) == (5, 2)
    desk.editing.base_on(draft, draft.revision, in_its_way.revision)
    draft = desk.editing.draft("helsinki", draft.id)
    assert desk.editing.in_its_way(draft) is None
    desk.editing.publish(draft, draft.revision, eva, at_desk(eva))
    assert desk.store.find(offering).offering.hours is None


def test_a_new_offering_does_not_take_the_place_of_another_with_its_code(desk: Services, eva: User):
    offering = published(desk)
    desk.editing.withdraw("helsinki", offering, 1, API)
    draft = desk.editing.begin("helsinki", eva, offering_json(hours=7))
    with pytest.raises(Conflict):
        desk.editing.publish(draft, draft.revision, eva, at_desk(eva))
    assert desk.editing.in_its_way(draft).id == offering


def test_an_offering_has_one_draft_whoever_opens_it(desk: Services, eva: User):
    offering = published(desk)
    first = desk.editing.edit("helsinki", offering, eva)
    assert desk.editing.edit("helsinki", offering, someone(desk, name="ida")).id == first.id


def test_two_who_open_an_offering_at_the_same_moment_get_one_draft(desk: Services, eva: User):
    offering, ida, opened = published(desk), someone(desk, name="ida"), []
    threads = [
        threading.Thread(target=lambda user=user: opened.append(desk.editing.edit("helsinki", offering, user).id))
        for user in (eva, ida) * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8 and len(set(opened)) == 1


def test_provider_and_published_code_are_not_up_to_a_draft(desk: Services, eva: User):
    draft = desk.editing.edit("helsinki", published(desk), eva)
    saved = desk.editing.save(draft, draft.data | {"provider": "sivis", "code": "other"}, draft.revision, eva)
    assert (saved.data["provider"], saved.data["code"]) == ("helsinki", "HY-TA-0101")


# Who may


def test_an_editor_sends_to_review_and_does_not_publish(desk: Services):
    editor = someone(desk, Role.EDITOR)
    draft = desk.editing.begin("helsinki", editor, offering_json(code="U-1"))
    with pytest.raises(Refused):
        desk.editing.publish(draft, draft.revision, editor, at_desk(editor))
    desk.editing.send_to_review(draft, draft.revision)
    draft = desk.editing.draft("helsinki", draft.id)
    assert (draft.state, draft.updated_by) == (DraftState.REVIEW, editor.id)
    publisher = someone(desk, name="ida")
    desk.editing.publish(draft, draft.revision, publisher, at_desk(publisher))


def test_what_was_sent_back_has_its_note_and_goes_on(desk: Services, eva: User):
    draft = desk.editing.begin("helsinki", eva, {})
    desk.editing.send_to_review(draft, draft.revision)
    desk.editing.send_back(draft, draft.revision, " Outcomes are missing. ")
    draft = desk.editing.draft("helsinki", draft.id)
    assert (draft.state, draft.note) == (DraftState.EDITING, "Outcomes are missing.")


def test_a_change_takes_a_draft_out_of_review(desk: Services, eva: User):
    draft = desk.editing.begin("helsinki", eva, {})
    desk.editing.send_to_review(draft, draft.revision)
    assert desk.editing.save(draft, {"hours": 1}, draft.revision, eva).state is DraftState.EDITING


def test_with_four_eyes_nobody_publishes_what_they_were_the_last_to_change(desk: Services, eva: User):
    with desk.database.write() as transaction:
        StandingStore(desk.database).set_four_eyes(transaction, "helsinki", True)
    ida = someone(desk, Role.ADMIN, "ida")
    draft = desk.editing.begin("helsinki", eva, offering_json(code="U-1"))
    assert not desk.editing.may_publish(draft, eva) and desk.editing.may_publish(draft, ida)
    with pytest.raises(Refused):
        desk.editing.publish(draft, draft.revision, eva, at_desk(eva))
    draft = desk.editing.save(draft, draft.data | {"hours": 3}, draft.revision, ida)
    with pytest.raises(Refused):
        desk.editing.publish(draft, draft.revision, ida, at_desk(ida))
    desk.editing.publish(draft, draft.revision, eva, at_desk(eva))


# Copies


def test_a_copy_says_the_same_under_no_code_and_without_runs(desk: Services, eva: User):
    offering = published(desk, runs=[make_run().model_dump(mode="json")])
    copy = desk.editing.copy("helsinki", offering, eva)
    assert copy.offering is None and not {"code", "runs"} & set(copy.data)
    assert copy.data["title"] == make_offering().title and desk.editing.drafts("helsinki") == [copy]


def test_a_copied_run_keeps_its_weekdays_a_year_later(desk: Services, eva: User):
    run = {"id": "2026-s", "start": "2026-09-07", "end": "2026-12-18", "enrol_by": "2026-09-01", "mode": "onsite"}
    draft, number = desk.editing.copy_run("helsinki", published(desk, runs=[run]), eva)
    assert number == 1 and draft.data["runs"][0] == run
    assert draft.data["runs"][1] == {
        "id": "2027-s", "start": "2027-09-06", "end": "2027-12-17", "enrol_by": "2027-08-31", "mode": "onsite"
    }  # fmt: skip


def test_a_run_of_long_ago_is_copied_to_days_that_are_still_to_come(desk: Services, eva: User):
    runs = [{"id": "a", "start": "2021-01-11"}, {"id": "b", "start": "2019-01-14"}]
    draft, number = desk.editing.copy_run("helsinki", published(desk, runs=runs), eva)
    start = dt.date.fromisoformat(draft.data["runs"][number]["start"])
    assert start > dt.date(2026, 11, 16) and start.weekday() == 0
    assert len({run["id"] for run in draft.data["runs"]}) == 3


def test_where_there_is_no_run_there_is_none_to_copy(desk: Services, eva: User):
    with pytest.raises(Refused):
        desk.editing.copy_run("helsinki", published(desk), eva)


# History


def test_history_tells_who_changed_what(desk: Services, eva: User):
    offering = published(desk)
    draft = desk.editing.edit("helsinki", offering, eva)
    draft = desk.editing.save(draft, draft.data | {"hours": 40}, draft.revision, eva)
    desk.editing.publish(draft, draft.revision, eva, at_desk(eva))
    desk.editing.withdraw("helsinki", offering, 2, at_desk(eva))
    withdrawn, changed, first = desk.editing.history("helsinki", offering)
    assert (withdrawn.revision.state, withdrawn.changes, withdrawn.name) == (State.WITHDRAWN, (), "Eva")
    assert [(item.path, item.before, item.after) for item in changed.changes] == [("hours", None, 40)]
    assert (first.name, first.revision.by.origin, first.changes) == (None, Origin.API, ())
