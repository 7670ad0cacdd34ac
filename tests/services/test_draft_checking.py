"""What a draft lacks is told at its field, and what can be read of it is read, whatever else stands there."""

import shutil

import pytest
from factories import make_provider, offering_json
from hypothesis import given
from hypothesis import strategies as st
from strategies import offering_jsons

from portal.bootstrap import Services
from portal.model.offering_fields import OFFERING, RUN
from portal.services.draft_checking import DraftCheck, DraftChecking
from portal.services.offering_form import from_form
from portal.services.publishing import Publishing
from portal.services.unfinished import NO_CODE, read_unfinished
from portal.services.writing import GroupCommit
from portal.store.catalog import CatalogStore
from portal.store.database import Database
from portal.store.standing import StandingStore

UNTITLED = {"en": "Without a name"}


@pytest.fixture
def check(services: Services):
    services.store.save_providers([make_provider()])
    return lambda data: services.draft_checking.check("helsinki", data, UNTITLED)


def places(found: DraftCheck) -> set[tuple[str, int | None]]:
    return {(problem.name, problem.run) for problem in found.errors}


def test_an_empty_draft_lacks_its_name_and_code_and_every_text(check):
    found = check({})
    assert places(found) == {("title.fi", None), ("code", None)}
    assert {len(lacks) for lacks in found.missing.values()} == {4}
    assert found.offering.title == UNTITLED and found.pok.met_count == 0


def test_every_error_is_told_at_its_field(check):
    runs = [
        {"id": "a", "start": "2027-03-01"},
        {"id": "b", "start": "31.2.2027", "seats": "many", "price": {"amount": "dear"}},
    ]
    data = offering_json(
        ects="kaksi", hours="many", price={"amount": "dear"}, level=11, assessment={"methods": ["guess"]}, runs=runs
    )
    assert places(check(data)) == {
        ("ects", None), ("hours", None), ("price.amount", None), ("level", None), ("assessment.methods", None),
        ("start", 1), ("seats", 1), ("price.amount", 1),
    }  # fmt: skip


def test_days_in_the_wrong_order_are_told_at_the_later_one(check):
    run = {"id": "a", "start": "2027-03-01", "end": "2027-02-01"}
    assert places(check(offering_json(runs=[run]))) == {("end", 0)}


def test_the_criteria_count_what_can_be_read(check):
    found = check(offering_json(ects="kaksi"))
    assert [item.criterion.id for item in found.pok.checks if item.status == "missing"] == ["scope"]
    assert found.offering.ects is None and found.offering.certificate.type == "digital"


def test_a_language_lacks_what_is_empty_in_it(check):
    found = check({"title": {"fi": "Nimi", "sv": "Namn"}, "summary": {"fi": "Lyhyesti"}})
    assert found.missing["fi"] == ("Learning outcomes", "Description")
    assert found.missing["sv"] == ("Summary", "Learning outcomes", "Description")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(offering_jsons(), st.data())
def test_a_draft_is_read_whatever_one_of_its_values_is(data: dict, drawn: st.DataObject):
    key = drawn.draw(st.sampled_from(sorted(data)))
    wrong = data | {key: drawn.draw(ANYTHING)}
    offering = read_unfinished("helsinki", wrong, UNTITLED)
    assert offering.provider == "helsinki" and offering.title
    if key != "hours":
        assert offering.hours == read_unfinished("helsinki", data, UNTITLED).hours


TEXT = st.text(max_size=20) | st.sampled_from(
    ["-1", "1e9", "99.99.2027", "0001-01-01", "٣", "1" * 99, "5-2", "||", "|"]
)


@given(st.data())
def test_any_form_can_be_sent(check_of_many, drawn: st.DataObject):
    sent = {name: [drawn.draw(TEXT)] for field in OFFERING for name in field.names}
    run = from_form(RUN, {}, {name: [drawn.draw(TEXT)] for field in RUN for name in field.names}, "fi")
    found = check_of_many(from_form(OFFERING, {"runs": [run]}, sent, "fi"))
    assert all(problem.name for problem in (*found.errors, *found.warnings))


@pytest.fixture(scope="module")
def check_of_many(tmp_path_factory, empty_store, codes, rules):
    """The same check on one store for many drafts."""
    path = shutil.copy(empty_store, tmp_path_factory.mktemp("drafts") / "portal.sqlite3")
    database = Database(f"sqlite:///{path}")
    store = CatalogStore(database)
    store.save_providers([make_provider()])
    publishing = Publishing(store, StandingStore(database), codes, rules, GroupCommit(database.together))
    checking = DraftChecking(publishing, store, rules)
    yield lambda data: checking.check("helsinki", data, UNTITLED)
    database.close()


def test_what_has_no_code_has_a_sign_for_it(check):
    assert check({}).offering.code == NO_CODE
