"""Accounts: links of mail that work once, answers that tell nobody who has an account, and somebody who stays in charge."""

import re

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from wishing import interested, sent
from wishing import token as token_of

from portal.model.errors import NotFound, Refused, Rejected
from portal.model.user import LinkPurpose, Role
from portal.services.accounts import Accounts
from portal.services.writing import GroupCommit
from portal.store.desk_tables import desk_session, desk_user
from portal.store.signal_tables import mail
from portal.store.users import UserStore

PASSWORD = "correct horse battery"
_TOKEN = re.compile(r"https://osaset\.example/fi/desk/link/([a-z-]+)/(\S+)")
PURPOSES = [LinkPurpose.SIGN_IN, LinkPurpose.PASSWORD]


class CountingHasher(PasswordHasher):
    """Argon2 as it is; counts how often a password is compared."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, *arguments):
        self.verified += 1
        return super().verify(*arguments)


@pytest.fixture
def eva(wishes):
    return wishes.accounts.add("Eva@desk.example", Role.EDITOR, provider="helsinki", name="Eva")


@pytest.fixture
def admin(wishes):
    return wishes.accounts.add("admin@desk.example", Role.ADMIN, provider="helsinki")


def link_in_mail(services) -> tuple[str, str]:
    """Purpose and token of the link in the one mail that is sent now."""
    (message,) = sent(services)
    return _TOKEN.search(message.get_content()).groups()


def rows(services, table):
    with services.database.read() as connection:
        return connection.execute(sa.select(table)).all()


def test_a_link_to_sign_in_works_once(wishes, eva):
    wishes.entering.ask(" EVA@desk.example", LinkPurpose.SIGN_IN)
    purpose, token = link_in_mail(wishes)
    assert purpose == "sign-in"
    assert wishes.accounts.signed_in(wishes.entering.sign_in(token)).id == eva.id
    with pytest.raises(Refused):
        wishes.entering.sign_in(token)


def test_a_link_to_a_new_password_ends_what_was_before(wishes, eva):
    old = wishes.accounts.begin_session(eva)
    wishes.entering.ask(eva.email, LinkPurpose.PASSWORD)
    _, token = link_in_mail(wishes)
    with pytest.raises(Rejected) as short:
        wishes.entering.choose_password(LinkPurpose.PASSWORD, token, "short")
    assert list(short.value.fields) == ["password"]
    new = wishes.entering.choose_password(LinkPurpose.PASSWORD, token, PASSWORD)
    assert wishes.accounts.signed_in(old) is None and wishes.accounts.signed_in(new).id == eva.id
    assert wishes.accounts.sign_in(eva.email, PASSWORD)[0].id == eva.id
    with pytest.raises(Refused):
        wishes.entering.choose_password(LinkPurpose.PASSWORD, token, PASSWORD)


@pytest.mark.parametrize(("purpose", "minutes"), [(purpose, 60) for purpose in PURPOSES])
def test_a_link_works_for_an_hour(wishes, eva, time, purpose, minutes):
    wishes.entering.ask(eva.email, purpose)
    _, token = link_in_mail(wishes)
    time.move(minutes=minutes - 1)
    assert wishes.entering.read(purpose, token).id == eva.id
    time.move(minutes=2)
    with pytest.raises(Refused, match="too old"):
        wishes.entering.read(purpose, token)


def test_an_invitation_works_for_a_week(wishes, time):
    wishes.staffing.invite("helsinki", "new@desk.example", Role.PUBLISHER)
    purpose, token = link_in_mail(wishes)
    assert purpose == "invitation"
    time.move(days=6)
    assert wishes.entering.read(LinkPurpose.INVITATION, token).role is Role.PUBLISHER
    time.move(days=2)
    with pytest.raises(Refused):
        wishes.entering.read(LinkPurpose.INVITATION, token)


def test_a_link_of_one_purpose_serves_no_other_and_a_cut_one_none(wishes, eva):
    wishes.entering.ask(eva.email, LinkPurpose.SIGN_IN)
    _, token = link_in_mail(wishes)
    for purpose, given in ((LinkPurpose.PASSWORD, token), (LinkPurpose.SIGN_IN, token[:-1]), (LinkPurpose.SIGN_IN, "")):
        with pytest.raises(Refused):
            wishes.entering.read(purpose, given)


def test_no_link_is_kept_where_someone_could_read_it(wishes, eva):
    wishes.entering.ask(eva.email, LinkPurpose.PASSWORD)
    waiting = str(rows(wishes, mail))
    _, token = link_in_mail(wishes)
    assert token not in waiting and token not in str(rows(wishes, mail))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_asking_for_a_link_does_the_same_for_unknown_addresses_and_sends_nothing(wishes, eva, purpose):
    wishes.entering.ask(eva.email, purpose)
    (known,) = rows(wishes, mail)
    link_in_mail(wishes)
    wishes.entering.ask("nobody@desk.example", purpose)
    unknown = rows(wishes, mail)[-1]
    assert (unknown.kind, unknown.template, unknown.step) == (known.kind, known.template, known.step)
    assert sent(wishes) == [] and len(rows(wishes, mail)) == 1


def test_a_follower_without_an_account_gets_no_link(wishes):
    interested(wishes, email="aino@people.example")
    wishes.following.confirm(token_of(sent(wishes)[0], "confirm"))
    wishes.entering.ask("aino@people.example", LinkPurpose.SIGN_IN)
    assert sent(wishes) == []


def test_what_is_no_address_is_told(wishes):
    with pytest.raises(Rejected):
        wishes.entering.ask("no address", LinkPurpose.SIGN_IN)


@pytest.mark.parametrize("who", ["known", "unknown", "without a password", "not active"])
def test_signing_in_compares_one_password_whoever_it_is(wishes, who):
    hasher = CountingHasher()
    writer = GroupCommit(wishes.database.together)
    accounts = Accounts(UserStore(wishes.database), wishes.store, writer, wishes.clock, hasher)
    user = accounts.add("eva@desk.example", Role.EDITOR, provider="helsinki")
    if who != "without a password":
        accounts.set_password(user, PASSWORD)
    if who == "not active":
        wishes.staffing.set_active("helsinki", user.id, False)
    email = "nobody@desk.example" if who == "unknown" else "eva@desk.example"
    with pytest.raises(Refused) as refused:
        accounts.sign_in(email, "wrong password")
    assert hasher.verified == 1
    assert str(refused.value) == "The e-mail address or the password is not right."


def test_a_password_is_kept_as_argon2_and_a_session_as_a_hash(wishes, eva):
    wishes.accounts.set_password(eva, PASSWORD)
    _, secret = wishes.accounts.sign_in(eva.email, PASSWORD)
    (user,), (session,) = rows(wishes, desk_user), rows(wishes, desk_session)
    assert user.password.startswith("$argon2id$") and PASSWORD not in str(user)
    assert secret not in str(session)


def test_a_password_is_changed_by_who_knows_it(wishes, eva):
    wishes.accounts.set_password(eva, PASSWORD)
    old = wishes.accounts.begin_session(eva)
    known = wishes.accounts.user(eva.id)
    with pytest.raises(Rejected):
        wishes.accounts.change_password(known, "wrong password", "another good one")
    new = wishes.accounts.change_password(known, PASSWORD, "another good one")
    assert wishes.accounts.signed_in(old) is None and wishes.accounts.signed_in(new)
    with pytest.raises(Refused):
        wishes.accounts.sign_in(eva.email, PASSWORD)


CHANGES = {
    "role": lambda services, user: services.staffing.change_role("helsinki", user.id, Role.PUBLISHER),
    "deactivation": lambda services, user: services.staffing.set_active("helsinki", user.id, False),
    "removal": lambda services, user: services.staffing.remove("helsinki", user.id),
    "leaving": lambda services, user: services.accounts.sign_out_everywhere(user),
    "password": lambda services, user: services.accounts.set_password(user, PASSWORD),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_sessions_and_links_end_with_a_change_of_the_account(wishes, eva, change):
    secret = wishes.accounts.begin_session(eva)
    link = wishes.entering.url(eva, LinkPurpose.SIGN_IN).rpartition("/")[2]
    change(wishes, eva)
    assert wishes.accounts.signed_in(secret) is None
    with pytest.raises(Refused):
        wishes.entering.sign_in(link)


def test_an_account_that_is_not_active_cannot_be_entered_until_it_is_again(wishes, eva):
    wishes.accounts.set_password(eva, PASSWORD)
    wishes.staffing.set_active("helsinki", eva.id, False)
    with pytest.raises(Refused):
        wishes.accounts.sign_in(eva.email, PASSWORD)
    wishes.entering.ask(eva.email, LinkPurpose.SIGN_IN)
    assert sent(wishes) == []
    wishes.staffing.set_active("helsinki", eva.id, True)
    assert wishes.accounts.sign_in(eva.email, PASSWORD)


LAST = {
    "demote": lambda services, user: services.staffing.change_role("helsinki", user.id, Role.EDITOR),
    "deactivate": lambda services, user: services.staffing.set_active("helsinki", user.id, False),
    "remove": lambda services, user: services.staffing.remove("helsinki", user.id),
}


@pytest.mark.parametrize("change", LAST.values(), ids=LAST.keys())
def test_somebody_stays_administrator(wishes, admin, change):
    wishes.accounts.add("admin@sivis.example", Role.ADMIN, provider="sivis")
    second = wishes.accounts.add("second@desk.example", Role.ADMIN, provider="helsinki")
    wishes.staffing.set_active("helsinki", second.id, False)
    with pytest.raises(Refused, match="stay administrator"):
        change(wishes, admin)
    wishes.staffing.set_active("helsinki", second.id, True)
    change(wishes, admin)


def test_somebody_stays_operator(wishes):
    operator = wishes.accounts.add("o@desk.example", Role.OPERATOR)
    with pytest.raises(Refused, match="stay operator"):
        wishes.staffing.remove(None, operator.id)


def test_users_of_others_are_not_there(wishes, admin):
    for change in LAST.values():
        with pytest.raises(NotFound):
            change(wishes, wishes.accounts.add(f"{id(change)}@sivis.example", Role.EDITOR, provider="sivis"))


def test_an_address_has_one_account_and_a_role_that_fits(wishes, eva):
    with pytest.raises(Rejected):
        wishes.staffing.invite("sivis", "EVA@desk.example", Role.EDITOR)
    for provider, role in ((None, Role.ADMIN), ("helsinki", Role.OPERATOR)):
        with pytest.raises(Rejected):
            wishes.staffing.invite(provider, "new@desk.example", role)
    with pytest.raises(Refused):
        wishes.staffing.change_role("helsinki", eva.id, Role.OPERATOR)
    assert sent(wishes) == []


def test_with_an_account_goes_what_tells_of_it_in_mail(wishes, eva):
    wishes.entering.ask(eva.email, LinkPurpose.SIGN_IN)
    wishes.staffing.remove("helsinki", eva.id)
    assert rows(wishes, mail) == rows(wishes, desk_user) == []
