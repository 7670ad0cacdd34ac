"""Erasure by link: nothing that leads to a person is left in any table, and nothing of others is lost."""

import pytest
import sqlalchemy as sa
from wishing import OFFERING, interested, joined, promise, sent, someone, token, wish

from portal.model.errors import NotFound, Refused, Rejected
from portal.model.feedback import Feedback
from portal.services.keys import Keys
from portal.services.persons import Persons
from portal.store.signal_tables import metadata

AINO = "aino@people.example"


def everything(services):
    """Every value of every row of every table, as one text."""
    with services.database.read() as connection:
        return "\n".join(
            repr(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(sa.select(table))
        )


def keys_of(services, sender, email=AINO):
    persons = Persons(Keys(services.settings.data))
    return [email, sender.browser, persons.of_address(email), persons.of_browser(sender.browser)]


def erase_link(services, email=AINO):
    services.erasing.ask(email, language="fi")
    return token(next(mail for mail in sent(services) if mail["To"] == email), "erase")


@pytest.fixture
def aino(wishes):
    """Someone who did everything there is to do, with a confirmed address."""
    sender = someone()
    interested(wishes, sender, email=AINO)
    made = wish(wishes, sender, visible=False)
    wishes.following.confirm(token(next(m for m in sent(wishes) if m["To"] == AINO), "confirm"))
    wishes.moderating.approve(made)
    interested(wishes, sender, offering="sivis-s", email=AINO)
    other = wish(wishes)
    joined(wishes, other, sender, email=AINO, level="organisation", people=9, name="Aino Oy", name_public=True)
    wishes.loop.commit(other, promise(offering=OFFERING))
    wishes.loop.open_enrolment(other)
    sent(wishes)
    wishes.loop.held(other, 6)
    wishes.feedback.give(
        wishes.following._links.token("feedback", wishes.feedback.linked(keys_of(wishes, sender)[2], OFFERING)),
        Feedback("yes", "yes", "Lisää"), language="fi",
    )  # fmt: skip
    return sender


def test_a_link_erases_every_row_that_leads_to_a_person(wishes, aino):
    keys = keys_of(wishes, aino)
    assert [key in everything(wishes) for key in keys] == [True, False, True, True]
    link = erase_link(wishes)
    assert wishes.erasing.erase(link) > 5
    left = everything(wishes)
    assert [key for key in [*keys, "Aino Oy"] if key in left] == []


def test_erasing_twice_is_as_good_as_once(wishes, aino):
    link = erase_link(wishes)
    wishes.erasing.erase(link)
    assert wishes.erasing.erase(link) == 0


def test_mail_that_waits_for_the_erased_is_not_sent(wishes, aino):
    link = erase_link(wishes)
    interested(wishes, aino, offering="sivis-s", email="other@people.example")
    wishes.erasing.erase(link)
    assert sent(wishes) == []


def test_others_lose_nothing(wishes, aino):
    interested(wishes, email="eino@people.example")
    wishes.following.confirm(token(next(m for m in sent(wishes) if m["To"] == "eino@people.example"), "confirm"))
    before = len([s for s in wishes.demand_store.signals()])
    wishes.erasing.erase(erase_link(wishes))
    left = list(wishes.demand_store.signals())
    assert "eino@people.example" in everything(wishes)
    assert 0 < len(left) < before


def test_a_wish_that_others_joined_stays_without_its_author(wishes):
    sender = someone()
    made = wish(wishes, sender)
    joined(wishes, made)
    wishes.erasing.erase_browser(sender)
    assert wishes.proposals.shown(made)
    assert keys_of(wishes, sender)[3] not in everything(wishes)


def test_a_wish_that_nobody_else_joined_goes_with_its_author(wishes):
    sender = someone()
    made = wish(wishes, sender)
    wishes.erasing.erase_browser(sender)
    with pytest.raises(NotFound):
        wishes.proposals.shown(made)


def test_a_wish_that_a_provider_took_up_stays_with_its_history(wishes):
    sender = someone()
    made = wish(wishes, sender)
    wishes.loop.commit(made, promise())
    wishes.erasing.erase_browser(sender)
    assert len(wishes.proposals.shown(made).history) == 2


def test_a_browser_erases_what_it_said_and_the_address_it_gave(wishes):
    sender = someone()
    interested(wishes, sender, email=AINO)
    wishes.erasing.erase_browser(sender)
    left = everything(wishes)
    assert [key for key in keys_of(wishes, sender) if key in left] == []


def test_a_browser_does_not_erase_what_a_confirmed_person_said_elsewhere(wishes):
    interested(wishes, email=AINO)
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    stranger = someone()
    interested(wishes, stranger, offering="sivis-s", email=AINO)
    wishes.erasing.erase_browser(stranger)
    assert AINO in everything(wishes)
    assert [signal.offering_id for signal in wishes.demand_store.signals()] == [OFFERING]


def test_a_browser_without_a_key_erases_nothing(wishes):
    interested(wishes)
    assert wishes.erasing.erase_browser(type(someone())("")) == 0
    assert len(list(wishes.demand_store.signals())) == 1


def test_nobody_learns_whether_an_address_is_known(wishes):
    assert wishes.erasing.ask("nobody@people.example", language="fi") is None
    assert sent(wishes) == []
    assert "nobody@people.example" not in everything(wishes)


def test_who_unsubscribed_from_all_can_still_erase(wishes):
    interested(wishes, email=AINO)
    mail = sent(wishes)[0]
    wishes.following.confirm(token(mail, "confirm"))
    wishes.following.unsubscribe(token(mail, "unsubscribe"))
    assert AINO not in everything(wishes)
    wishes.erasing.erase(erase_link(wishes))
    assert list(wishes.demand_store.signals()) == []
    assert AINO not in everything(wishes)


def test_one_link_to_erase_is_sent_a_day(wishes):
    interested(wishes, email=AINO)
    sent(wishes)
    for _ in range(3):
        wishes.erasing.ask(AINO, language="fi")
    assert len(sent(wishes)) == 1


def test_another_kind_of_link_erases_nothing(wishes):
    interested(wishes, email=AINO)
    with pytest.raises(Refused):
        wishes.erasing.erase(token(sent(wishes)[0], "confirm"))


def test_what_is_no_address_is_refused_with_a_sentence(wishes):
    with pytest.raises(Rejected) as refused:
        wishes.erasing.ask("aino", language="fi")
    assert set(refused.value.fields) == {"email"}


def test_what_was_erased_cannot_be_read_from_the_file_either(wishes, aino):
    wishes.erasing.erase(erase_link(wishes))
    with wishes.database.read() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = wishes.database.path.read_bytes()
    assert [key for key in [*keys_of(wishes, aino), "Aino Oy"] if key.encode() in content] == []
