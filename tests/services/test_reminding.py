"""Reminders of runs: in time, once each, one letter a provider and day."""

import datetime as dt

import pytest
from factories import make_offering, make_provider, make_run
from wishing import OFFERING, sent

from portal.model.admission import Admission, AdmissionStep
from portal.store.standing import StandingStore

MAILBOX = "courses@helsinki.example"


def save(services, *runs, code="HY-TA-0101", **parts):
    services.store.save([(make_offering(code=code, runs=list(runs), **parts), {})])


def opens_on(day, id="k", **parts):
    return make_run(id=id, enrol_from=day, enrol_by="2027-02-01", start="2027-03-01", end="2027-05-01", **parts)


def ended_on(day, id="s"):
    return make_run(id=id, enrol_from=None, enrol_by=None, start="2026-09-01", end=day)


def reminded(services):
    services.reminding.remind()
    return [mail for mail in sent(services) if mail["To"] == MAILBOX]


def test_a_provider_hears_a_week_before_enrolment_opens_and_once(wishes, time):
    save(wishes, opens_on("2026-11-24"))
    assert reminded(wishes) == []  # eight days before
    time.move(days=1)
    [mail] = reminded(wishes)
    assert mail["Subject"] == "Ilmoittautuminen avautuu pian: Tekoälyn perusteet"
    assert "24.11.2026" in mail.get_content() and f"/fi/desk/offerings/{OFFERING}" in mail.get_content()
    for _ in range(8):
        time.move(days=1)
        assert reminded(wishes) == []


def test_a_day_on_which_no_mail_was_sent_is_made_up_for(wishes, time):
    save(wishes, opens_on("2026-11-24"))
    time.move(days=5)
    assert len(reminded(wishes)) == 1


def test_when_the_last_run_has_ended_one_click_leads_to_a_copy(wishes):
    save(wishes, ended_on("2026-10-01", "first"), ended_on("2026-11-15", "last"))
    [mail] = reminded(wishes)
    assert mail["Subject"] == "Viimeinen toteutus on päättynyt: Tekoälyn perusteet"
    assert f"https://osaset.example/fi/desk/offerings/{OFFERING}/copy-run" in mail.get_content()


@pytest.mark.parametrize(
    "runs",
    [
        [],
        [ended_on("2026-11-16")],  # ends today
        [ended_on("2026-10-20")],  # long ago
        [ended_on("2026-11-15"), opens_on("2026-12-24")],  # there is a new one
        [opens_on("2026-11-16")],  # opens today
        [opens_on("2026-11-01")],
    ],
)
def test_what_is_as_it_should_be_is_not_told(wishes, runs):
    save(wishes, *runs)
    assert reminded(wishes) == []


def test_many_runs_of_a_day_come_in_one_letter_that_names_them(wishes):
    for number in range(5):
        save(wishes, opens_on("2026-11-20"), code=f"O-{number}", title={"fi": f"Avautuva {number}"})
    save(wishes, ended_on("2026-11-14"), code="E-1", title={"fi": "Päättynyt"})
    [mail] = reminded(wishes)
    text = mail.get_content()
    assert mail["Subject"] == "Käy läpi toteutukset, joita on 6"
    assert all(f"Avautuva {number}" in text for number in range(5)) and "/offerings/helsinki-e-1/copy-run" in text


def test_a_letter_lists_thirty_of_a_kind_and_says_where_the_rest_is(wishes):
    for number in range(35):
        save(wishes, ended_on("2026-11-14"), code=f"E-{number}")
    [mail] = reminded(wishes)
    assert mail.get_content().count("/copy-run") == 30
    assert "Näitä on lisää." in mail.get_content() and "https://osaset.example/fi/desk/" in mail.get_content()


def test_runs_are_looked_through_once_a_day(wishes, time):
    assert wishes.reminding.remind() == 0
    save(wishes, opens_on("2026-11-20"))
    assert wishes.reminding.remind() == 0
    time.move(days=1)
    assert [wishes.reminding.remind(), wishes.reminding.remind()] == [1, 0]


def test_a_run_that_moves_by_a_few_days_is_not_told_again(wishes, time):
    save(wishes, opens_on("2026-11-20"))
    assert len(reminded(wishes)) == 1
    save(wishes, opens_on("2026-11-22"))
    time.move(days=1)
    assert reminded(wishes) == []


def test_a_long_run_id_is_known_again(wishes, time):
    save(wishes, opens_on("2026-11-20", id="r" * 199 + "1"), opens_on("2026-11-20", id="r" * 199 + "2"))
    [mail] = reminded(wishes)
    assert mail.get_content().count(f"/fi/desk/offerings/{OFFERING}") == 2
    time.move(days=1)
    assert reminded(wishes) == []


def test_examples_withdrawn_offerings_and_suspended_providers_are_not_told_of(wishes, time):
    save(wishes, opens_on("2026-11-20"), code="X", example=True)
    save(wishes, opens_on("2026-11-20"), code="G")
    wishes.store.withdraw("helsinki", ["G"])
    assert reminded(wishes) == []
    save(wishes, opens_on("2026-11-20"), code="S")
    with wishes.database.write() as transaction:
        step = AdmissionStep("helsinki", Admission.SUSPENDED, dt.datetime(2026, 11, 2, tzinfo=dt.UTC))
        StandingStore(wishes.database).decide(transaction, step)
    time.move(days=1)
    assert reminded(wishes) == []


def test_a_provider_with_a_swedish_name_is_written_to_in_swedish(wishes):
    wishes.store.save_providers(
        [make_provider(id="hanken", name={"sv": "Hanken", "fi": "Hanken"}, contact_email=MAILBOX)]
    )
    wishes.store.save([(make_offering(provider="hanken", runs=[opens_on("2026-11-20")]), {})])
    [mail] = reminded(wishes)
    assert mail["Subject"] == "Anmälan öppnar snart: Grunderna i artificiell intelligens"
