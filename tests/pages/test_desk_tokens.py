"""Keys to the publishing API at the desk: made by administrators, shown once, revoked."""

import pytest
from desk_user import DeskUser
from visiting import Visiting, errors

from portal.model.user import Role

PATH = "/en/desk/tokens"


@pytest.fixture
def admin(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.ADMIN, "helsinki")


def secret_of(page) -> str:
    return page.main.one("textarea", id="secret").text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_key_is_shown_once_and_lets_a_system_in(admin: DeskUser, language: str):
    path = f"/{language}/desk/tokens"
    made = admin.press(path, at=path, name="Peppi <1>", scopes=["read", "publish"])
    secret = secret_of(made)
    listed = admin.pages.get(path)
    assert "Peppi <1>" in listed.main.text and secret not in listed.html
    answer = admin.client.get(
        "/api/v1/providers/helsinki/offerings/REAL-1", headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 200


def test_a_revoked_key_is_told_and_opens_nothing(admin: DeskUser):
    secret = secret_of(admin.press(PATH, at=PATH, name="Peppi", scopes="read"))
    page = admin.press(PATH)  # the first form is that of the key
    assert "The key was revoked." in page.main.text and "revoked" in page.main.one("tbody").text
    assert admin.services.tokens.recognise(secret) is None


@pytest.mark.parametrize(
    ("values", "wrong"),
    [({"name": "", "scopes": "read"}, {"name"}), ({"name": "Peppi"}, {"scopes"}), ({}, {"name", "scopes"}),
     ({"name": "Peppi", "scopes": "everything"}, {"scopes"}), ({"name": "x" * 101, "scopes": "read"}, {"name"})],
)  # fmt: skip
def test_what_is_missing_is_told_and_what_was_written_stays(admin: DeskUser, values: dict, wrong: set):
    page = admin.press(PATH, at=PATH, status=422, **values)
    assert set(errors(page)) == wrong
    assert page.main.one("input", id="name").get("value", "") == values.get("name", "")
    assert admin.services.tokens.of_provider("helsinki") == []


def test_a_provider_has_a_limited_number_of_keys(admin: DeskUser):
    for number in range(20):
        admin.services.tokens.make(admin.user, "helsinki", {"name": str(number)}, ["read"])
    page = admin.press(PATH, at=PATH, status=422, name="One more", scopes="read")
    assert "at most 20" in page.main.text
    admin.services.tokens.revoke("helsinki", admin.services.tokens.of_provider("helsinki")[0].id)
    assert secret_of(admin.press(PATH, at=PATH, name="One more", scopes="read"))


def test_keys_of_another_provider_are_not_there(admin: DeskUser, visiting: Visiting):
    other = DeskUser(visiting, Role.ADMIN, "sivis")
    token, secret = other.services.tokens.make(other.user, "sivis", {"name": "Theirs"}, ["read"])
    assert "Theirs" not in admin.pages.get(PATH).main.text
    admin.press(PATH, at=PATH, name="Mine", scopes="read")
    assert admin.press(PATH, at=f"{PATH}/{token.id}/revoke", status=404)
    assert admin.services.tokens.recognise(secret)


def test_the_provider_of_a_key_is_that_of_the_user(admin: DeskUser):
    admin.press(PATH, at=PATH, name="Mine", scopes="read", provider="sivis", provider_id="sivis")
    assert [len(admin.services.tokens.of_provider(name)) for name in ("helsinki", "sivis")] == [1, 0]


@pytest.mark.parametrize(
    ("role", "provider"),
    [(Role.EDITOR, "helsinki"), (Role.PUBLISHER, "helsinki"), (Role.MODERATOR, None), (Role.OPERATOR, None)],
)
def test_only_administrators_of_a_provider_see_keys(visiting: Visiting, role: Role, provider: str | None):
    user = DeskUser(visiting, role, provider)
    assert user.client.get(PATH).status_code == 403
    assert user.client.post(PATH, data={"name": "x", "scopes": "read"}).status_code == 403
