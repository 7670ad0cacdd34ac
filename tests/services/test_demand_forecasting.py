"""Forecasts of participants: right four times of five, also where the assumptions of the beginning were wrong."""

import datetime as dt
from math import exp, log

import numpy as np
import pytest

from portal.model.outcome import Outcome
from portal.model.published import Beliefs, Beta
from portal.services.demand.forecasting import forecast, learn, log_chances

PRIOR = Beliefs(
    {
        "curious": Beta(0.3, 5.7),
        "would_take_part": Beta(1.5, 4.5),
        "would_pay": Beta(2.4, 3.6),
        "organisation": Beta(3.0, 3.0),
    },
    spread=0.05,
)
MOST = {"curious": 40, "would_take_part": 30, "would_pay": 15, "organisation": 12}


class World:
    """Where people really come at rates that the prior does not know; all levels of a group share its luck."""

    def __init__(self, seed, shift, spread):
        self._random = np.random.default_rng(seed)
        self._spread = spread
        self._odds = {
            level: log(share.mean / (1 - share.mean)) + shift + self._random.normal(0, 0.3)
            for level, share in PRIOR.shares.items()
        }

    def run(self):
        """Signals by level, and how many came."""
        signals = {level: int(self._random.integers(1, most)) for level, most in MOST.items()}
        luck = self._random.normal()
        came = 0
        for level, number in signals.items():
            rate = 1 / (1 + exp(-self._odds[level]))
            rate = 1 / (1 + exp(-self._odds[level] - luck * (self._spread / (rate * (1 - rate))) ** 0.5))
            came += int(self._random.binomial(number, rate))
        return signals, came


def outcome(signals, came):
    return Outcome("helsinki", dt.date(2026, 11, 1), came, signals)


def hits(world, runs, *, beliefs=PRIOR, learning=True):
    """For each of so many runs whether as many came as the 80 % range said; learns from each fifth on."""
    seen, found = [], []
    for number in range(runs):
        signals, came = world.run()
        expected = forecast(beliefs, signals)
        found.append(expected.low <= came <= expected.high)
        seen.append(outcome(signals, came))
        if learning and (number < 5 or number % 5 == 4):
            beliefs = learn(PRIOR, seen)
    return found, beliefs


@pytest.mark.parametrize("spread", [0.03, 0.07, 0.15])
def test_of_a_thousand_runs_75_to_88_percent_lie_in_the_range_of_80_percent(spread):
    """Twenty worlds of fifty runs; rates lie far outside the prior, people of a group come or stay away together."""
    found = [hit for seed in range(20) for hit in hits(World(seed, (-1, 1)[seed % 2], spread), 50)[0]]
    assert len(found) == 1000
    assert 0.75 <= np.mean(found) <= 0.88


@pytest.mark.parametrize("shift", [-1.5, 1.5])
def test_where_the_prior_is_wrong_fifty_outcomes_put_it_right(shift):
    stubborn = Beliefs({level: Beta(20 * b.mean, 20 * (1 - b.mean)) for level, b in PRIOR.shares.items()}, 0.01)
    before, after = [], []
    for seed in range(10):
        world = World(seed, shift, 0.05)
        before += hits(world, 50, beliefs=stubborn, learning=False)[0]
        learnt = learn(stubborn, [outcome(*world.run()) for _ in range(50)])
        after += hits(world, 100, beliefs=learnt, learning=False)[0]
    assert np.mean(before) < 0.4
    assert 0.75 <= np.mean(after) <= 0.88


@pytest.mark.parametrize(("total", "share", "spread"), [(1, 0.5, 0.1), (12, 0.25, 0.05), (300, 0.02, 0.3)])
def test_chances_add_up_to_one_and_expect_the_share(total, share, spread):
    chances = np.exp(log_chances(total, share, spread))
    assert chances.sum() == pytest.approx(1) and (chances * np.arange(total + 1)).sum() == pytest.approx(total * share)


def test_without_anybody_nobody_is_expected():
    assert forecast(PRIOR, {}, minimum=12) == forecast(PRIOR, {"curious": 0}, minimum=12)
    assert (forecast(PRIOR, {}).expected, forecast(PRIOR, {}, minimum=12).chance) == (0.0, 0.0)


def test_the_chance_of_a_group_falls_with_its_size_and_is_sure_for_none():
    chances = [forecast(PRIOR, {"would_pay": 30}, minimum).chance for minimum in (0, 5, 12, 31)]
    assert chances == sorted(chances, reverse=True)
    assert (chances[0], chances[-1]) == (pytest.approx(1), 0)


def test_a_stronger_intention_brings_more_people():
    expected = [forecast(PRIOR, {level: 20}).expected for level in ("curious", "would_take_part", "would_pay")]
    assert expected == sorted(expected) and expected[0] > 0


def test_a_range_holds_what_is_expected():
    found = forecast(PRIOR, {"would_take_part": 40, "would_pay": 10})
    assert found.low <= found.expected <= found.high


def test_runs_that_nobody_had_told_of_teach_nothing():
    assert learn(PRIOR, [outcome({}, 12), outcome({"curious": 0}, 3)]) == PRIOR


def test_one_run_does_not_overturn_what_was_believed():
    learnt = learn(PRIOR, [outcome({"would_take_part": 10}, 0)])
    assert 0.1 < learnt.shares["would_take_part"].mean < PRIOR.shares["would_take_part"].mean


def test_more_participants_than_signals_count_as_all_of_them():
    learnt = learn(PRIOR, [outcome({"would_pay": 10}, 25)] * 10)
    assert 0.8 < learnt.shares["would_pay"].mean < 1
    assert forecast(learnt, {"would_pay": 10}).high <= 10


def test_outcomes_in_another_order_give_nearly_the_same():
    world = World(1, 0.5, 0.05)
    runs = [outcome(*world.run()) for _ in range(20)]
    one, other = learn(PRIOR, runs), learn(PRIOR, runs[::-1])
    assert all(one.shares[level].mean == pytest.approx(other.shares[level].mean, abs=0.05) for level in one.shares)
