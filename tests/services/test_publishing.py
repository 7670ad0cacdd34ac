"""One offering at a time: the same check as for files, and nobody's change is overwritten unseen."""

import datetime as dt

import pytest
from factories import make_offering, make_provider

from portal.bootstrap import Services
from portal.model.admission import Admission, AdmissionStep
from portal.model.catalog import State
from portal.model.errors import Conflict, NotFound, Refused
from portal.model.user import By, Origin
from portal.services.publishing import Faulty
from portal.store.standing import StandingStore

API = By(Origin.API)
AT = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)


def data(**values: object) -> dict:
    return make_offering(**values).to_json()


@pytest.fixture
def desk(services: Services) -> Services:
    services.store.save_providers([make_provider(), make_provider(id="sivis")])
    return services


def test_what_is_right_is_published_under_its_provider(desk: Services):
    saved = desk.publishing.publish("helsinki", {"code": "X", "title": {"fi": "Uusi"}}, API, expected=0)
    entry = desk.store.find(saved.id)
    assert (entry.state, entry.revision, entry.offering.provider) == (State.PUBLISHED, 1, "helsinki")


def test_what_is_wrong_is_told_and_not_published(desk: Services):
    with pytest.raises(Faulty) as refused:
        desk.publishing.publish("helsinki", data() | {"field": "xx"}, API)
    assert [problem.column for problem in refused.value.errors] == ["field"]
    assert desk.store.counts()["published"] == 0


def test_nobody_publishes_for_another_provider(desk: Services):
    with pytest.raises(Faulty):
        desk.publishing.publish("sivis", data(provider="helsinki"), API)
    with pytest.raises(NotFound):
        desk.publishing.publish("nobody", data(), API)


def test_what_was_changed_meanwhile_stays(desk: Services):
    first = desk.publishing.publish("helsinki", data(), API)
    desk.publishing.publish("helsinki", data(hours=2), API, expected=first.revision)
    for expected in (0, first.revision):
        with pytest.raises(Conflict):
            desk.publishing.publish("helsinki", data(hours=3), API, expected=expected)
        with pytest.raises(Conflict):
            desk.publishing.withdraw("helsinki", "HY-TA-0101", API, expected=expected)
    assert desk.store.find(first.id).offering.hours == 2


def test_what_is_written_beside_is_written_with_it_or_not_at_all(desk: Services):
    def fail(*_: object) -> None:
        raise Refused(Faulty(()).message)

    with pytest.raises(Refused):
        desk.publishing.publish("helsinki", data(), API, beside=fail)
    assert desk.store.counts()["published"] == 0


def test_a_suspended_provider_publishes_nothing_and_may_still_withdraw(desk: Services):
    saved = desk.publishing.publish("helsinki", data(), API)
    with desk.database.write() as transaction:
        StandingStore(desk.database).decide(transaction, AdmissionStep("helsinki", Admission.SUSPENDED, AT))
    with pytest.raises(Refused):
        desk.publishing.publish("helsinki", data(hours=2), API)
    assert desk.publishing.withdraw("helsinki", "HY-TA-0101", API).revision == saved.revision + 1


def test_the_offerings_of_a_suspended_provider_leave_search_and_come_back(desk: Services):
    desk.publishing.publish("helsinki", data(title={"fi": "Mehiläishoito"}), API)
    standing = StandingStore(desk.database)
    numbers = []
    for admission in (Admission.ADMITTED, Admission.SUSPENDED, Admission.ADMITTED):
        with desk.database.write() as transaction:
            standing.decide(transaction, AdmissionStep("helsinki", admission, AT))
        desk.indexer.bring_up_to_date()
        numbers.append(desk.indexer.bring_up_to_date().documents)
    assert numbers == [1, 0, 1]


def test_withdrawing_what_is_not_there_is_told(desk: Services):
    with pytest.raises(NotFound):
        desk.publishing.withdraw("helsinki", "nothing", API)
