"""The loop: steps in their turn, told once, with a history that keeps what went wrong."""

import datetime as dt

import pytest
from factories import make_offering
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wishing import OFFERING, joined, links, promise, sent, token, wish

from portal.model.errors import NotFound, Refused
from portal.model.proposal import ALLOWED, State, Step, state_after

FOLLOWER = "aino@people.example"


@pytest.fixture
def made(wishes):
    """A visible wish that Aino follows in Finnish."""
    proposal_id = wish(wishes)
    joined(wishes, proposal_id, email=FOLLOWER, confirm=True)
    sent(wishes)
    return proposal_id


def state(services, proposal_id):
    return services.proposals.shown(proposal_id).proposal.state


def steps(services, proposal_id):
    return [taken.step for taken in services.proposals.shown(proposal_id).history]


def told(services):
    return [mail for mail in sent(services) if mail["To"] == FOLLOWER]


def test_a_wish_goes_all_the_way_and_followers_get_one_mail_a_step(wishes, made):
    wishes.loop.commit(made, promise())
    (first,) = told(wishes)
    wishes.loop.open_enrolment(made, OFFERING)
    (second,) = told(wishes)
    wishes.loop.held(made, 11)
    third, fourth = told(wishes)
    assert state(wishes, made) is State.HELD
    assert steps(wishes, made) == [Step.PUBLISHED, Step.COMMITTED, Step.ENROLMENT_OPEN, Step.HELD]
    assert "1.3.2027" in first.get_content() and "75\u00a0€" in first.get_content()
    assert f"https://osaset.example/fi/offerings/{OFFERING}" in second.get_content()
    assert {"feedback"} <= set(links(third)) | set(links(fourth))
    assert told(wishes) == []


def test_every_step_is_dated(wishes, made, time):
    time.move(days=3)
    wishes.loop.commit(made, promise())
    taken = wishes.proposals.shown(made).history[-1]
    assert taken.at == time() and taken.commitment.provider == "helsinki"


def test_a_withdrawn_commitment_stays_in_the_history_and_the_wish_is_open_again(wishes, made):
    wishes.loop.commit(made, promise())
    wishes.loop.withdraw_commitment(made, "Opettaja sairastui.")
    assert state(wishes, made) is State.OPEN
    first, second = wishes.proposals.shown(made).history[-2:]
    assert (first.step, first.commitment.ending) == (Step.COMMITTED, "withdrawn")
    assert (second.step, second.reason) == (Step.COMMITMENT_WITHDRAWN, "Opettaja sairastui.")
    assert any("Opettaja sairastui." in mail.get_content() for mail in told(wishes))


def test_another_provider_can_take_it_up_after_that_and_followers_are_told_again(wishes, made):
    wishes.loop.commit(made, promise())
    wishes.loop.withdraw_commitment(made, "Opettaja sairastui.")
    told(wishes)
    wishes.loop.commit(made, promise(provider="sivis"))
    (mail,) = told(wishes)
    assert "Sivis" in mail.get_content()


def test_a_wish_with_enough_people_is_at_its_threshold_again_without_a_second_mail(wishes, made):
    for _ in range(4):
        joined(wishes, made, confirm=True)
    wishes.loop.commit(made, promise())
    told(wishes)
    wishes.loop.withdraw_commitment(made, "Opettaja sairastui.")
    assert state(wishes, made) is State.THRESHOLD_REACHED
    assert len(told(wishes)) == 1


def test_a_commitment_whose_start_has_passed_lapses(wishes, made, time):
    wishes.loop.commit(made, promise(start=dt.date(2026, 11, 20)))
    assert wishes.loop.open_again_what_is_late() == []
    time.move(days=5)
    assert wishes.loop.open_again_what_is_late() == [made]
    assert wishes.loop.open_again_what_is_late() == []
    assert steps(wishes, made)[-1] is Step.COMMITMENT_LATE
    assert wishes.proposals.shown(made).history[-2].commitment.ending == "late"


def test_a_run_whose_enrolment_is_open_does_not_lapse(wishes, made, time):
    wishes.loop.commit(made, promise(start=dt.date(2026, 11, 20), offering=OFFERING))
    wishes.loop.open_enrolment(made)
    time.move(days=5)
    assert wishes.loop.open_again_what_is_late() == []


def test_participants_are_recorded_beside_the_signals_there_were(wishes, made):
    joined(wishes, made, level="organisation", people=7, confirm=True)
    wishes.loop.commit(made, promise(offering=OFFERING))
    wishes.loop.open_enrolment(made)
    wishes.loop.held(made, 6, dt.date(2026, 11, 15))
    (outcome,) = wishes.demand_store.outcomes()
    assert outcome.signals == {"would_take_part": 2, "organisation": 7}
    assert (outcome.participants, outcome.employers, outcome.offering) == (6, 1, OFFERING)
    assert outcome.held_on == dt.date(2026, 11, 15)


