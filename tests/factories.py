"""Makes values of the catalogue for tests: complete as they are, each part replaceable by keyword."""

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

from portal.model.catalog import CatalogEntry, State, slug
from portal.model.offering import Offering, Run
from portal.model.provider import Provider

CREATED = dt.datetime(2026, 11, 1, 8, 0, tzinfo=dt.UTC)


def make_provider(**parts: object) -> Provider:
    """The university `helsinki`, unless told otherwise."""
    whole = {
        "id": "helsinki",
        "type": "university",
        "name": {"fi": "Helsingin yliopisto", "sv": "Helsingfors universitet", "en": "University of Helsinki"},
    }
    return Provider.model_validate(whole | parts)


def make_run(**parts: object) -> Run:
    """A scheduled online run that begins two weeks after the day of the tests, with enrolment open on that day."""
    whole = {
        "id": "2026-s",
        "start": "2026-11-30",
        "end": "2027-01-29",
        "enrol_from": "2026-11-01",
        "enrol_by": "2026-11-23",
        "mode": "online",
        "pace": "scheduled",
    }
    return Run.model_validate(whole | parts)


def offering_json(**parts: object) -> dict:
    """An offering of `helsinki` as a provider sends it, which meets every POK criterion; a part of None is left out."""
    whole = {
        "provider": "helsinki",
        "code": "HY-TA-0101",
        "title": {
            "fi": "Tekoälyn perusteet",
            "sv": "Grunderna i artificiell intelligens",
            "en": "Basics of artificial intelligence",
        },
        "description": {"fi": "Mitä tekoäly on ja miten koneoppiminen toimii?"},
        "learning_outcomes": [{"fi": "Osaat arvioida tekoälyn vaikutuksia omaan työhösi."}],
        "ects": 2,
        "field": "0619",
        "level": 6,
        "languages": ["fi"],
        "assessment": {"methods": ["exam"], "supervision": "unsupervised"},
        "certificate": {"type": "digital", "shareable": True},
        "quality_assurance": {"description": {"fi": "Yliopiston laatujärjestelmä, auditoitu"}},
        "price": {"amount": 0, "currency": "EUR"},
    }
    return {key: value for key, value in (whole | parts).items() if value is not None}


def make_offering(**parts: object) -> Offering:
    """The same as a value of the model."""
    return Offering.model_validate(offering_json(**parts))


def make_entry(offering: Offering | None = None, **parts: object) -> CatalogEntry:
    """A published entry of `offering` (else of `make_offering()`), made on 1 November 2026."""
    offering = offering or make_offering()
    whole = {
        "id": slug(offering.provider, offering.code),
        "state": State.PUBLISHED,
        "revision": 1,
        "offering": offering,
        "created_at": CREATED,
        "updated_at": CREATED,
    }
    return CatalogEntry(**(whole | parts))


def write_json_lines(path: Path, offerings: Iterable[dict | str]) -> Path:
    """A JSON Lines file; a text is written as it is, for lines that are not JSON."""
    lines = [item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in offerings]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
