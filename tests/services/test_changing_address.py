"""Accounts with another address, and accounts that nobody uses: no account is handed to a stranger, none goes unannounced."""

import re

import pytest
from wishing import sent

from portal.model.errors import NotFound, Refused, Rejected
from portal.model.user import LinkPurpose, Role

PASSWORD = "correct horse battery"
_LINK = re.compile(r"https://osaset\.example/fi/desk/account/address/(\S+)")


@pytest.fixture
def eva(wishes):
    eva = wishes.accounts.add("eva@desk.example", Role.EDITOR, provider="helsinki", name="Eva")
    wishes.accounts.set_password(eva, PASSWORD)
    return wishes.accounts.user(eva.id)


def token_sent_to(services, address: str) -> str:
    (message,) = sent(services)
    assert message["To"] == address
    return _LINK.search(message.get_content())[1]


def test_an_account_gets_the_address_whose_mailbox_answered_and_the_old_one_is_told(wishes, eva):
    wishes.changing_address.ask(eva, " New@desk.example", PASSWORD)
    token = token_sent_to(wishes, "new@desk.example")
    assert wishes.accounts.user(eva.id).email == "eva@desk.example"
    wishes.changing_address.change(eva, token)
    assert wishes.accounts.find("new@desk.example").id == eva.id
    with pytest.raises(NotFound):
        wishes.accounts.find("eva@desk.example")
    (told,) = sent(wishes)
    assert told["To"] == "eva@desk.example" and "new@desk.example" not in told.as_string()


def test_a_link_to_a_new_address_serves_its_user_only_once_and_for_an_hour(wishes, eva, time):
    other = wishes.accounts.add("other@desk.example", Role.EDITOR, provider="helsinki")
    wishes.changing_address.ask(eva, "new@desk.example", PASSWORD)
    token = token_sent_to(wishes, "new@desk.example")
    for user, given in ((other, token), (eva, token[:-2]), (eva, "")):
        with pytest.raises(Refused):
            wishes.changing_address.change(user, given)
    with pytest.raises(Refused):
        wishes.entering.read(LinkPurpose.SIGN_IN, token)
    time.move(minutes=61)
    with pytest.raises(Refused, match="too old"):
        wishes.changing_address.change(eva, token)
    time.move(minutes=-61)
    wishes.changing_address.change(eva, token)
    with pytest.raises(Refused):
        wishes.changing_address.change(wishes.accounts.user(eva.id), token)


def test_an_address_of_another_account_is_neither_taken_nor_told(wishes, eva):
    wishes.accounts.add("other@desk.example", Role.EDITOR, provider="helsinki")
    wishes.changing_address.ask(eva, "other@desk.example", PASSWORD)
    assert sent(wishes) == []
    wishes.changing_address.ask(eva, "new@desk.example", PASSWORD)
    token = token_sent_to(wishes, "new@desk.example")
    wishes.accounts.add("new@desk.example", Role.EDITOR, provider="helsinki")  # someone else was faster
    with pytest.raises(Refused):
        wishes.changing_address.change(eva, token)


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("nobody", PASSWORD, "email"),
        ("eva@desk.example", PASSWORD, "email"),
        ("new@desk.example", "another password", "current"),
    ],
)
def test_a_new_address_is_asked_for_by_an_address_and_the_password(wishes, eva, email, password, field):
    with pytest.raises(Rejected) as refused:
        wishes.changing_address.ask(eva, email, password)
    assert list(refused.value.fields) == [field] and sent(wishes) == []


def test_who_has_not_signed_in_for_long_is_warned_once_and_a_month_before(wishes, eva, time):
    wishes.accounts.begin_session(eva)
    time.move(days=699)
    assert wishes.idle_accounts.warn() == 0
    time.move(days=2)
    assert (wishes.idle_accounts.warn(), wishes.idle_accounts.warn()) == (1, 0)
    (message,) = sent(wishes)
    assert message["To"] == "eva@desk.example" and "https://osaset.example/fi/desk/" in message.get_content()
    wishes.accounts.begin_session(eva)
    assert wishes.idle_accounts.warn() == 0
    time.move(days=701)
    assert wishes.idle_accounts.warn() == 1, "after another long while, again"
