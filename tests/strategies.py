"""Hypothesis strategies for values of the catalogue; whole offerings, with everything that the format knows."""

import datetime as dt
from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from portal.model.offering import AssessmentMethod, Mode, Offering, Pace, Supervision, TargetGroup

LANGUAGE_CODES = st.sampled_from(["fi", "sv", "en", "se", "de"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
PLAIN_WORDS = WORDS.filter(str.strip)
TEXTS = TITLES = st.dictionaries(LANGUAGE_CODES, PLAIN_WORDS, min_size=1, max_size=3)
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31)).map(dt.date.isoformat)
URLS = st.sampled_from(
    ["https://example.org/", "https://example.org/a?b=c&d=%C3%A5", "https://esimerkki.example.org/ö"]
)
TENTHS = st.integers(0, 1_200).map(lambda tenths: Decimal(tenths) / 10)


def _stated(parts: dict) -> st.SearchStrategy[dict]:
    """Any of the parts, each there or missing."""
    return st.fixed_dictionaries({}, optional=parts)


def _part(parts: dict) -> st.SearchStrategy[dict]:
    """The same, at least one of them saying something: an empty object is the same as none."""
    return _stated(parts).filter(lambda part: any(value != [] for value in part.values()))


def _numbers(largest: int) -> st.SearchStrategy[int | float]:
    return st.integers(0, largest) | st.integers(0, largest * 10).map(lambda tenths: tenths / 10)


def _choices(kind: object) -> st.SearchStrategy:
    return st.sampled_from(get_args(kind))


SCOPES = _numbers(120) | st.tuples(_numbers(120), _numbers(120)).map(lambda pair: {"min": min(pair), "max": max(pair)})
PRICES = _stated({"vat": st.sampled_from(["included", "excluded", "exempt"])}).flatmap(
    lambda rest: st.builds(lambda amount: {"amount": amount, "currency": "EUR"} | rest, _numbers(500))
)


@st.composite
def run_jsons(draw: st.DrawFn, number: int = 0) -> dict:
    """One run as a provider sends it, its days in order."""
    start, end = sorted((draw(DAYS), draw(DAYS)))
    enrol_from, enrol_by = sorted((draw(DAYS), draw(DAYS)))
    days = {"start": start, "end": end, "enrol_from": enrol_from, "enrol_by": enrol_by}
    stated = draw(st.sets(st.sampled_from(sorted(days))))
    rest = draw(
        _stated(
            {
                "mode": _choices(Mode),
                "pace": _choices(Pace),
                "languages": st.lists(LANGUAGE_CODES, max_size=2, unique=True),
                "municipality": st.sampled_from(["091", "049", "853"]),
                "region": st.sampled_from(["01", "02", "06"]),
                "seats": st.integers(0, 1000),
                "price": PRICES,
                "url": URLS,
            }
        )
    )
    return {"id": f"run {number}", **{name: days[name] for name in sorted(stated)}, **rest}


_SAID = {
    **{key: TEXTS for key in ("summary", "description", "prerequisites", "recognition", "guidance")},
    "learning_outcomes": st.lists(TEXTS, max_size=3),
    "ects": SCOPES,
    "hours": _numbers(2_000),
    "field": st.sampled_from(["06", "061", "0613", "0312", "9999"]),
    "level": st.integers(1, 8),
    "languages": st.lists(LANGUAGE_CODES, max_size=3, unique=True),
    "assessment": _part(
        {
            "methods": st.lists(_choices(AssessmentMethod), max_size=3, unique=True),
            "description": TEXTS,
            "supervision": _choices(Supervision),
        }
    ),
    "certificate": _part(
        {
            "type": st.sampled_from(["digital", "paper", "none"]),
            "shareable": st.booleans(),
            "description": TEXTS,
        }
    ),
    "quality_assurance": _part({"description": TEXTS, "url": URLS}),
    "stackable": _part(
        {
            "kind": st.sampled_from(["standalone", "stackable"]),
            "part_of": st.lists(
                st.fixed_dictionaries({"title": TITLES}, optional={"ects": SCOPES, "url": URLS}), max_size=2
            ),
        }
    ),
    "koski": st.booleans(),
    "target_groups": st.lists(_choices(TargetGroup), max_size=3, unique=True),
    "keywords": st.lists(TEXTS, max_size=3),
    "skills": st.lists(st.just("http://www.yso.fi/onto/yso/p2616"), max_size=1),
    "price": PRICES,
    "organisations": _part(
        {
            "available": st.booleans(),
            "min_group": st.integers(1, 50),
            "contact": st.sampled_from(["myynti@example.org", "https://example.org/tilaus"]),
        }
    ),
    "grading": st.sampled_from(["pass_fail", "scale_0_5", "other"]),
    "contact": _part({"name": PLAIN_WORDS, "email": st.just("neuvo@example.org"), "url": URLS}),
    "partners": st.lists(st.sampled_from(["aalto", "humak"]), max_size=2, unique=True),
    "example": st.booleans(),
    "url": URLS,
}
"""What an offering may say of itself beside identity, title and runs."""


@st.composite
def offering_jsons(draw: st.DrawFn, *, max_runs: int = 3) -> dict:
    """One offering as a provider sends it; anything but identity and title may be missing."""
    identity = {
        "provider": draw(st.sampled_from(["helsinki", "sivis", "metropolia"])),
        "code": draw(st.text("ABCabcåäö0123456789-_. /", min_size=1, max_size=12).filter(str.strip)),
        "title": draw(TITLES),
    }
    rest = draw(_stated(_SAID))
    runs = [draw(run_jsons(number)) for number in range(draw(st.integers(0, max_runs)))]
    return identity | rest | ({"runs": runs} if runs else {})


def offerings(**parts: object) -> st.SearchStrategy[Offering]:
    """The same as values of the model."""
    return offering_jsons(**parts).map(Offering.model_validate)
