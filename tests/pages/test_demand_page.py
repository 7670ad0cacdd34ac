"""The page of demand, its files and its feed: everything from the last build, readable by everybody, harmless."""

import csv
import io
import xml.etree.ElementTree as ET

import openpyxl
import pytest
from every_page import Pages
from flask.testing import FlaskClient
from site_for_tests import FORMULA, LANGUAGES, NOW, SCRIPT, settings

from portal.bootstrap import build
from portal.web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


def table(page, caption):
    """The cells of a table by row, as text."""
    region = next(e for e in page.root.all(role="region") if e.get("aria-label") == caption)
    return [[cell.text for cell in row.all("th", "td")] for row in region.all("tr")][1:]


def rows(client: FlaskClient, language="en") -> list[dict]:
    text = client.get(f"/{language}/demand.csv").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_page_says_when_it_was_counted_and_how(pages: Pages):
    page = pages.get("/fi/demand")
    assert "16.11.2026 klo 12.00" in page.main.text
    assert page.link("Näin kysyntä lasketaan") == "/fi/demand/method"


def test_a_gap_shows_people_places_and_the_difference(pages: Pages):
    row = table(pages.get("/en/demand?region=01"), "Demand and supply of your choice")[0]
    assert row[0].startswith("Arts and humanities") and "Uusimaa" in row[0]
    assert row[1] == "60" and row[2] == "40"


def test_too_few_people_are_shown_as_such_and_never_as_nobody(pages: Pages):
    page = pages.get("/en/demand?region=19")
    assert page.root.all("h2")[0].text == "Demand and supply of your choice"
    assert "Lapland" not in [row[0] for row in table(page, "People asking, by field and region")]


def test_figures_in_the_heat_map_are_those_of_the_files(pages: Pages, client: FlaskClient):
    heat = {row[0]: row[1:] for row in table(pages.get("/en/demand"), "People asking, by field and region")}
    filed = {
        item["value_name"]: int(item["at_least"])
        for item in rows(client)
        if item["table"] == "region" and item["measure"] in ("curious", "would_pay") and int(item["at_least"])
    }
    assert {region: sum(int(n) for n in numbers if n.isdecimal()) for region, numbers in heat.items()} == filed


def test_wishes_show_bands_and_an_estimate(pages: Pages):
    wishes = table(pages.get("/en/demand"), "Wishes that wait for a provider")
    assert [row[0].split(" <")[0] for row in wishes] == ["Hiljaisuuden hoito"]
    assert wishes[0][1] == "35+" and "10 needed: " in wishes[0][5]


def test_searches_in_vain_are_shown_from_five_searchers_on(pages: Pages):
    text = pages.get("/fi/demand").main.text
    assert "saamen kieli" in text and "salainen toive" not in text


def test_a_hostile_search_is_shown_as_the_text_it_is(pages: Pages):
    page = pages.get("/fi/demand")
    assert SCRIPT not in page.html and SCRIPT in page.main.text


def test_a_choice_of_a_field_narrows_wishes_and_tables(pages: Pages):
    page = pages.get("/en/demand?field=06")
    assert "Wishes that wait for a provider" in page.main.text
    assert "No wish has enough people to be shown yet." in page.main.text


def test_two_things_beside_the_field_are_answered_with_a_notice(pages: Pages):
    page = pages.get("/en/demand?field=02&region=01&mode=online")
    assert page.notices == ["Figures are counted by field and one other thing at a time. We used: Region."]
    assert [o["value"] for o in page.root.all("option") if "selected" in o.attributes] == ["02", "01"]


@pytest.mark.parametrize(
    "query", ["field=abc", "region=%FF%00", "mode[]=x&mode=", "scope=' OR 1", "language=" + "x" * 999]
)
def test_a_choice_that_is_not_known_gives_the_page_with_or_without_a_notice(pages: Pages, query: str):
    assert len(pages.get(f"/sv/demand?{query}").notices) <= 1


def test_a_link_of_a_line_leads_to_the_search_of_what_is_offered(pages: Pages):
    page = pages.get("/en/demand?region=01")
    assert page.link("Arts and humanities") == "/en/search?field=02&region=01"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_csv_file_has_one_row_a_figure_with_names_in_the_language(client: FlaskClient, language: str):
    filed = rows(client, language)
    name = {
        "fi": "Humanistiset ja taidealat",
        "sv": "De humanistiska och konstnärliga områdena",
        "en": "Arts and humanities",
    }
    assert {"table": "region", "field": "02", "value": "01", "measure": "would_pay", "at_least": "60"}.items() <= next(
        item for item in filed if item["table"] == "region" and item["measure"] == "would_pay"
    ).items()
    assert name[language] in {item["field_name"] for item in filed}


