"""Forecasts how many would really come: a Beta belief for each level of interest, that learns from what happened.

Groups differ more than chance alone would have it (a good place, a bad week), so numbers are beta-binomial.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np

from portal.model.outcome import Outcome
from portal.model.published import Beliefs, Beta

_SPREADS = np.array([0.003, 0.01, 0.02, 0.04, 0.07, 0.11, 0.17, 0.25, 0.4])
_PASSES = 3
_MOST_SPREAD = 0.9
_TAIL = 0.1


@dataclass(frozen=True)
class Forecast:
    """Expected participants, the range in which four of five cases lie, and the chance of reaching the minimum group."""

    expected: float
    low: int
    high: int
    chance: float | None = None


def learn(prior: Beliefs, outcomes: Sequence[Outcome]) -> Beliefs:
    """The prior brought up to date by held runs. Runs before which nobody had told anything teach nothing."""
    runs = [(run, _numbers(run.signals, prior)) for run in outcomes]
    runs = [(numbers, min(run.participants, sum(numbers.values()))) for run, numbers in runs if sum(numbers.values())]
    spread = prior.spread
    shares = dict(prior.shares)
    for _ in range(_PASSES if runs else 0):
        shares = dict(prior.shares)
        for numbers, came in runs:
            _update(shares, numbers, came, spread)
        spread = _spread(prior.spread, shares, runs)
    return Beliefs(shares, spread, len(runs))


def forecast(beliefs: Beliefs, signals: Mapping[str, int], minimum: int | None = None) -> Forecast:
    """How many of these people would come; `signals`: people by level (published figures, when it is shown)."""
    numbers = _numbers(signals, beliefs)
    total = sum(numbers.values())
    if not total:
        return Forecast(0.0, 0, 0, None if minimum is None else float(minimum <= 0))
    share = _share(beliefs.shares, numbers)
    # What is not known about the levels is taken to err in the same direction for all of them.
    unsure = (sum(number * beliefs.shares[level].deviation for level, number in numbers.items()) / total) ** 2
    spread = min(beliefs.spread + unsure / (share * (1 - share)), _MOST_SPREAD)
    chances = np.exp(log_chances(total, share, spread))
    # A number is half inside its own chance: whole steps would make the range cover more than it says.
    reached = np.cumsum(chances) - chances / 2
    return Forecast(
        expected=total * share,
        low=int(min(np.searchsorted(reached, _TAIL), total)),
        high=max(int(np.searchsorted(reached, 1 - _TAIL, side="right")) - 1, 0),
        chance=None if minimum is None else float(chances[minimum:].sum()),
    )


def log_chances(total: int, share: float, spread: float) -> np.ndarray:
    """Logarithms of the beta-binomial chances of 0 … total participants."""
    yes, no = share * (1 / spread - 1), (1 - share) * (1 / spread - 1)
    first = lgamma(total + no) - lgamma(no) + lgamma(yes + no) - lgamma(total + yes + no)
    came = np.arange(total)
    steps = np.log((total - came) / (came + 1) * (yes + came) / (no + total - came - 1))
    return first + np.concatenate(([0.0], np.cumsum(steps)))


def _numbers(signals: Mapping[str, int], beliefs: Beliefs) -> dict[str, int]:
    return {level: signals[level] for level in beliefs.shares if signals.get(level)}


def _share(shares: Mapping[str, Beta], numbers: Mapping[str, int]) -> float:
    return sum(number * shares[level].mean for level, number in numbers.items()) / sum(numbers.values())


def _update(shares: dict[str, Beta], numbers: Mapping[str, int], came: int, spread: float) -> None:
    """Divide those who came among the levels, all odds multiplied alike; people of one group count for less than so
    many independent ones."""
    weight = 1 / (1 + (sum(numbers.values()) - 1) * spread)
    factor = _common_factor(shares, numbers, came)
    for level, number in numbers.items():
        odds = shares[level].yes / shares[level].no * factor
        yes = number * odds / (1 + odds)
        shares[level] = Beta(shares[level].yes + weight * yes, shares[level].no + weight * (number - yes))


def _common_factor(shares: Mapping[str, Beta], numbers: Mapping[str, int], came: int) -> float:
    """By what all odds must be multiplied for exactly `came` to be expected (within e^±8)."""
    low, high = -8.0, 8.0
    for _ in range(24):
        middle = (low + high) / 2
        odds = [(number, shares[level].yes / shares[level].no * exp(middle)) for level, number in numbers.items()]
        if sum(number * odd / (1 + odd) for number, odd in odds) < came:
            low = middle
        else:
            high = middle
    return exp(low)


def _spread(before: float, shares: Mapping[str, Beta], runs: Sequence[tuple[Mapping[str, int], int]]) -> float:
    """How far groups differ, judged by how far they lay from what is now expected of them; a little is taken from
    before, so that two or three runs do not decide."""
    weights = -0.5 * (np.log(_SPREADS / before) / log(3)) ** 2
    for numbers, came in runs:
        total, share = sum(numbers.values()), _share(shares, numbers)
        weights += [log_chances(total, share, spread)[came] for spread in _SPREADS]
    weights = np.exp(weights - weights.max())
    return float(np.sum(weights * _SPREADS) / np.sum(weights))
