"""Accounts by pages: the way in by mail, one's own account, the users of a provider, and how often one may try."""

import pytest
from desk_user import DeskUser
from site_for_tests import open_services
from visiting import Visiting, errors
from wishing import MovingClock

from portal.model.user import LinkPurpose, Role
from portal.web import create_app

PASSWORD = "correct horse battery"
LANGUAGES = ("fi", "sv", "en")


@pytest.fixture
def admin(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.ADMIN, "helsinki")


def path_of(visiting: Visiting, user, purpose: LinkPurpose) -> str:
    return visiting.services.entering.url(user, purpose).removeprefix("http://127.0.0.1:8000")


def newest(visiting: Visiting, user):
    return visiting.services.accounts.user(user.id)


# The way in


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_in_by_a_link_begins_where_one_signs_in(visiting: Visiting, language: str):
    user = visiting.services.accounts.add("eva@desk.example", Role.EDITOR, provider="helsinki", language=language)
    page = visiting.pages.get(f"/{language}/desk/sign-in")
    ways = [a["href"] for a in page.main.all("a") if "/desk/link/" in a["href"]]
    assert ways == [f"/{language}/desk/link/sign-in", f"/{language}/desk/link/password"]
    for way in ways:
        visiting.pages.get(way)
        visiting.pages.post(way, {"email": user.email})
        visiting.clock.move(minutes=2)
    first, second = sorted(visiting.mail(), key=lambda message: "password" in message.get_content())
    assert first["To"] == second["To"] == user.email
    assert f"/{language}/desk/link/sign-in/" in first.get_content()
    assert f"/{language}/desk/link/password/" in second.get_content()


@pytest.mark.parametrize("purpose", ["sign-in", "password"])
def test_the_answer_to_asking_for_a_link_is_the_same_for_everybody(visiting: Visiting, purpose: str):
    visiting.services.accounts.add("eva@desk.example", Role.EDITOR, provider="helsinki")
    known, unknown = (
        visiting.pages.post(f"/en/desk/link/{purpose}", {"email": email}).main.text.replace(email, "")
        for email in ("eva@desk.example", "nobody@desk.example")
    )
    assert known == unknown


def test_a_link_is_asked_for_by_an_address(visiting: Visiting):
    page = visiting.pages.post("/en/desk/link/password", {"email": "no address"}, status=422)
    assert "email" in errors(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_sign_in_acts_by_its_button_and_once(visiting: Visiting, language: str):
    user = visiting.services.accounts.add("eva@desk.example", Role.EDITOR, provider="helsinki", language=language)
    path = path_of(visiting, user, LinkPurpose.SIGN_IN)
    for _ in range(2):
        visiting.pages.get(path)
        assert visiting.client.get(f"/{language}/desk/").status_code == 302
    answer = visiting.client.post(path)
    assert (answer.status_code, answer.location) == (302, f"/{language}/desk/")
    visiting.pages.get(f"/{language}/desk/")
    other = visiting.someone_else()
    other.pages.post(path, {}, status=409)
    assert other.client.get(f"/{language}/desk/").status_code == 302


@pytest.mark.parametrize("purpose", [LinkPurpose.PASSWORD, LinkPurpose.INVITATION])
def test_a_link_lets_one_choose_a_password(visiting: Visiting, purpose: LinkPurpose):
    user = visiting.services.accounts.add("eva@desk.example", Role.EDITOR, provider="helsinki", language="en")
    path = path_of(visiting, user, purpose)
    assert "password" in errors(visiting.pages.post(path, {"password": "short"}, status=422))
    assert visiting.client.post(path, data={"password": PASSWORD}).location == "/en/desk/"
    assert visiting.services.accounts.sign_in("eva@desk.example", PASSWORD)[0].id == user.id
    visiting.pages.post(path, {"password": PASSWORD}, status=409)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_a_link_that_does_not_work_leads_to_a_new_one(visiting: Visiting, language: str, purpose: LinkPurpose):
    page = visiting.pages.get(f"/{language}/desk/link/{purpose}/cut", status=409)
    assert [a["href"] for a in page.main.all("a") if f"/{language}/desk/link/" in a["href"]]


# How often one may try


@pytest.fixture
def limited(own_folder) -> Visiting:
    """The site as it runs, with its limits."""
    services = open_services(own_folder, now=MovingClock(open_services(own_folder).clock()), form_rate="300/hour")
    yield Visiting(create_app(services))
    services.database.close()


def attempt(visiting: Visiting, email: str, password: str, address: str) -> int:
    answer = visiting.client.post(
        "/fi/desk/sign-in", data={"email": email, "password": password}, environ_base={"REMOTE_ADDR": address}
    )
    return answer.status_code


@pytest.fixture
def two_accounts(limited: Visiting) -> Visiting:
    for name in ("eva", "ulf"):
        user = limited.services.accounts.add(f"{name}@desk.example", Role.EDITOR, provider="helsinki")
        limited.services.accounts.set_password(user, PASSWORD)
    return limited


def test_an_account_is_tried_ten_times_from_wherever(two_accounts: Visiting):
    for number in range(10):
        assert attempt(two_accounts, "eva@desk.example", "wrong", f"192.0.2.{number}") == 422
    assert attempt(two_accounts, "EVA@desk.example ", PASSWORD, "192.0.2.99") == 429
    assert attempt(two_accounts, "ulf@desk.example", PASSWORD, "192.0.2.99") == 302


def test_an_address_tries_ten_times_whatever_account(two_accounts: Visiting):
    for number in range(10):
        assert attempt(two_accounts, f"{number}@desk.example", "wrong", "192.0.2.1") == 422
    assert attempt(two_accounts, "ulf@desk.example", PASSWORD, "192.0.2.1") == 429
    assert attempt(two_accounts, "ulf@desk.example", PASSWORD, "192.0.2.2") == 302


def test_links_are_asked_for_within_the_same_allowance(two_accounts: Visiting):
    for _ in range(10):
        two_accounts.pages.post("/fi/desk/link/sign-in", {"email": "eva@desk.example"})
    two_accounts.pages.post("/fi/desk/link/sign-in", {"email": "eva@desk.example"}, status=429)
    assert attempt(two_accounts, "eva@desk.example", PASSWORD, "192.0.2.99") == 429


def test_the_current_password_is_guessed_ten_times(two_accounts: Visiting):
    admin = DeskUser(two_accounts, Role.ADMIN, "helsinki")
    admin.services.accounts.set_password(admin.user, PASSWORD)
    admin.client.set_cookie("session", admin.services.accounts.begin_session(admin.user))
    at, sent = "/en/desk/account/password", {"current": "wrong", "password": "another good one"}
    for _ in range(10):
        admin.press("/en/desk/account", at=at, status=422, **sent)
    admin.press("/en/desk/account", at=at, status=429, **sent | {"current": PASSWORD})


# One's own account


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("role", "provider"), [(Role.EDITOR, "helsinki"), (Role.OPERATOR, None)])
def test_everybody_has_a_page_of_their_account(visiting: Visiting, language: str, role: Role, provider: str | None):
    someone = DeskUser(visiting, role, provider)
    assert someone.user.email in someone.pages.get(f"/{language}/desk/account").main.text


