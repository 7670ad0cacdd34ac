"""Wishes: read before others see them, joined once a person, merged without counting anybody twice."""

import datetime as dt

import pytest
from wishing import interested, joined, promise, sent, someone, token, wish

from portal.model.errors import NotFound, Refused, StaleForm
from portal.model.interest import Level, Sender
from portal.model.proposal import Joining, Moderation, State, Step, Wish


def standing(services, proposal_id):
    return next(item.standing for item in services.moderating.listing() if item.proposal.id == proposal_id)


def moderation(services, proposal_id):
    return next(item.proposal.moderation for item in services.moderating.listing() if item.proposal.id == proposal_id)


def mails_to(services, address):
    return [mail for mail in sent(services) if mail["To"] == address]


def test_a_wish_is_seen_by_others_only_when_a_moderator_has_read_it(wishes):
    made = wish(wishes, visible=False)
    with pytest.raises(NotFound):
        wishes.proposals.shown(made)
    wishes.moderating.approve(made)
    shown = wishes.proposals.shown(made)
    assert (shown.proposal.wish.title, shown.proposal.state) == ("Tekoäly opettajille", State.OPEN)
    assert [step.step for step in shown.history] == [Step.PUBLISHED]


def test_a_wish_with_an_address_waits_for_its_confirmation_first(wishes):
    made = wish(wishes, email="aino@people.example", visible=False)
    with pytest.raises(Refused, match="not confirmed"):
        wishes.moderating.approve(made)
    (mail,) = mails_to(wishes, "aino@people.example")
    wishes.following.confirm(token(mail, "confirm"))
    assert moderation(wishes, made) is Moderation.WAITING
    wishes.moderating.approve(made)
    assert wishes.proposals.shown(made)


def test_an_author_known_by_one_address_may_confirm_a_wish_with_another(wishes):
    author = someone()
    interested(wishes, author, email="aino@people.example")
    wishes.following.confirm(token(mails_to(wishes, "aino@people.example")[0], "confirm"))
    made = wish(wishes, author, email="aino@work.example", visible=False)
    wishes.following.confirm(token(mails_to(wishes, "aino@work.example")[0], "confirm"))
    assert moderation(wishes, made) is Moderation.WAITING


def test_someone_else_who_confirms_does_not_confirm_the_authors_wish(wishes):
    made = wish(wishes)
    wishes.moderating.hide(made)
    with pytest.raises(NotFound):
        joined(wishes, made, confirm=True)
    assert moderation(wishes, made) is Moderation.HIDDEN


def test_the_operator_hears_of_a_wish_that_waits(wishes):
    made = wish(wishes, visible=False)
    (mail,) = sent(wishes)
    assert mail["To"] == "operator@osaset.example" and made in mail.get_content()


def test_the_author_stands_behind_the_wish(wishes):
    made = wish(wishes, level="would_pay")
    assert standing(wishes, made).everyone == {Level.WOULD_PAY: 1}


def test_the_same_form_makes_one_wish(wishes):
    key, answers = wishes.proposals.form_key(), []
    for _ in range(3):
        answers.append(wishes.proposals.propose(Wish("Tekoäly"), Joining(Level.CURIOUS), form_key=key, sender=Sender()))
    assert len({answer.subject for answer in answers}) == len(wishes.moderating.listing()) == 1
    assert [answer.repeated for answer in answers] == [False, True, True]


def test_a_form_to_wish_does_not_serve_to_join(wishes):
    made = wish(wishes)
    with pytest.raises(StaleForm):
        wishes.proposals.join(made, Joining(Level.CURIOUS), form_key=wishes.proposals.form_key(), sender=someone())


def test_a_person_joins_once_and_the_later_word_counts(wishes):
    made, person = wish(wishes), someone()
    joined(wishes, made, person, level="curious")
    joined(wishes, made, person, level="would_pay")
    assert standing(wishes, made).everyone == {Level.WOULD_TAKE_PART: 1, Level.WOULD_PAY: 1}


def test_a_wish_that_nobody_may_see_cannot_be_joined(wishes):
    made = wish(wishes, visible=False)
    with pytest.raises(NotFound):
        joined(wishes, made)


def test_who_leaves_by_link_is_not_counted_any_more(wishes):
    made = wish(wishes)
    recorded = joined(wishes, made)
    for _ in range(2):
        assert wishes.proposals.leave(recorded.withdraw_token) == made
    assert standing(wishes, made).everyone == {Level.WOULD_TAKE_PART: 1}


def test_a_link_of_an_offering_does_not_leave_a_wish(wishes):
    recorded = interested(wishes)
    with pytest.raises(NotFound):
        wishes.proposals.leave(recorded.withdraw_token)


def test_an_employer_is_named_only_when_it_chose_so_and_is_confirmed(wishes):
    made = wish(wishes)
    joined(wishes, made, level="organisation", people=4, name="Salainen Oy", confirm=True)
    joined(wishes, made, level="organisation", people=4, name="Vahvistamaton Oy", name_public=True)
    joined(wishes, made, level="organisation", people=4, name="Avoin Oy", name_public=True, confirm=True)
    assert wishes.proposals.shown(made).employers == ("Avoin Oy",)
    assert (standing(wishes, made).employers, standing(wishes, made).seats) == (3, 12)


