"""The commands for accounts: the way in for the first operator, with sentences and exit codes."""

import json
import os
from dataclasses import replace

import pytest
from click.testing import CliRunner
from factories import make_offering, make_provider
from wishing import sent

from portal.bootstrap import build
from portal.cli import main
from portal.cli_users import EXAMPLES, add_examples
from portal.model.user import LinkPurpose, Role
from portal.search.memory_engine import MemoryEngine

SECRET = "a secret of the tests, long enough to be accepted"


@pytest.fixture
def site(settings, monkeypatch):
    """A portal with a provider, whose settings the commands find in their environment."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PORTAL_DATA", str(settings.data))
    monkeypatch.setenv("PORTAL_SECRET_KEY", SECRET)
    monkeypatch.setenv("PORTAL_BASE_URL", "https://osaset.example")
    services = build(replace(settings, secret_key=SECRET, base_url="https://osaset.example"), engine=MemoryEngine())
    services.store.save_providers([make_provider()])
    yield services
    services.database.close()


@pytest.fixture
def portal(site):
    def run(*arguments, code=0):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    return run


def token(line: str, purpose: str) -> str:
    address, _, token = line.strip().rpartition("/")
    assert address == f"https://osaset.example/sv/desk/link/{purpose}"
    return token


def test_the_first_operator_comes_in_without_a_mail_server(site, portal):
    told = portal("user", "add", "Olli@Osaset.example", "--role", "operator", "--lang", "sv").stdout.splitlines()
    assert told[0] == "Added: olli@osaset.example, operator"
    assert site.entering.choose_password(LinkPurpose.INVITATION, token(told[1], "invitation"), "long enough words")
    assert [message["To"] for message in sent(site)] == ["olli@osaset.example"]


def test_with_a_mail_server_the_link_is_in_the_mail_only(portal, monkeypatch):
    monkeypatch.setenv("PORTAL_SMTP_URL", "smtp://localhost:1")
    assert "http" not in portal("user", "add", "a@osaset.example", "--role", "moderator").stdout


def test_a_link_to_sign_in_is_printed(site, portal):
    user = site.accounts.add("eva@osaset.example", Role.EDITOR, provider="helsinki", language="sv")
    secret = site.entering.sign_in(token(portal("user", "link", "EVA@osaset.example").stdout, "sign-in"))
    assert site.accounts.signed_in(secret).id == user.id


def test_a_link_needs_a_secret(portal, monkeypatch):
    monkeypatch.delenv("PORTAL_SECRET_KEY")
    assert "PORTAL_SECRET_KEY" in portal("user", "link", "eva@osaset.example", code=1).stderr


def test_users_are_listed_and_removed(site, portal):
    assert portal("user", "list").stdout == "No users.\n"
    portal("user", "add", "eva@osaset.example", "--role", "editor", "--provider", "helsinki", "--name", "Eva")
    assert portal("user", "list").stdout == "eva@osaset.example  editor of helsinki\n"
    (listed,) = json.loads(portal("user", "list", "--json").stdout)
    assert (listed["name"], listed["role"], listed["provider"], listed["active"]) == ("Eva", "editor", "helsinki", True)
    assert "password" not in listed
    portal("user", "remove", "eva@osaset.example")
    assert portal("user", "list").stdout == "No users.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "no address", "--role", "operator"),
        ("add", "a@osaset.example", "--role", "admin"),
        ("add", "a@osaset.example", "--role", "operator", "--provider", "helsinki"),
        ("add", "a@osaset.example", "--role", "editor", "--provider", "nobody"),
        ("remove", "nobody@osaset.example"),
        ("link", "nobody@osaset.example"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(site, portal, arguments):
    assert portal("user", *arguments, code=1).stderr.strip()
    assert portal("user", "list").stdout == "No users.\n"


def test_examples_are_not_made_beside_what_is_real(site, capsys):
    site.store.save([(make_offering(), {})])
    add_examples(site)
    assert site.staffing.users(None) == [] and capsys.readouterr().out == ""


def test_examples_are_made_once_and_have_no_password(site, capsys):
    site.store.save([(make_offering(example=True), {})])
    for _ in range(2):
        add_examples(site)
    assert "portal user link" in capsys.readouterr().out
    users = [*site.staffing.users(None), *site.staffing.users("helsinki")]
    assert {user.email for user in users} == {email for email, *_ in EXAMPLES}
    assert not any(user.has_password for user in users)