def test_a_name_and_a_language_are_changed(admin: DeskUser):
    page = admin.press("/en/desk/account", name="Aino A.", language="sv", role="operator", provider="sivis")
    assert "Saved." in page.main.text
    user = newest(admin, admin.user)
    assert (user.name, user.language, user.role, user.provider) == ("Aino A.", "sv", Role.ADMIN, "helsinki")
    assert "name" in errors(admin.press("/en/desk/account", name=" ", status=422))


def test_a_password_is_chosen_and_changed_and_other_browsers_are_signed_out(admin: DeskUser):
    other = admin.services.accounts.begin_session(admin.user)
    at = "/en/desk/account/password"
    assert "changed" in admin.press("/en/desk/account", at=at, password=PASSWORD).main.text
    assert admin.services.accounts.signed_in(other) is None
    page = admin.press("/en/desk/account", at=at, current="wrong", password="another good one", status=422)
    assert "current" in errors(page)
    admin.press("/en/desk/account", at=at, current=PASSWORD, password="another good one")
    assert admin.services.accounts.sign_in(admin.user.email, "another good one")


def test_a_password_is_never_sent_back(admin: DeskUser):
    admin.clock.move(hours=13)
    sent = {"csrf": "old", "current": PASSWORD, "password": "another good one", "name": "Aino"}
    page = admin.pages.post("/en/desk/account/password", sent, status=403)
    assert PASSWORD not in page.html and "another good one" not in page.html
    assert page.main.one("input", name="name")["value"] == "Aino"


def test_one_signs_out_everywhere(admin: DeskUser):
    other = admin.services.accounts.begin_session(admin.user)
    admin.press("/en/desk/account", at="/en/desk/account/sign-out-everywhere")
    assert admin.services.accounts.signed_in(other) is None
    assert admin.client.get("/fi/desk/").status_code == 302


def test_one_removes_ones_account_unless_nobody_would_be_left(admin: DeskUser):
    at = "/en/desk/account/remove"
    assert "stay administrator" in admin.press("/en/desk/account", at=at, status=422).main.text
    editor = DeskUser(admin, Role.EDITOR, "helsinki")
    answer = editor.client.post(
        at, data={"csrf": editor.pages.get("/en/desk/").root.one("input", name="csrf")["value"]}
    )
    assert answer.location == "/en/"
    assert editor.client.get("/fi/desk/").status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_changes_ones_address_by_a_link_sent_to_the_new_one(admin: DeskUser, language: str):
    admin.services.accounts.rename(admin.user, "Aino", language)
    at = f"/{language}/desk/account/address"
    admin.press(f"/{language}/desk/account", at=at, email="new@desk.example")
    (message,) = admin.mail()
    link = next(word for word in message.get_content().split() if "/desk/account/address/" in word)
    path = link.removeprefix("http://127.0.0.1:8000")
    assert admin.someone_else().client.get(path).status_code == 302, "a stranger is asked to sign in"
    assert "new@desk.example" in admin.press(path).main.text
    assert newest(admin, admin.user).email == "new@desk.example"
    admin.pages.get(path, status=409)


