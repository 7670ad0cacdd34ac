"""A site as visitors meet it: the example catalogue, and beside it a few offerings such as real providers send."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from demand_world import add_people, add_searches, add_wish
from flask import Flask
from furnished import furnish

from portal.bootstrap import Services, build
from portal.config import Settings
from portal.services.clock import HELSINKI, Clock
from portal.web import create_app

NOW = dt.datetime(2026, 11, 16, 12, tzinfo=HELSINKI)
LANGUAGES = ("fi", "sv", "en")

REAL, GONE, DRAFT, HOSTILE = "helsinki-real-1", "helsinki-gone-1", "helsinki-draft-1", "sivis-hostile-1"
MISLABELLED, BARE, STUDY_CENTRE = "hanken-mislabelled-1", "jyu-bare-1", "sivis-koski-1"
EXAMPLE, EXAMPLE_OF_60 = "helsinki-hy-avo-0611", "lapland-lay-aad-6000"

SCRIPT = "<script>alert('osaset')</script>"
LONG_WORD = "Epäjärjestelmällistyttämättömyydellänsäkäänköhän" * 6
ENGLISH = (
    "The course gives an overview of sustainable finance and of the rules that companies follow when they report. "
    "Students read annual reports, compare them with each other and write a short essay about what they have found."
)


def _in_three(fi: str, sv: str, en: str) -> dict[str, str]:
    return {"fi": fi, "sv": sv, "en": en}


def _real(code: str, **changes: object) -> dict:
    """A complete offering of a university that meets every criterion."""
    return {
        "provider": "helsinki",
        "code": code,
        "title": _in_three("Hiljaisuuden historia", "Tystnadens historia", "History of silence"),
        "summary": _in_three(
            "Miten hiljaisuus on ymmärretty eri aikoina ja eri paikoissa.",
            "Hur tystnaden har uppfattats under olika tider och på olika platser.",
            "How silence has been understood at different times and in different places.",
        ),
        "description": _in_three(
            "Kurssilla luetaan **lähteitä** luostareista nykypäivään ja keskustellaan niistä pienissä ryhmissä.",
            "På kursen läser vi **källor** från klostren till nutiden och diskuterar dem i små grupper.",
            "The course reads **sources** from the monasteries to the present day and discusses them in small groups.",
        ),
        "learning_outcomes": [_in_three("Osaat arvioida historiallisia lähteitä.", "Du kan bedöma historiska källor.",
                                        "You can assess historical sources critically.")],
        "ects": 2.5,
        "field": "0222",
        "level": 6,
        "languages": ["fi"],
        "assessment": {"methods": ["exam"], "supervision": "supervised_online"},
        "certificate": {"type": "digital", "shareable": True},
        "quality_assurance": {"url": "https://example.org/laatu"},
        "price": {"amount": 1250, "currency": "EUR", "vat": "included"},
        "url": "https://example.org/hiljaisuus",
        "runs": [
            {"id": "k", "start": "2027-01-12", "end": "2027-03-30", "enrol_from": "2026-11-01",
             "enrol_by": "2027-01-05", "mode": "online", "seats": 1500},
            {"id": "s", "start": "2027-09-01", "end": "2027-12-01", "mode": "onsite", "municipality": "091"},
        ],
    } | changes  # fmt: skip


HOSTILE_OFFERING = {
    "provider": "sivis",
    "code": "HOSTILE-1",
    "title": {"fi": f"</title></script>{SCRIPT}<img src=x onerror=alert(1)> \"'`{{{{7*7}}}}", "en": "${7*7}" + SCRIPT},
    "summary": {"fi": f"<svg/onload=alert(1)>{SCRIPT} {LONG_WORD}"},
    "description": {
        "fi": f"<h1>Otsikko</h1>{SCRIPT}<a href='javascript:alert(1)'>linkki</a> [toinen](javascript:alert(2)) "
        "[kolmas](data:text/html,<script>alert(3)</script>) "
        "<a href='//example.org' onclick='alert(4)' style='color:red'>neljäs</a>"
        f"<iframe src='https://example.org'></iframe><style>*{{display:none}}</style>"
        f"<form action=/><input name=q></form> {LONG_WORD}"
        "<b><ul><li>auki <div id='main'>vielä <table><tr><td>auki <a href='https://exam",
    },
    "learning_outcomes": [{"fi": f"</ul></section>{SCRIPT} Osaat sulkea tagit."}],
    "assessment": {"methods": ["exam"], "description": {"fi": f"<math><mi//xlink:href='data:x,{SCRIPT}'>"}},
    "certificate": {"type": "digital", "shareable": True, "description": {"fi": f"</dd>{SCRIPT}"}},
    "keywords": [{"fi": f"'\"><{SCRIPT}"}],
    "contact": {"name": f"</li>{SCRIPT}"},
    "skills": [f"https://example.org/\"onmouseover='alert(1)'{SCRIPT}"],
    "price": {"amount": 0},
    "ects": 1,
    "runs": [{"id": SCRIPT, "start": "2027-02-01", "mode": "online"}],
}

OFFERINGS = [
    _real("REAL-1"),
    _real("GONE-1", title={"fi": "Poistuva kurssi"}),
    _real("DRAFT-1", title={"fi": "Keskeneräinen kurssi"}),
    HOSTILE_OFFERING,
    {"provider": "hanken", "code": "MISLABELLED-1", "ects": 5,
     "title": {"sv": "Hållbar finansiering"}, "description": {"sv": ENGLISH}},
    {"provider": "jyu", "code": "BARE-1", "title": {"fi": "Pelkkä nimi"}},
    {"provider": "sivis", "code": "KOSKI-1", "title": {"fi": "Dialogin ohjaaja"}, "ects": 1.5, "koski": True,
     "grading": "pass_fail", "field": "0923"},
]  # fmt: skip


def settings(folder: Path, **changes: object) -> Settings:
    plain = Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'portal.sqlite3'}",
        search_url=f"whoosh:{folder / 'index'}",
        secret_key="only-for-tests-only-for-tests-only-for-tests",
        search_rate="off",
        form_rate="off",
    )
    return replace(plain, **changes)


def fill(folder: Path) -> None:
    """Load examples and the real-life offerings into a new store, and index them."""
    services = build(settings(furnish(folder)), now=lambda: NOW)
    services.demo.load()
    source = folder / "real-life.jsonl"
    source.write_text("".join(json.dumps(offering) + "\n" for offering in OFFERINGS), encoding="utf-8")
    report = services.importing.offerings(source)
    assert report.offerings["new"] == len(OFFERINGS), report.problems
    services.store.withdraw("helsinki", ["GONE-1"])
    with services.database.write() as connection:
        connection.execute(sa.text("UPDATE offering SET state = 'draft' WHERE code = 'DRAFT-1'"))
        # 22.30 in UTC is past midnight in Helsinki.
        connection.execute(sa.text("UPDATE offering SET withdrawn_at = '2026-11-10 22:30:00' WHERE code = 'GONE-1'"))
    _ask(services)
    services.demand.build()
    services.indexer.bring_up_to_date()
    _compile_templates(create_app(services))
    services.database.close()


def _compile_templates(app: Flask) -> None:
    """Into the folder, so that the many sites that are copied from it need not."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)


FORMULA = "=HYPERLINK(A1)"


def _ask(services: Services) -> None:
    """Demand such as there could be: people, employers, searches in vain (some of them hostile) and wishes."""
    add_people(services, REAL, 62, level="would_pay", region="01", confirmed=True)
    add_people(services, REAL, 23, region="06", mode="onsite", first=100)
    add_people(services, REAL, 4, region="19", first=200)
    add_people(services, REAL, 6, level="organisation", people=8, region="01", first=300)
    for words, searchers in (
        ("saamen kieli", 12),
        ("salainen toive", 4),
        (FORMULA, 5),
        (SCRIPT, 5),
        (LONG_WORD[:200], 5),
    ):
        add_searches(services, words, searchers)
    add_wish(services, "wish-many", 37, field="0222", title=f"Hiljaisuuden hoito {SCRIPT}")
    add_wish(services, "wish-few", 4, field="0222")
    add_wish(services, "wish-taken", 25, state="committed")


def open_services(folder: Path, now: Clock = lambda: NOW, **changes: object) -> Services:
    return build(settings(folder, **changes), now=now)


def open_app(folder: Path, **changes: object) -> Flask:
    """The site on a folder that `fill` has filled; `changes` are settings."""
    return create_app(open_services(folder, **changes))