def test_every_figure_of_people_in_the_files_is_rounded_to_five_and_at_least_five(client: FlaskClient):
    asked = [item for item in rows(client) if item["measure"] not in ("offerings", "seats_offered")]
    assert asked and all(int(item["at_least"]) >= 5 and int(item["at_least"]) % 5 == 0 for item in asked)


def test_no_cell_of_a_file_is_a_formula(client: FlaskClient):
    filed = [value for item in rows(client) for value in item.values()]
    assert f"'{FORMULA}" in filed and not [value for value in filed if value[:1] in ("=", "+", "-", "@", "\t")]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/en/demand.xlsx").get_data()))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert f"'{FORMULA}" in {cell.value for cell in cells} and {cell.data_type for cell in cells} <= {
        "s",
        "n",
        "inlineStr",
    }


def test_the_workbook_holds_what_the_csv_file_holds(client: FlaskClient):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/en/demand.xlsx").get_data()))
    sheet = [tuple("" if value is None else str(value) for value in row) for row in book.active.values]
    assert sheet[1:] == [tuple(item.values()) for item in rows(client)]


@pytest.mark.parametrize("path", ["demand.csv", "demand.xlsx"])
def test_a_file_is_named_after_the_day_and_not_sent_twice(client: FlaskClient, path: str):
    first = client.get(f"/fi/{path}")
    assert "osaset-demand-2026-11-16" in first.headers["Content-Disposition"]
    assert client.get(f"/fi/{path}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(f"/sv/{path}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_has_an_entry_for_each_quarter_with_figures(client: FlaskClient, language: str):
    response = client.get(f"/{language}/demand.atom")
    feed = ET.fromstring(response.get_data())
    assert response.content_type == "application/atom+xml; charset=utf-8"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1 and "125" in entries[0].find(f"{ATOM}content").text
    assert {"fi": "vähintään", "sv": "minst", "en": "at least"}[language] in entries[0].find(f"{ATOM}content").text
    assert feed.find(f"{ATOM}updated").text == "2026-11-16T10:00:00Z"
    assert all(entry.find(f"{ATOM}{name}") is not None for entry in entries for name in ("id", "title", "updated"))


def test_the_api_tells_the_same_as_the_page(client: FlaskClient):
    answer = client.get("/api/v1/demand?lang=en").json
    line = next(item for item in answer["tables"]["region"] if (item["field"], item["value"]) == ("02", "01"))
    assert (line["people"], line["would_pay"], line["seats_asked_for"], line["value_name"]) == (60, 60, 40, "Uusimaa")
    assert [item["id"] for item in answer["proposals"]] == ["wish-many", "wish-taken"]
    assert {"words": "saamen kieli", "searchers": 10} in answer["searches"]


def test_no_number_of_the_api_tells_of_one_to_four(client: FlaskClient):
    answer = client.get("/api/v1/demand").json
    counts = (
        "people",
        "curious",
        "would_take_part",
        "would_pay",
        "confirmed",
        "employers",
        "seats_asked_for",
        "searches",
    )
    told = [line[name] for lines in answer["tables"].values() for line in lines for name in counts]
    told += [
        single[name] for kind in ("offerings", "proposals") for single in answer[kind] for name in ("people", "seats")
    ]
    assert told and all(number % 5 == 0 for number in told)


def test_the_method_page_names_every_weight_and_every_assumption(pages: Pages):
    text = pages.get("/en/demand/method").main.text
    assert "0.05" in text and "0.4" in text and "one in twenty" in text and "25%" in text


@pytest.fixture(scope="module")
def uncounted(tmp_path_factory):
    """A site whose demand has never been counted."""
    services = build(settings(tmp_path_factory.mktemp("uncounted")), now=lambda: NOW)
    yield create_app(services).test_client()
    services.database.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_count_the_page_says_so(uncounted: FlaskClient, language: str):
    page = Pages(uncounted).get(f"/{language}/demand")
    assert page.root.all("h2")[0].text in (
        "Kysyntää ei ole vielä laskettu", "Efterfrågan har inte räknats ännu", "Demand has not been counted yet",
    )  # fmt: skip


@pytest.mark.parametrize("path", ["demand.csv", "demand.xlsx", "demand.atom"])
def test_before_the_first_count_there_are_no_files(uncounted: FlaskClient, path: str):
    assert uncounted.get(f"/fi/{path}").status_code == 404


def test_before_the_first_count_the_api_answers_with_nothing(uncounted: FlaskClient):
    assert uncounted.get("/api/v1/demand").json["built_at"] is None