def test_an_employer_is_not_asked_how_it_was(wishes, made):
    joined(wishes, made, level="organisation", people=7, email="hr@firm.example", confirm=True)
    wishes.loop.commit(made, promise(offering=OFFERING))
    wishes.loop.open_enrolment(made)
    sent(wishes)
    wishes.loop.held(made, 6)
    mails = [mail for mail in sent(wishes) if mail["To"] == "hr@firm.example"]
    assert len(mails) == 1 and "/mail/feedback/" not in mails[0].get_content()


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_end_needs_a_reason(wishes, made, reason):
    with pytest.raises(Refused, match="why"):
        wishes.loop.decline(made, reason)
    wishes.loop.commit(made, promise())
    for end in (wishes.loop.cancel, wishes.loop.withdraw_commitment):
        with pytest.raises(Refused, match="why"):
            end(made, reason)
    assert state(wishes, made) is State.COMMITTED


def test_a_reason_is_told_to_followers(wishes, made):
    wishes.loop.decline(made, "Emme löytäneet opettajaa.", "helsinki")
    (mail,) = told(wishes)
    assert "Emme löytäneet opettajaa." in mail.get_content()


def test_a_second_provider_cannot_take_up_what_is_taken(wishes, made):
    wishes.loop.commit(made, promise())
    with pytest.raises(Refused):
        wishes.loop.commit(made, promise(provider="sivis"))
    assert len(wishes.proposals.shown(made).history) == 2


@pytest.mark.parametrize(
    "parts",
    [
        {"provider": "nobody"}, {"start": dt.date(2026, 11, 1)}, {"min_group": 9, "max_group": 8}, {"min_group": 0},
        {"offering": "sivis-s"}, {"offering": "none"},
    ],
)  # fmt: skip
def test_a_promise_that_cannot_be_held_is_refused(wishes, made, parts):
    with pytest.raises((Refused, NotFound)):
        wishes.loop.commit(made, promise(**parts))
    assert state(wishes, made) is State.OPEN


def test_enrolment_opens_only_to_a_published_offering_of_the_provider(wishes, made):
    wishes.loop.commit(made, promise())
    for offering in ("", "sivis-s", "none"):
        with pytest.raises(Refused):
            wishes.loop.open_enrolment(made, offering)
    wishes.store.save([(make_offering(code="new"), {})])
    wishes.loop.open_enrolment(made, "helsinki-new")
    assert state(wishes, made) is State.ENROLMENT_OPEN


def test_what_is_not_published_takes_no_steps(wishes):
    unseen = wish(wishes, visible=False)
    for act in (lambda: wishes.loop.commit(unseen, promise()), lambda: wishes.loop.decline(unseen, "Ei.")):
        with pytest.raises(Refused, match="not published"):
            act()


def test_a_held_wish_takes_no_more_people(wishes, made):
    wishes.loop.decline(made, "Emme löytäneet opettajaa.")
    with pytest.raises(Refused, match="end"):
        joined(wishes, made)


def test_who_unsubscribed_is_told_nothing_more(wishes, made):
    wishes.loop.commit(made, promise())
    (mail,) = told(wishes)
    wishes.following.unsubscribe(token(mail, "unsubscribe"))
    wishes.loop.withdraw_commitment(made, "Opettaja sairastui.")
    assert told(wishes) == []


ACTS = {
    Step.COMMITTED: lambda loop, made: loop.commit(made, promise(offering=OFFERING)),
    Step.COMMITMENT_WITHDRAWN: lambda loop, made: loop.withdraw_commitment(made, "Syy."),
    Step.ENROLMENT_OPEN: lambda loop, made: loop.open_enrolment(made),
    Step.HELD: lambda loop, made: loop.held(made, 7),
    Step.CANCELLED: lambda loop, made: loop.cancel(made, "Syy."),
    Step.DECLINED: lambda loop, made: loop.decline(made, "Syy."),
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tried=st.lists(st.sampled_from(list(ACTS)), min_size=1, max_size=9))
def test_whatever_is_tried_only_allowed_steps_are_taken_and_all_are_kept(wishes, tried):
    made, now, taken = wish(wishes), State.OPEN, [Step.PUBLISHED]
    for step in tried:
        if now in ALLOWED[step][0]:
            ACTS[step](wishes.loop, made)
            now = state_after(step, now)
            taken.append(step)
        else:
            with pytest.raises(Refused):
                ACTS[step](wishes.loop, made)
        assert state(wishes, made) is now
    assert steps(wishes, made) == taken
    history = wishes.proposals.shown(made).history
    assert [item.at for item in history] == sorted(item.at for item in history)
    holding = [item.commitment for item in history if item.step is Step.COMMITTED and not item.commitment.ending]
    assert len(holding) == (now in (State.COMMITTED, State.ENROLMENT_OPEN))


def test_every_state_can_be_reached_and_only_ends_are_ends():
    reached = {State.OPEN}
    for _ in State:
        reached |= {state_after(step, s) for s in reached for step, (allowed, _) in ALLOWED.items() if s in allowed}
    assert reached == set(State)
    ends = {s for s in State if not any(s in allowed for allowed, _ in ALLOWED.values())}
    assert ends == {State.HELD, State.CANCELLED, State.DECLINED}
