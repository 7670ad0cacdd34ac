"""Interest in offerings: counted once a person, kept safely, confirmed by mail and taken back by link."""

import pytest
from factories import make_offering
from wishing import OFFERING, interested, links, sent, someone, token

from portal.model.errors import NotFound, Refused, StaleForm
from portal.model.interest import Interest, Level, Sender


def signals(services):
    return list(services.demand_store.signals())


def test_interest_is_counted_with_what_the_offering_says(wishes):
    interested(wishes, level="would_pay", region="01", mode="online")
    (signal,) = signals(wishes)
    assert (signal.kind, signal.level, signal.people, signal.confirmed) == ("interest", "would_pay", 1, False)
    assert (signal.field, signal.scope, signal.language) == ("0619", "1-4", "fi")
    assert (signal.region, signal.mode, signal.offering_id) == ("01", "online", OFFERING)


def test_one_person_has_one_signal_of_an_offering_and_the_later_counts(wishes):
    person = someone()
    first, second = interested(wishes, person, level="curious"), interested(wishes, person, level="would_pay")
    assert (first.replaced, second.replaced) == (False, True)
    assert [signal.level for signal in signals(wishes)] == ["would_pay"]


def test_two_people_are_two(wishes):
    interested(wishes), interested(wishes)
    assert len({signal.person for signal in signals(wishes)}) == 2


def test_the_same_form_again_is_answered_as_at_first_and_counted_once(wishes):
    key, nobody = wishes.interests.form_key(OFFERING), Sender()
    first = interested(wishes, nobody, form_key=key)
    again = interested(wishes, nobody, form_key=key, level="curious")
    assert (first.repeated, again.repeated) == (False, True)
    assert (again.browser, again.level) == (first.browser, first.level)
    assert [signal.level for signal in signals(wishes)] == ["would_take_part"]


def test_the_same_form_is_answered_the_same_even_when_it_is_old(wishes, time):
    key = wishes.interests.form_key(OFFERING)
    interested(wishes, form_key=key)
    time.move(hours=25)
    assert interested(wishes, form_key=key).repeated


def test_a_form_that_was_open_for_a_day_is_refused_and_nothing_is_kept(wishes, time):
    key = wishes.interests.form_key(OFFERING)
    time.move(hours=25)
    with pytest.raises(StaleForm):
        interested(wishes, form_key=key)
    assert signals(wishes) == []


@pytest.mark.parametrize("spoil", [str.upper, lambda key: key[:-3], lambda key: "", lambda key: "a.b.c"])
def test_a_forged_form_is_refused(wishes, spoil):
    with pytest.raises(StaleForm):
        wishes.interests.record(
            OFFERING, Interest(Level.CURIOUS), form_key=spoil(wishes.interests.form_key(OFFERING)), sender=someone()
        )


def test_a_form_of_one_offering_is_refused_for_another(wishes):
    with pytest.raises(StaleForm):
        interested(wishes, form_key=wishes.interests.form_key("sivis-s"))


def test_a_form_filled_faster_than_people_write_can_be_told(wishes, time):
    key = wishes.interests.form_key(OFFERING)
    assert wishes.interests.is_hasty(OFFERING, key)
    time.move(seconds=10)
    assert not wishes.interests.is_hasty(OFFERING, key)


def test_interest_in_what_is_not_there_or_was_withdrawn_is_refused(wishes):
    with pytest.raises(NotFound):
        interested(wishes, offering="helsinki-none")
    wishes.store.withdraw("helsinki", ["HY-TA-0101"])
    with pytest.raises(Refused):
        interested(wishes)


def test_without_an_address_no_mail_is_sent(wishes):
    assert not interested(wishes).confirm
    assert sent(wishes) == []


def test_an_address_is_asked_for_confirmation_and_counts_as_confirmed_after_it(wishes):
    assert interested(wishes, email="aino@people.example").confirm
    (mail,) = sent(wishes)
    assert mail["To"] == "aino@people.example"
    assert not signals(wishes)[0].confirmed
    wishes.following.confirm(token(mail, "confirm"))
    assert [signal.confirmed for signal in signals(wishes)] == [True]


def test_one_address_in_two_browsers_is_one_person_once_confirmed(wishes, time):
    for level in ("curious", "would_pay"):
        interested(wishes, email="Aino@People.example", level=level)
        time.move(days=1)
        (mail,) = sent(wishes)
        wishes.following.confirm(token(mail, "confirm"))
    assert [(signal.level, signal.confirmed) for signal in signals(wishes)] == [("would_pay", True)]


