"""Forms: what can be used is read, what cannot is told by its field, and nothing private slips through."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.errors import Rejected
from portal.model.feedback import Feedback, Report, read_feedback, read_report
from portal.model.form import is_address
from portal.model.interest import Interest, Level, read_interest
from portal.model.private_data import looks_private
from portal.model.proposal import DEFAULT_GROUP, Joining, read_joining, read_wish

TODAY = dt.date(2026, 11, 16)
WISH = {"title": "Tekoäly", "level": "would_pay"}


def refused(read, *arguments):
    with pytest.raises(Rejected) as error:
        read(*arguments)
    return set(error.value.fields)


def test_interest_is_read_with_all_it_may_say(codes):
    sent = {
        "level": "organisation", "people": " 1 200 ", "region": "01", "mode": "online", "start_from": "1.2.2027",
        "start_by": "2027-06-30", "email": " hr@firm.example ",
    }  # fmt: skip
    interest = Interest(Level.ORGANISATION, 1200, "01", "online", dt.date(2027, 2, 1), dt.date(2027, 6, 30))
    assert read_interest(sent, codes, TODAY) == (interest, "hr@firm.example")


def test_only_the_level_is_needed(codes):
    assert read_interest({"level": "curious"}, codes, TODAY) == (Interest(Level.CURIOUS), "")
    assert refused(read_interest, {}, codes, TODAY) == {"level"}


def test_only_an_organisation_speaks_for_more_than_one(codes):
    assert read_interest({"level": "would_pay", "people": "500"}, codes, TODAY)[0].people == 1
    assert refused(read_interest, {"level": "organisation"}, codes, TODAY) == {"people"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("level", "very"), ("people", "0"), ("people", "10001"), ("people", "many"), ("people", "²"), ("people", "-3"),
        ("region", "99"), ("mode", "telepathy"), ("start_by", "soon"), ("start_by", "31.2.2027"),
        ("start_by", "1.1.2026"), ("start_by", "0001-01-01"), ("email", "aino"), ("email", "a@b"),
        ("email", "a b@people.example"), ("email", "ä@people.example"), ("email", "a@people.example\r\nBcc: x@y.example"),
        ("email", "a@" + "x" * 250 + ".example"), ("email", "<a@people.example>"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_by_its_field(codes, name, value):
    assert refused(read_interest, {"level": "organisation", "people": "5", name: value}, codes, TODAY) == {name}


def test_all_that_cannot_be_used_is_told_at_once(codes):
    assert refused(read_interest, {"region": "x", "email": "x", "start_by": "x"}, codes, TODAY) == {
        "level", "region", "email", "start_by",
    }  # fmt: skip


def test_days_the_wrong_way_round_are_told(codes):
    sent = {"level": "curious", "start_from": "1.6.2027", "start_by": "1.5.2027"}
    assert refused(read_interest, sent, codes, TODAY) == {"start_by"}


def test_a_wish_is_read_with_its_authors_own_joining(codes):
    wish, joining, email = read_wish(WISH | {"text": " a \r\n\r\n b ", "field": "061"}, codes, TODAY)
    assert (wish.title, wish.text, wish.field, wish.group_size) == ("Tekoäly", "a\n\nb", "061", DEFAULT_GROUP)
    assert (joining, email) == (Joining(Level.WOULD_PAY), "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", ""), ("title", " \t "), ("title", "x" * 121), ("text", "x" * 2001), ("field", "77"), ("scope", "7"),
        ("language", "xx"), ("group_size", "4"), ("group_size", "501"), ("text", "Soita 040 123 4567"),
        ("title", "Kirjoita aino@people.example"), ("text", "tunnus 131052-308T"),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_taken_is_told_by_its_field(codes, name, value):
    assert refused(read_wish, WISH | {name: value}, codes, TODAY) == {name}


def test_an_employer_tells_when_how_much_and_who_it_is():
    sent = {
        "level": "organisation", "people": "8", "needed_by": "1.3.2027", "budget": "1000-4999", "name": "Avoin Oy",
        "name_public": "on", "email": "",
    }  # fmt: skip
    joining = Joining(Level.ORGANISATION, 8, dt.date(2027, 3, 1), "1000-4999", "Avoin Oy", True)
    assert read_joining(sent, TODAY) == (joining, "")


def test_a_learner_tells_no_budget_and_no_name():
    sent = {"level": "curious", "name": "Aino", "name_public": "1", "budget": "20000+", "people": "9"}
    assert read_joining(sent, TODAY)[0] == Joining(Level.CURIOUS)


def test_no_name_is_public_that_was_not_given():
    assert not read_joining({"level": "organisation", "people": "8", "name_public": "1"}, TODAY)[0].name_public


def test_feedback_and_reports_are_read_and_refused():
    assert read_feedback({"outcomes_met": "yes", "recommends": "no", "next": "Lisää"}, TODAY) == Feedback(
        "yes", "no", "Lisää"
    )
    assert refused(read_feedback, {"next": "p. 040 123 4567"}, TODAY) == {"outcomes_met", "recommends", "next"}
    assert read_report({"reason": "link"}, TODAY) == Report("link")
    assert refused(read_report, {"reason": "x", "text": "a@b.example"}, TODAY) == {"reason", "text"}


@given(
    sent=st.dictionaries(st.sampled_from(["level", "people", "title", "text", "start_by", "email", "field"]), st.text())
)
def test_whatever_is_sent_is_read_or_refused(codes, sent):
    for read in (lambda: read_wish(sent, codes, TODAY), lambda: read_interest(sent, codes, TODAY)):
        try:
            read()
        except Rejected as error:
            assert error.fields


@given(st.emails())
def test_an_address_is_recognised_as_private(address):
    assert looks_private(f"kirjoita {address} heti")
    assert not is_address(f"{address}\n")


@pytest.mark.parametrize(
    "text",
    ["matti@x.fi", "matti @ x.fi", "040 123 4567", "040-1234567", "+358 40 1234567", "(09) 123 456", "0400/123456",
     "131052-308T", "131052+308t", "010203A123N", "y 1234567-8", "040.123.4567", "358401234567"],
)  # fmt: skip
def test_what_looks_private_is_recognised(text):
    assert looks_private(f"Soita {text}.") and looks_private(text)


@pytest.mark.parametrize(
    "text",
    ["2026-2027", "12.1.2027", "01.02.2027", "2027-01-12", "ISO 27001", "SFS 6002", "Python 3.11", "060", "1 000 000 €",
     "C++", "5–10 op", "24/7", "Web 2.0", "kevät 2027", "10 000 ihmistä", "B1.1", "R2-D2", "100 % työaika"],
)  # fmt: skip
def test_ordinary_numbers_are_not_private(text):
    assert not looks_private(text)
