"""The privacy page says what is kept and how long, as the retention table and the document for the operator do."""

import pytest
from every_page import Pages
from flask.testing import FlaskClient
from site_for_tests import LANGUAGES

from portal.services.retention import BACKUP_DAYS, RULES
from portal.services.wording import translator


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_data_stands_there_with_its_time(pages: Pages, language: str):
    translate = translator(language)
    rows = [[cell.text for cell in row.all("th", "td")] for row in pages.get(f"/{language}/privacy").main.all("tr")]
    said = {row[0]: row[1] for row in rows if len(row) == 2}
    for rule in RULES:
        told = said[rule.what.render(translate)]
        assert told.startswith(f"{rule.days} ") and told.endswith(rule.since.render(translate))


def test_it_tells_how_long_backups_remember(pages: Pages):
    assert f"after {BACKUP_DAYS} days at the latest" in pages.get("/en/privacy").main.text


def test_it_tells_who_answers_for_children(pages: Pages):
    assert "under 13 a guardian" in pages.get("/en/privacy").root.one(id="children").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_leads_to_removing_everything(pages: Pages, language: str):
    links = [a["href"] for a in pages.get(f"/{language}/privacy").root.one(id="erase").all("a")]
    assert links == [f"/{language}/privacy/erase"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cookie_that_it_names_is_the_only_one(client: FlaskClient, language: str):
    answers = [
        client.get(f"/{language}/{path}") for path in ("", "search?q=x", "proposals/", "proposals/new", "privacy")
    ]
    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * len(answers)