def test_a_new_address_that_is_none_comes_back_with_a_sentence(admin: DeskUser):
    page = admin.press("/en/desk/account", at="/en/desk/account/address", status=422, email="nobody")
    assert list(errors(page)) == ["email"] and page.main.one(id="email")["value"] == "nobody"


# The users of a provider


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_invites_and_the_invited_comes_in(admin: DeskUser, language: str):
    page = admin.press(
        f"/{language}/desk/users", email="new@desk.example", name="Nea", role="publisher", language=language,
        provider="sivis",
    )  # fmt: skip
    assert "Nea" in page.main.text
    (message,) = admin.mail()
    assert message["To"] == "new@desk.example"
    assert admin.services.accounts.provider_of(admin.user).name.choose(language).text in message.get_content()
    link = next(word for word in message.get_content().split() if "/desk/link/invitation/" in word)
    new = admin.someone_else()
    path = link.removeprefix("http://127.0.0.1:8000")
    new.pages.get(path)
    assert new.client.post(path, data={"password": PASSWORD}).status_code == 302
    user, _ = admin.services.accounts.sign_in("new@desk.example", PASSWORD)
    assert (user.role, user.provider, user.language) == (Role.PUBLISHER, "helsinki", language)


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nobody"), ("email", "admin.helsinki@desk.example"), ("role", "operator")]
)
def test_an_invitation_that_cannot_be_sent_says_why_and_keeps_its_values(admin: DeskUser, field: str, value: str):
    values = {"email": "new@desk.example", "name": "Nea", "role": "editor"} | {field: value}
    page = admin.press("/en/desk/users", status=422, **values)
    assert page.main.one(id="name")["value"] == "Nea"
    assert [where.removesuffix("-0") for where in errors(page)] == [field]
    assert admin.mail() == []


def test_an_administrator_changes_roles_and_closes_and_removes_accounts(admin: DeskUser):
    editor = DeskUser(admin, Role.EDITOR, "helsinki")
    path = f"/en/desk/users/{editor.user.id}"
    admin.press(path, do="role", role="publisher")
    assert newest(admin, editor.user).role is Role.PUBLISHER
    assert editor.client.get("/fi/desk/").status_code == 302
    admin.press(path, do="deactivate")
    assert not newest(admin, editor.user).is_active
    admin.press(path, do="activate")
    assert newest(admin, editor.user).is_active
    assert "removed" in admin.press(path, do="remove").main.text
    admin.pages.get(path, status=404)


def test_an_administrator_invites_again_who_never_came(admin: DeskUser):
    user = admin.services.accounts.add("late@desk.example", Role.EDITOR, provider="helsinki")
    admin.press(f"/en/desk/users/{user.id}", do="invite")
    assert [message["To"] for message in admin.mail()] == ["late@desk.example"]


def test_the_last_administrator_stays_and_is_told_why(admin: DeskUser):
    path = f"/en/desk/users/{admin.user.id}"
    for values in ({"do": "role", "role": "editor"}, {"do": "deactivate"}, {"do": "remove"}):
        assert "stay administrator" in admin.press(path, status=422, **values).main.text
    assert newest(admin, admin.user).role is Role.ADMIN


def test_users_of_another_provider_are_not_found(admin: DeskUser):
    stranger = admin.services.accounts.add("x@sivis.example", Role.EDITOR, provider="sivis")
    path = f"/en/desk/users/{stranger.id}"
    admin.pages.get(path, status=404)
    admin.press("/en/desk/users", at=path, status=404, do="remove")
    assert newest(admin, stranger)
    assert stranger.email not in admin.pages.get("/en/desk/users").main.text


# Settings of a provider


def test_a_provider_settles_how_it_is_reached_and_whether_two_must_see_a_draft(admin: DeskUser):
    before = admin.services.admitting.provider("helsinki")
    page = admin.press(
        "/en/desk/settings", contact_email="new@helsinki.example", url="https://new.example", region="06",
        four_eyes="1", name_fi="Toinen", type="other", id="sivis",
    )  # fmt: skip
    assert "Saved." in page.main.text
    after = admin.services.admitting.provider("helsinki")
    assert (after.contact_email, after.url, after.region) == ("new@helsinki.example", "https://new.example", "06")
    assert (after.name, after.type, after.id) == (before.name, before.type, before.id)
    assert admin.services.admitting.wants_four_eyes("helsinki")


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_that_cannot_be_used_come_back_with_their_values(admin: DeskUser, language: str):
    page = admin.press(f"/{language}/desk/settings", status=422, contact_email="nobody", url="http://plain.example")
    assert set(errors(page)) == {"contact_email", "url"}
    assert page.main.one(id="url")["value"] == "http://plain.example"
