"""Who comes into the desk, and what happens to those who do not."""

import pytest
from desk_user import DeskUser
from visiting import Visiting

from portal.model.user import Role

PASSWORD = "correct horse battery"


@pytest.fixture
def editor(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.EDITOR, "helsinki")


def with_password(visiting: Visiting, email: str = "eva@desk.example"):
    user = visiting.services.accounts.add(email, Role.EDITOR, provider="helsinki", name="Eva")
    visiting.services.accounts.set_password(user, PASSWORD)
    return user


def test_the_desk_asks_to_sign_in_and_leads_back(visiting: Visiting):
    with_password(visiting)
    response = visiting.client.get("/fi/desk/?x=1")
    assert response.status_code == 302
    assert response.location == "/fi/desk/sign-in?next=/fi/desk/?x%3D1"
    answer = visiting.client.post(response.location, data={"email": " EVA@desk.example", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/fi/desk/?x=1")
    assert visiting.client.get("/fi/desk/").status_code == 200


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/fi/search", "/fi/desk/\\evil", ""])
def test_signing_in_leads_nowhere_but_to_the_desk(visiting: Visiting, path: str):
    with_password(visiting)
    answer = visiting.client.post(
        "/fi/desk/sign-in", query_string={"next": path}, data={"email": "eva@desk.example", "password": PASSWORD}
    )
    assert answer.location == "/fi/desk/"


@pytest.mark.parametrize(
    "values", [("eva@desk.example", "wrong password"), ("nobody@desk.example", PASSWORD), ("", "")]
)
def test_wrong_passwords_and_unknown_accounts_get_the_same_answer(visiting: Visiting, values: tuple[str, str]):
    with_password(visiting)
    page = visiting.pages.post("/en/desk/sign-in", {"email": values[0], "password": values[1]}, status=422)
    assert "The e-mail address or the password is not right." in page.main.text


def test_the_session_is_a_new_one_after_each_signing_in(visiting: Visiting):
    with_password(visiting)
    keys = []
    for _ in range(2):
        visiting.client.post("/fi/desk/sign-in", data={"email": "eva@desk.example", "password": PASSWORD})
        keys.append(visiting.client.get_cookie("session").value)
    assert keys[0] != keys[1]
    other = visiting.someone_else()
    other.client.set_cookie("session", keys[0])
    assert other.client.get("/fi/desk/").status_code == 302


def test_under_https_the_cookie_is_bound_to_the_host(visiting: Visiting):
    with_password(visiting)
    data = {"email": "eva@desk.example", "password": PASSWORD}
    answer = visiting.client.post("/fi/desk/sign-in", data=data, base_url="https://osaset.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax")) and "Domain" not in cookie


def test_who_is_signed_in_already_is_led_on(editor: DeskUser):
    assert editor.client.get("/fi/desk/sign-in").location == "/fi/desk/"


def test_signing_out_ends_the_session(editor: DeskUser):
    form = editor.pages.get("/fi/desk/").root.one("form", action="/fi/desk/sign-out")
    editor.client.post("/fi/desk/sign-out", data={"csrf": form.one("input", name="csrf")["value"]})
    assert editor.client.get("/fi/desk/").status_code == 302


def test_a_session_ends_by_itself(editor: DeskUser):
    editor.clock.move(hours=13)
    assert editor.client.get("/fi/desk/").status_code == 302


@pytest.mark.parametrize("guess", ["guessed", "", "päätä häiskä", "\x00"])
def test_a_form_of_another_site_does_nothing(editor: DeskUser, guess: str):
    page = editor.pages.post("/en/desk/sign-out", {"csrf": guess}, status=403)
    assert "nothing was saved" in page.main.text
    assert editor.client.get("/fi/desk/").status_code == 200


def test_what_was_written_while_the_session_ended_is_kept_on_the_page(editor: DeskUser):
    editor.clock.move(hours=13)
    page = editor.pages.post("/en/desk/sign-out", {"csrf": "old", "title": "Bee <keeping>"}, status=403)
    assert page.main.one("input", name="title")["value"] == "Bee <keeping>"
    assert page.main.one("form", method="post")["action"] == "/en/desk/sign-out"


def test_pages_for_everybody_neither_set_nor_ask_for_a_session(editor: DeskUser):
    response = editor.client.get("/fi/search")
    assert "Set-Cookie" not in response.headers and "Cookie" not in response.headers.get("Vary", "")


def test_no_cache_keeps_a_page_of_the_desk(editor: DeskUser):
    response = editor.client.get("/fi/desk/")
    assert response.headers["Cache-Control"] == "no-store" and "noindex" in response.headers["X-Robots-Tag"]