def test_the_threshold_counts_confirmed_people_who_would_come_and_no_others(wishes):
    made = wish(wishes, group_size=5)
    for _ in range(9):
        joined(wishes, made)
    for _ in range(9):
        joined(wishes, made, level="curious", confirm=True)
    for _ in range(4):
        joined(wishes, made, confirm=True)
    assert wishes.proposals.shown(made).proposal.state is State.OPEN
    joined(wishes, made, level="would_pay", confirm=True)
    assert wishes.proposals.shown(made).proposal.state is State.THRESHOLD_REACHED


def test_an_employers_people_count_towards_the_threshold(wishes):
    made = wish(wishes, group_size=8)
    joined(wishes, made, level="organisation", people=8, needed_by=dt.date(2027, 1, 1), confirm=True)
    assert wishes.proposals.shown(made).proposal.state is State.THRESHOLD_REACHED


def test_providers_of_the_field_hear_of_a_wish_once_a_step(wishes):
    wish(wishes, field="031")
    assert mails_to(wishes, "courses@helsinki.example") == []
    made = wish(wishes, field="061")
    (mail,) = mails_to(wishes, "courses@helsinki.example")
    assert made in mail.get_content()
    wishes.moderating.hide(made)
    wishes.moderating.approve(made)
    assert mails_to(wishes, "courses@helsinki.example") == []


def test_a_wish_of_another_region_does_not_concern_a_provider_unless_it_is_held_online(wishes):
    wish(wishes, region="19", mode="onsite")
    assert mails_to(wishes, "courses@helsinki.example") == []
    wish(wishes, region="19", mode="online")
    assert len(mails_to(wishes, "courses@helsinki.example")) == 1


def test_merged_wishes_count_each_person_once_with_the_later_word(wishes, time):
    source, target = wish(wishes), wish(wishes, title="Tekoälyä opettajille")
    both = someone()
    joined(wishes, source, both, level="curious")
    time.move(minutes=1)
    joined(wishes, target, both, level="would_pay")
    joined(wishes, source)
    wishes.moderating.merge(source, target)
    assert standing(wishes, target).everyone == {Level.WOULD_TAKE_PART: 3, Level.WOULD_PAY: 1}
    assert standing(wishes, source).everyone == {}
    assert wishes.proposals.shown(source).proposal.id == target


def test_a_merge_can_reach_the_threshold_and_tells_followers_of_both(wishes):
    source, target = wish(wishes, group_size=5), wish(wishes, title="Tekoälyä opettajille", group_size=5)
    for made in (source, source, source, target, target):
        joined(wishes, made, confirm=True)
    sent(wishes)
    wishes.moderating.merge(source, target)
    assert wishes.proposals.shown(target).proposal.state is State.THRESHOLD_REACHED
    told = [mail for mail in sent(wishes) if mail["To"].endswith("people.example")]
    assert len(told) == 3 + 5


def test_what_was_merged_before_follows_into_the_next(wishes):
    first, second, third = (wish(wishes, title=f"Tekoäly {number}") for number in range(3))
    wishes.moderating.merge(first, second)
    wishes.moderating.merge(second, third)
    assert wishes.proposals.shown(first).proposal.id == third


def test_joining_a_merged_wish_joins_the_one_it_was_merged_into(wishes):
    source, target = wish(wishes), wish(wishes, title="Tekoälyä opettajille")
    wishes.moderating.merge(source, target)
    assert joined(wishes, source).subject == target


def test_a_wish_is_not_merged_with_itself_or_with_what_nobody_sees(wishes):
    made, unseen = wish(wishes), wish(wishes, visible=False)
    for target in (made, unseen):
        with pytest.raises(Refused):
            wishes.moderating.merge(made, target)
    assert wishes.proposals.shown(made)


def test_a_wish_that_a_provider_took_up_is_neither_hidden_nor_merged(wishes):
    made, other = wish(wishes), wish(wishes)
    wishes.loop.commit(made, promise())
    with pytest.raises(Refused):
        wishes.moderating.hide(made)
    with pytest.raises(Refused):
        wishes.moderating.merge(made, other)


@pytest.mark.parametrize("act", ["approve", "hide"])
def test_moderating_what_is_not_there_is_told(wishes, act):
    with pytest.raises(NotFound):
        getattr(wishes.moderating, act)("none")


@pytest.mark.parametrize(
    ("text", "language"),
    [("tekoälyä opettajalle", "fi"), ("opettajien tekoäly", "fi"), ("tekoäly", "fi")],
)
def test_a_similar_wish_is_found_by_other_forms_of_its_words(wishes, text, language):
    made = wish(wishes)
    wish(wishes, title="Hirsirakentaminen", field="073")
    assert [item.id for item in wishes.similar_proposals.find(text, language)] == [made]


def test_wishes_that_nobody_may_see_or_join_are_not_found_as_similar(wishes):
    wish(wishes, visible=False)
    ended = wish(wishes)
    wishes.loop.decline(ended, "Ei ole opettajaa.")
    assert wishes.similar_proposals.find("tekoäly opettajille", "fi") == []


def test_nothing_is_similar_to_nothing(wishes):
    wish(wishes)
    assert wishes.similar_proposals.find("", "fi") == wishes.similar_proposals.find("???", "fi") == []
