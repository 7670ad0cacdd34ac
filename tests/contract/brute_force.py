"""What a search must find and count, worked out from the offerings alone: slowly, plainly, and without any engine."""

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from portal.model.criteria import RuleSet, evaluate
from portal.model.offering import Offering, Run
from portal.model.provider import Provider
from portal.search.plan import Plan

BANDS = {"lt1": (0, 1), "1-4": (1, 5), "5-9": (5, 10), "10-29": (10, 30), "30-59": (30, 60), "60+": (60, 10**6)}
FIELDS = {"06": {"06"}, "061": {"06", "061"}, "0613": {"06", "061"}, "0311": {"03", "031"}, "12": set(), None: set()}
REGIONS = {"091": "01", "049": "01", "837": "06"}
RUN_FACETS = {"mode", "start", "language", "price", "region"}


@dataclass(frozen=True)
class Question:
    """A search without words. `ects_min`, `ects_max` in credits."""

    today: dt.date
    filters: Mapping[str, tuple[str, ...]]
    ects_min: Decimal | None = None
    ects_max: Decimal | None = None


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def offering_values(offering: Offering, provider: Provider, rules: RuleSet) -> dict[str, set[str]]:
    ects = offering.ects
    stated = ects is not None and ects.max > 0
    return {
        "field": FIELDS[offering.field],
        "scope": {band for band, (low, high) in BANDS.items() if stated and ects.min < high and ects.max >= low},
        "provider": {offering.provider},
        "provider_type": {provider.type},
        "level": {str(offering.level)} if offering.level else set(),
        "target_group": set(offering.target_groups),
        "pok": {"1"} if evaluate(rules, offering, provider).met else set(),
        "koski": {"1"} if offering.koski else set(),
        "organisations": {"1"} if offering.organisations and offering.organisations.available else set(),
    }


def run_values(offering: Offering, run: Run | None, today: dt.date) -> dict[str, set[str]]:
    price = (run and run.price) or offering.price
    start = set()
    if run:
        if (run.enrol_from or run.enrol_by) and not (run.end and run.end < today):
            last = run.enrol_by or (run.start if run.pace != "self_paced" else None) or run.end
            if (not run.enrol_from or run.enrol_from <= today) and (not last or last >= today):
                start.add("open")
        if run.start and run.start >= today:
            start |= {f"{months}m" for months in (1, 3, 6) if run.start <= _months_later(today, months)}
        if run.pace == "self_paced":
            start.add("any_time")
    return {
        "mode": {run.mode} if run and run.mode else set(),
        "language": set((run and run.languages) or offering.languages),
        "price": set() if price is None else {"free" if price.amount == 0 else "paid"},
        "region": ({REGIONS.get(run.municipality) or run.region} - {None}) if run else set(),
        "start": start,
    }


def counting_runs(offering: Offering, today: dt.date) -> list[Run | None]:
    going_on = [run for run in offering.runs if run.end is None or run.end >= today]
    return going_on or list(offering.runs) or [None]


def fitting_runs(offering, provider, rules, question, without=None) -> list[dict[str, set[str]]]:
    """The values of each run on which every choice but one holds; none when the offering itself does not fit."""
    if question.ects_min is not None or question.ects_max is not None:
        ects = offering.ects
        if ects is None or ects.max == 0:
            return []
        if question.ects_min is not None and ects.max < question.ects_min:
            return []
        if question.ects_max is not None and ects.min > question.ects_max:
            return []
    chosen = {name: set(values) for name, values in question.filters.items() if name != without}
    own = offering_values(offering, provider, rules)
    if any(not values & own[name] for name, values in chosen.items() if name not in RUN_FACETS):
        return []
    runs = [run_values(offering, run, question.today) for run in counting_runs(offering, question.today)]
    return [run for run in runs if all(values & run[name] for name, values in chosen.items() if name in RUN_FACETS)]


def expected_codes(catalogue, providers, rules, question) -> set[str]:
    return {o.code for o in catalogue if fitting_runs(o, providers[o.provider], rules, question)}


def expected_counts(catalogue, providers, rules, question) -> dict[str, dict[str, int]]:
    """Facet → value → number of offerings, values that nothing has left out."""
    counts = (
        {
            name: Counter()
            for name in (*offering_values(catalogue[0], providers[catalogue[0].provider], rules), *RUN_FACETS)
        }
        if catalogue
        else {}
    )
    for offering in catalogue:
        provider = providers[offering.provider]
        own = offering_values(offering, provider, rules)
        for name, counter in counts.items():
            runs = fitting_runs(offering, provider, rules, question, without=name)
            if name in RUN_FACETS:
                counter.update(set().union(*(run[name] for run in runs)))
            elif runs:
                counter.update(own[name])
    return {name: dict(counter) for name, counter in counts.items()}


def words_of(offering: Offering) -> set[str]:
    """The words of its texts as they stand there, and its code, whole and in parts."""
    fields = [offering.title, offering.summary, offering.description, *offering.keywords, *offering.learning_outcomes]
    texts = [text.lower() for field in fields for text in field.values()]
    code = offering.code.lower()
    return {word for text in texts for word in re.findall(r"\w+", text)} | {code, *code.split("-")}


def covers(offering: Offering, plan: Plan) -> set[int]:
    """Numbers of the words that the offering has, as they are or by a phrase."""
    there = words_of(offering)
    covered = {number for number, word in enumerate(plan.words) if there & set(word.forms)}
    for phrase in plan.phrases:
        by_words = phrase.words and all(there & set(forms) for forms in phrase.words)
        if by_words or offering.provider in phrase.providers:
            covered |= set(range(phrase.begin, phrase.end))
    return covered


def confident(catalogue: list[Offering], plan: Plan) -> list[Offering]:
    """The offerings that answer a plan: those of its code alone, else its exact title and what covers enough words."""
    coded = [o for o in catalogue if plan.code and re.sub(r"[\W_]", "", o.code.lower()) == plan.code]
    if coded:
        return coded
    enough = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 4, 7: 5, 8: 5, 9: 6, 10: 6}
    found = []
    for offering in catalogue:
        titled = any(" ".join(re.findall(r"\w+", title.lower())) == plan.text for title in offering.title.values())
        low, high = (offering.ects.min * 10, offering.ects.max * 10) if offering.ects else (0, 0)
        fits = high > 0 and (plan.ects_min or 0) <= high and (plan.ects_max is None or low <= plan.ects_max)
        fits = fits or plan.ects_min is plan.ects_max is None
        if titled or (fits and len(covers(offering, plan)) >= enough[len(plan.words)]):
            found.append(offering)
    return found
