"""Feedback and reports: answered once a link, shown from five answers, passed on without names."""

import pytest
from wishing import OFFERING, sent, someone, wish

from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused, StaleForm
from portal.model.feedback import Feedback, Report
from portal.services.feedback import FeedbackSummary
from portal.store.opinions import OpinionStore


def give(services, person, said="yes", recommends="yes", following=""):
    link = services.following._links.token("feedback", services.feedback.linked(f"m:{person}", OFFERING))
    return services.feedback.give(link, Feedback(said, recommends, following), language="fi")


def report(services, kind=Subject.OFFERING, subject=OFFERING, key="", text="Linkki on vanha."):
    key = key or services.reporting.form_key(kind, subject)
    services.reporting.report(kind, subject, Report("outdated", text), form_key=key, sender=someone())


def test_a_link_is_answered_once_and_the_first_answer_stays(wishes):
    assert give(wishes, 1, "no")
    assert not give(wishes, 1, "yes")
    assert [item.outcomes_met for item in OpinionStore(wishes.database).feedback_of(OFFERING)] == ["no"]


def test_another_link_is_no_link_to_feedback(wishes):
    with pytest.raises(Refused):
        wishes.feedback.give("forged", Feedback("yes", "yes"), language="fi")


def test_nothing_is_public_under_five_answers(wishes):
    for person in range(4):
        give(wishes, person)
    assert wishes.feedback.public(OFFERING) is None
    give(wishes, 4, "no", "partly")
    assert wishes.feedback.public(OFFERING) == FeedbackSummary(5, 80, 90)


def test_one_more_answer_changes_nothing_that_is_public(wishes):
    for person in range(5):
        give(wishes, person)
    before = wishes.feedback.public(OFFERING)
    for person in range(5, 9):
        give(wishes, person, "no", "no")
        assert wishes.feedback.public(OFFERING) == before
    give(wishes, 9, "no", "no")
    assert wishes.feedback.public(OFFERING) == FeedbackSummary(10, 50, 50)


def test_the_provider_reads_every_answer(wishes):
    give(wishes, 1, following="Jatkokurssi")
    assert OpinionStore(wishes.database).feedback_of(OFFERING) == [Feedback("yes", "yes", "Jatkokurssi")]


def test_a_report_goes_to_the_provider_and_the_operator(wishes):
    report(wishes)
    mails = sent(wishes)
    assert [mail["To"] for mail in mails] == ["courses@helsinki.example", "operator@osaset.example"]
    assert all(
        "Linkki on vanha." in mail.get_content() and "Jokin on vanhentunut" in mail.get_content() for mail in mails
    )


def test_a_report_on_a_wish_goes_to_the_operator(wishes):
    made = wish(wishes)
    sent(wishes)
    report(wishes, Subject.PROPOSAL, made)
    assert [mail["To"] for mail in sent(wishes)] == ["operator@osaset.example"]


def test_the_same_report_form_again_does_nothing(wishes):
    key = wishes.reporting.form_key(Subject.OFFERING, OFFERING)
    for _ in range(3):
        report(wishes, key=key)
    assert len(sent(wishes)) == 2


def test_many_reports_on_one_thing_are_kept_but_fill_no_mail_box(wishes):
    for _ in range(9):
        report(wishes)
    assert len(sent(wishes)) == 2 * 5
    with wishes.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM report").scalar() == 9


def test_reports_on_what_is_not_there_and_forged_forms_are_refused(wishes):
    for kind, subject in ((Subject.OFFERING, "none"), (Subject.PROPOSAL, "none")):
        with pytest.raises(NotFound):
            report(wishes, kind, subject)
    with pytest.raises(StaleForm):
        report(wishes, key="forged")
