"""Catalogues, choices and plans for the contract of engines, as hypothesis makes them."""

import datetime as dt
from decimal import Decimal

from brute_force import Question
from factories import make_offering, make_provider
from hypothesis import strategies as st

from portal.search.plan import Phrase, Plan, PlannedWord

TODAY = dt.date(2026, 11, 16)
PROVIDERS = {
    "helsinki": make_provider(),
    "metropolia": make_provider(id="metropolia", type="uas", name={"fi": "Metropolia"}),
    "sivis": make_provider(id="sivis", type="study_centre", name={"fi": "Sivis"}),
}

DAYS = st.integers(-400, 400).map(lambda days: (TODAY + dt.timedelta(days)).isoformat())
NEAR = st.sampled_from([-1, 0, 1, 29, 30, 31, 91, 92, 93, 181, 182]).map(
    lambda d: (TODAY + dt.timedelta(d)).isoformat()
)
PAST = st.integers(-400, -1).map(lambda days: (TODAY + dt.timedelta(days)).isoformat())
PRICES = st.sampled_from([None, {"amount": 0}, {"amount": 120}])
TONGUES = st.lists(st.sampled_from(["fi", "sv", "en", "de"]), max_size=2, unique=True)


@st.composite
def runs(draw, number, is_past):
    start, end = sorted((draw(PAST), draw(PAST)) if is_past else (draw(DAYS | NEAR), draw(DAYS | NEAR)))
    enrol_from, enrol_by = sorted((draw(DAYS | NEAR), draw(DAYS | NEAR)))
    run = {
        "id": str(number),
        "start": draw(st.sampled_from([start, None])),
        "end": end if is_past else draw(st.sampled_from([end, None])),
        "enrol_from": draw(st.sampled_from([enrol_from, None])),
        "enrol_by": draw(st.sampled_from([enrol_by, None])),
        "mode": draw(st.sampled_from(["online", "onsite", "blended", None])),
        "pace": draw(st.sampled_from(["scheduled", "self_paced", None])),
        "languages": draw(TONGUES),
        "municipality": draw(st.sampled_from(["091", "049", "837", None])),
        "region": draw(st.sampled_from(["02", "06", None])),
        "price": draw(PRICES),
    }
    return {key: value for key, value in run.items() if value is not None}


@st.composite
def catalogues(draw, most=40):
    catalogue = []
    for number in range(draw(st.integers(0, most))):
        scope = sorted(
            draw(st.lists(st.sampled_from([0, 0.5, 0.9, 1, 4.5, 5, 9.9, 10, 30, 59.5, 60, 90]), min_size=2, max_size=2))
        )
        is_past = draw(st.sampled_from([False, False, True]))
        catalogue.append(
            make_offering(
                code=f"code-{number:02}",
                provider=draw(st.sampled_from(sorted(PROVIDERS))),
                title={"fi": draw(st.sampled_from(["Kissa", "Koira", "Kissa ja koira", "Äiti", "Åbo", "Zeppeliini"]))},
                description=draw(
                    st.sampled_from([{"fi": "Kala ja kissa."}, {"sv": "Kala i vatten."}, {"en": "Nothing."}])
                ),
                ects=draw(st.sampled_from([None, scope[0], {"min": scope[0], "max": scope[1]}])),
                field=draw(st.sampled_from(["06", "061", "0613", "0311", "12", None])),
                level=draw(st.sampled_from([5, 6, None])),
                languages=draw(TONGUES),
                certificate=draw(st.sampled_from([None, {"type": "digital", "shareable": True}])),
                koski=draw(st.booleans()),
                organisations=draw(st.sampled_from([None, {"available": True}, {"available": False}])),
                target_groups=draw(st.lists(st.sampled_from(["employed", "migrants"]), unique=True)),
                price=draw(PRICES),
                runs=[draw(runs(n, is_past)) for n in range(draw(st.integers(0, 4)))],
            )
        )
    return catalogue


VALUES = {
    "field": ["06", "061", "03", "10"],
    "scope": ["lt1", "1-4", "5-9", "10-29", "30-59", "60+"],
    "mode": ["online", "onsite", "blended"],
    "start": ["open", "1m", "3m", "6m", "any_time"],
    "language": ["fi", "sv", "en", "se"],
    "price": ["free", "paid"],
    "region": ["01", "02", "06", "21"],
    "provider": ["helsinki", "sivis"],
    "provider_type": ["university", "uas", "other"],
    "level": ["5", "6", "8"],
    "target_group": ["employed", "migrants", "other"],
    "pok": ["1"],
    "koski": ["1"],
    "organisations": ["1"],
}
FILTERS = st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True).flatmap(
    lambda names: st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=3, unique=True).map(tuple)
            for name in names
        }
    )
)
BOUNDS = st.none() | st.integers(0, 700).map(lambda tenths: Decimal(tenths) / 10)
QUESTIONS = st.builds(
    Question, st.sampled_from([TODAY, TODAY + dt.timedelta(45), TODAY - dt.timedelta(200)]), FILTERS, BOUNDS, BOUNDS
)

TERMS = ["kissa", "koira", "ja", "äiti", "zeppeliini", "kala", "vatten", "osaat", "puuttuva", "07"]
FORMS = st.dictionaries(st.sampled_from(TERMS), st.sampled_from([0.3, 0.7, 1.0]), max_size=3)


@st.composite
def phrases(draw, words):
    """Another way to say some neighbouring words of `words`: by other words, or by who provides."""
    begin = draw(st.integers(0, words - 1))
    end = draw(st.integers(begin + 1, words))
    if draw(st.booleans()):
        return Phrase(begin, end, 1.0, words=tuple(draw(st.lists(FORMS, min_size=1, max_size=3))))
    return Phrase(
        begin, end, 0.8, providers=tuple(draw(st.sets(st.sampled_from(["helsinki", "sivis", "none"]), min_size=1)))
    )


@st.composite
def plans(draw):
    """Any plan of at least one word."""
    words = [PlannedWord(f"word {n}", draw(FORMS), draw(FORMS)) for n in range(draw(st.integers(1, 6)))]
    least, most = (draw(st.none() | st.integers(0, 650)) for _ in range(2))
    return Plan(
        text=draw(st.sampled_from(["nothing", "kissa", "kissa ja koira", "åbo"])),
        language=draw(st.sampled_from(["fi", "sv", "en"])),
        words=tuple(words),
        phrases=tuple(draw(st.lists(phrases(len(words)), max_size=3))),
        code=draw(st.sampled_from(["", "", "code03", "none99"])),
        ects_min=least,
        ects_max=most,
        mode=draw(st.sampled_from(["", "online"])),
    )
