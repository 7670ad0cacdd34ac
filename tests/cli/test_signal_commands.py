"""The commands for wishes, mail and retention: a provider's and a moderator's part, with sentences and exit codes."""

import json
import os
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from click.testing import CliRunner
from factories import make_offering, make_provider
from wishing import OFFERING, joined, token, wish

from portal.bootstrap import build
from portal.cli import main
from portal.search.memory_engine import MemoryEngine
from portal.serving import demo_settings

SECRET = "a secret of the tests, long enough to be accepted"
UNKNOWN = [
    ("approve", "none"), ("hide", "none"), ("merge", "none", "none2"), ("enrol", "none"), ("held", "none", "5"),
    ("cancel", "none", "--reason", "x"), ("decline", "none", "--reason", "x"),
    ("withdraw-commitment", "none", "--reason", "x"),
    ("commit", "none", "helsinki", "--start", "2999-01-01", "--min", "5"),
]  # fmt: skip


@pytest.fixture
def site(settings, monkeypatch):
    """A portal with a provider and an offering, whose settings the commands find in their environment."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PORTAL_DATA", str(settings.data))
    monkeypatch.setenv("PORTAL_SECRET_KEY", SECRET)
    monkeypatch.setenv("PORTAL_BASE_URL", "https://osaset.example")
    services = build(replace(settings, secret_key=SECRET, base_url="https://osaset.example"), engine=MemoryEngine())
    services.store.save_providers([make_provider()])
    services.store.save([(make_offering(), {})])
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


def listed(portal, *options):
    return {item["id"]: item for item in json.loads(portal("proposal", "list", "--json", *options).stdout)}


def test_a_wish_is_listed_and_approved(site, portal):
    made = wish(site, visible=False)
    assert listed(portal, "--waiting")[made]["moderation"] == "waiting"
    assert made in portal("proposal", "list").stdout
    portal("proposal", "approve", made)
    assert listed(portal)[made]["moderation"] == "visible"
    assert listed(portal, "--waiting") == {}


def test_a_list_without_wishes_says_so(portal):
    assert portal("proposal", "list").stdout == "No wishes.\n"


def test_a_wish_goes_its_way_by_commands(site, portal):
    made = wish(site)
    portal("proposal", "commit", made, "helsinki", "--start", "2999-01-12", "--min", 5, "--max", 20, "--price", "75,50")
    portal("proposal", "enrol", made, "--offering", OFFERING)
    portal("proposal", "held", made, 11, "--on", "2026-11-01")
    assert listed(portal)[made]["state"] == "held"
    promise = site.proposals.shown(made).history[1].commitment
    assert (promise.price_cents, promise.max_group) == (7550, 20)


def test_a_commitment_is_withdrawn_and_a_run_cancelled_by_command(site, portal):
    made = wish(site)
    for end, state in (("withdraw-commitment", "open"), ("cancel", "cancelled")):
        portal("proposal", "commit", made, "helsinki", "--start", "2999-01-12", "--min", 5)
        portal("proposal", end, made, "--reason", "Opettaja sairastui.")
        assert listed(portal)[made]["state"] == state


def test_a_wish_is_declined_hidden_or_merged_by_command(site, portal):
    declined, hidden, source, target = (wish(site) for _ in range(4))
    portal("proposal", "decline", declined, "--reason", "Ei opettajaa.", "--provider", "helsinki")
    portal("proposal", "hide", hidden)
    portal("proposal", "merge", source, target)
    found = listed(portal)
    assert (found[declined]["state"], found[hidden]["moderation"]) == ("declined", "hidden")
    assert (found[source]["moderation"], found[target]["everyone"]) == ("merged", {"would_take_part": 2})


@pytest.mark.parametrize("arguments", UNKNOWN, ids=lambda a: a[0])
def test_what_is_not_there_ends_in_1_with_a_sentence(portal, arguments):
    result = portal("proposal", *arguments, code=1)
    assert "none" in result.stderr and result.stderr.strip().endswith(".")


def test_a_step_out_of_turn_ends_in_1_with_a_sentence(site, portal):
    made = wish(site)
    result = portal("proposal", "held", made, 5, code=1)
    assert result.stderr.strip().endswith(".")


@pytest.mark.parametrize("price", ["free", "-1", "1.234", "NaN", "1e400"])
def test_a_price_that_cannot_be_read_ends_in_2(site, portal, price):
    made = wish(site)
    result = portal(
        "proposal", "commit", made, "helsinki", "--start", "2999-01-12", "--min", 5, f"--price={price}", code=2
    )
    assert "--price" in result.stderr


def test_mail_is_sent_into_the_folder_and_the_numbers_are_told(site, portal):
    joined(site, wish(site), email="aino@people.example")
    assert "1 sent, 0 failed, 0 given up, 0 waiting" in portal("mail", "send").stdout
    assert len(list((site.settings.data / "mail").glob("*.eml"))) == 1
    assert "0 sent" in portal("mail", "send").stdout


def test_mail_wants_a_secret(monkeypatch, portal):
    monkeypatch.delenv("PORTAL_SECRET_KEY")
    assert "PORTAL_SECRET_KEY" in portal("mail", "send", code=1).stderr


def test_links_in_the_mail_of_a_demo_are_those_of_its_pages(site, monkeypatch, portal):
    monkeypatch.delenv("PORTAL_SECRET_KEY")
    pages = build(demo_settings(replace(site.settings, secret_key=""), "127.0.0.1"), engine=MemoryEngine())
    made = wish(pages, visible=False, email="aino@people.example")
    portal("mail", "send")
    (path,) = (site.settings.data / "mail").glob("*.eml")
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert pages.following.confirm(token(mail, "confirm")).subject == made
    pages.database.close()


def test_a_mail_server_that_is_not_there_ends_in_1_with_a_sentence(site, monkeypatch, portal):
    joined(site, wish(site), email="aino@people.example")
    monkeypatch.setenv("PORTAL_SMTP_URL", "smtp://127.0.0.1:1")
    assert "127.0.0.1:1" in portal("mail", "send", code=1).stderr


def test_a_server_address_that_cannot_be_read_ends_in_1_with_a_sentence(monkeypatch, portal):
    monkeypatch.setenv("PORTAL_SMTP_URL", "nonsense")
    assert "PORTAL_SMTP_URL" in portal("mail", "send", code=1).stderr


def test_retention_prints_its_table_and_a_dry_run_changes_nothing(site, portal):
    joined(site, wish(site), email="aino@people.example")
    told = portal("retention", "--dry-run").stdout
    assert "7 days after it was asked for" in told and "Search in vain" in told
    assert told == portal("retention").stdout


@pytest.mark.parametrize("group", ["proposal", "mail"])
def test_every_command_of_a_group_explains_itself(group):
    assert [name for name, command in main.commands[group].commands.items() if not command.help] == []