def test_what_a_browser_says_after_its_address_was_confirmed_is_the_same_persons(wishes):
    person = someone()
    interested(wishes, person, email="aino@people.example")
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    interested(wishes, person, level="would_pay")
    interested(wishes, person, offering="sivis-s")
    assert len({signal.person for signal in signals(wishes)}) == 1
    assert [signal.confirmed for signal in signals(wishes)] == [True, True]


def test_confirming_makes_all_that_the_browser_said_before_the_same_persons(wishes):
    person = someone()
    interested(wishes, person, offering="sivis-s")
    interested(wishes, person, email="aino@people.example")
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    assert len({signal.person for signal in signals(wishes)}) == 1


def test_confirming_twice_is_as_good_as_once(wishes):
    interested(wishes, email="aino@people.example")
    mail = sent(wishes)[0]
    first, second = (wishes.following.confirm(token(mail, "confirm")) for _ in range(2))
    assert first == second
    assert len(signals(wishes)) == 1


def test_someone_elses_address_confirms_nothing_until_its_owner_does(wishes):
    interested(wishes, email="aino@people.example")
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    interested(wishes, email="aino@people.example", level="curious")
    assert sorted(signal.confirmed for signal in signals(wishes)) == [False, True]


def test_an_address_gets_at_most_five_links_a_day_whoever_asks(wishes):
    for number in range(8):
        wishes.store.save([(make_offering(code=f"{number}"), {})])
        interested(wishes, offering=f"helsinki-{number}", email="aino@people.example")
    assert len(sent(wishes)) == 5


def test_a_link_to_confirm_works_for_a_week(wishes, time):
    interested(wishes, email="aino@people.example")
    mail = sent(wishes)[0]
    time.move(days=8)
    with pytest.raises(Refused, match="too old"):
        wishes.following.confirm(token(mail, "confirm"))


def test_a_link_for_one_thing_does_no_other(wishes):
    interested(wishes, email="aino@people.example")
    found = links(sent(wishes)[0])
    with pytest.raises(Refused):
        wishes.interests.withdraw(found["confirm"])
    with pytest.raises(Refused):
        wishes.following.confirm(found["unsubscribe"])


def test_interest_is_taken_back_by_link_and_so_is_the_address(wishes):
    recorded = interested(wishes, email="aino@people.example")
    for _ in range(2):
        assert wishes.interests.withdraw(recorded.withdraw_token) == OFFERING
    assert signals(wishes) == [] and sent(wishes) == []


def test_a_link_to_withdraw_works_after_the_address_was_confirmed(wishes):
    recorded = interested(wishes, email="aino@people.example")
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    wishes.interests.withdraw(recorded.withdraw_token)
    assert signals(wishes) == []


def test_unsubscribing_ends_the_mail_and_keeps_the_interest(wishes):
    interested(wishes, email="aino@people.example")
    mail = sent(wishes)[0]
    wishes.following.confirm(token(mail, "confirm"))
    for _ in range(2):
        wishes.following.unsubscribe(token(mail, "unsubscribe"))
    assert len(signals(wishes)) == 1
    with wishes.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM contact").scalar() == 0


def test_a_browser_is_told_what_it_said_until_an_address_was_confirmed(wishes):
    person = someone()
    assert wishes.interests.current(OFFERING, person) is None
    interested(wishes, person, level="organisation", people=12, email="aino@people.example")
    assert wishes.interests.current(OFFERING, person) == Interest(Level.ORGANISATION, 12)
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    assert wishes.interests.current(OFFERING, person) is None


def test_a_browser_is_not_told_that_a_confirmed_person_had_said_something_before(wishes):
    interested(wishes, email="aino@people.example")
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    stranger = someone()
    interested(wishes, stranger, offering="sivis-s", email="aino@people.example")
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    assert not interested(wishes, stranger).replaced


def test_no_key_of_a_browser_is_stored(wishes):
    recorded = interested(wishes, Sender("the key that the browser holds"))
    dump = "\n".join(wishes.database.engine.raw_connection().driver_connection.iterdump())
    assert recorded.browser == "the key that the browser holds"
    assert recorded.browser not in dump
