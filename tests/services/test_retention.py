"""Retention: what is older than its time goes, what is younger stays, and the document tells the same times."""

import datetime as dt
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from wishing import OFFERING, interested, joined, promise, sent, token, wish

from portal.model.contact import Subject
from portal.model.feedback import Feedback, Report
from portal.model.interest import Sender
from portal.model.query import SearchQuery
from portal.model.user import Role
from portal.services.retention import BACKUP_DAYS, RULES
from portal.store.retention import _RULES
from portal.store.signal_tables import metadata

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
BROWSER = "Mozilla/5.0 Firefox/140.0"


@pytest.fixture
def full(wishes):
    """A portal in which every table has rows."""
    interested(wishes, email="aino@people.example")
    wishes.following.confirm(token(sent(wishes)[0], "confirm"))
    interested(wishes, email="unconfirmed@people.example")
    wish(wishes, email="author@people.example", visible=False)
    wishes.moderating.hide(wish(wishes))
    ended = wish(wishes)
    joined(wishes, ended, confirm=True)
    wishes.loop.commit(ended, promise(offering=OFFERING))
    wishes.loop.open_enrolment(ended)
    wishes.loop.held(ended, 6)
    query = SearchQuery(text="mehiläishoito")
    found = wishes.searching.find(query, wishes.searching.labels("fi", str))
    wishes.searches_in_vain.note(found, trace="x", agent=BROWSER)
    for number in range(5):
        often = wishes.searching.find(SearchQuery(text="hunaja"), wishes.searching.labels("fi", str))
        wishes.searches_in_vain.note(often, trace=f"{number}", agent=BROWSER)
    wishes.searches_in_vain.not_suitable(query, "level", trace="x", agent=BROWSER)
    link = wishes.following._links.token("feedback", wishes.feedback.linked("m:x", OFFERING))
    wishes.feedback.give(link, Feedback("yes", "yes"), language="fi")
    key = wishes.reporting.form_key(Subject.OFFERING, OFFERING)
    wishes.reporting.report(Subject.OFFERING, OFFERING, Report("wrong"), form_key=key, sender=Sender())
    wishes.accounts.begin_session(wishes.accounts.add("eva@desk.example", Role.EDITOR, provider="helsinki"))
    return wishes


def applied(services, **options):
    return {item.rule.name: item.rows for item in services.retention.apply(**options)}


def count(services):
    with services.database.read() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in metadata.sorted_tables
        }


def test_nothing_goes_before_its_time(full):
    before = count(full)
    assert set(applied(full).values()) == {0}
    assert count(full) == before


def test_a_dry_run_tells_and_removes_nothing(full, time):
    time.move(days=1000)
    before = count(full)
    told = applied(full, dry_run=True)
    assert count(full) == before
    assert told["interests"] == 2 and told["feedback"] == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_removes_what_is_older_than_it_says_and_not_a_day_earlier(full, time, rule):
    time.move(days=rule.days - 1)
    assert applied(full, dry_run=True)[rule.name] == 0
    time.move(days=2)
    told = applied(full, dry_run=True)[rule.name]
    assert told > 0
    removed = full.retention._store.remove(rule.name, time() - dt.timedelta(days=rule.days))
    assert removed == told


def test_after_the_longest_time_no_table_holds_anything_about_people(full, time):
    time.move(days=1000)
    full.retention.apply()
    left = count(full)
    people = ("interest", "joining", "contact", "subscription", "known_browser", "mail", "form_answer", "vain_search")
    people += ("desk_user", "desk_session")
    assert {name: left[name] for name in (*people, "unsuitable", "feedback", "report")} == dict.fromkeys(
        (*people, "unsuitable", "feedback", "report"), 0
    )
    assert left["outcome"] == 1 and left["offering"] == 2


def test_an_unconfirmed_address_is_gone_after_a_week_and_its_mail_with_it(wishes, time):
    interested(wishes, email="unconfirmed@people.example")
    time.move(days=8)
    wishes.retention.apply()
    assert count(wishes)["contact"] == count(wishes)["mail"] == 0
    assert len(list(wishes.demand_store.signals())) == 1


def test_words_that_five_people_searched_outlive_rare_ones(full, time):
    time.move(days=31)
    full.retention.apply()
    assert {signal.words for signal in full.demand_store.signals() if signal.kind == "vain"} == {"hunaja"}


def test_followers_never_lose_their_place(full, time):
    before = full.proposals._signals.revision()
    time.move(days=1000)
    full.retention.apply()
    assert full.proposals._signals.revision() >= before


def test_retention_lets_late_commitments_lapse(wishes, time):
    made = wish(wishes)
    wishes.loop.commit(made, promise(start=time().date()))
    time.move(days=1)
    wishes.retention.apply()
    assert wishes.proposals.shown(made).proposal.state == "open"


def test_every_rule_of_the_table_is_one_of_the_stores_and_the_other_way_round():
    assert {rule.name for rule in RULES} == set(_RULES)


def test_every_table_with_rows_about_people_has_a_rule():
    ruled = {table.name for table, _ in _RULES.values()}
    free = {"provider", "offering", "outbox", "fact", "commitment", "proposal_step", "outcome", "contact"}
    free |= {"provider_standing", "admission_step", "passed_over", "draft", "offering_change", "column_mapping"}
    free |= {"upload", "api_token"}
    ours = {name for name in metadata.tables if not name.startswith("demand")}
    assert ours - ruled - free == set()


def test_the_document_states_the_same_times():
    text = DOCUMENT.read_text(encoding="utf-8")
    stated = re.findall(r"^\| (.+?) \| (\d+) days (.+?) \|", text, re.MULTILINE)
    assert stated == [(rule.what.in_english(), str(rule.days), rule.since.in_english()) for rule in RULES]
    assert f"{BACKUP_DAYS} days" in text
