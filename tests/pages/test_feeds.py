"""What search engines read: robots.txt, the sitemap, and schema.org data on the pages of offerings."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from every_page import Pages
from flask.testing import FlaskClient
from site_for_tests import BARE, DRAFT, GONE, HOSTILE, LANGUAGES, MISLABELLED, REAL, STUDY_CENTRE

SHARED = Path(__file__).resolve().parents[3] / "shared"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
NOT_EXAMPLES = {REAL, HOSTILE, MISLABELLED, BARE, STUDY_CENTRE}


def sitemap(client: FlaskClient) -> ElementTree.Element:
    return ElementTree.fromstring(client.get("/sitemap-1.xml").data)


def course(pages: Pages, path: str) -> dict:
    return json.loads(pages.get(path).root.one("script", type="application/ld+json").text)


def test_robots_are_shown_the_sitemap_and_kept_from_the_api(client: FlaskClient):
    response = client.get("/robots.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    lines = response.get_data(as_text=True).splitlines()
    assert "Disallow: /api/" in lines and "Sitemap: http://localhost/sitemap.xml" in lines


def test_robots_may_read_lists_so_that_they_see_not_to_index_them(client: FlaskClient):
    assert "/search" not in client.get("/robots.txt").get_data(as_text=True)


def test_the_sitemap_leads_to_its_parts(client: FlaskClient):
    response = client.get("/sitemap.xml")
    assert response.content_type == "application/xml; charset=utf-8"
    parts = [part.text for part in ElementTree.fromstring(response.data).iterfind("s:sitemap/s:loc", NAMES)]
    assert parts == ["http://localhost/sitemap-1.xml"]


def test_the_sitemap_lists_every_offering_that_is_published_and_no_example(client: FlaskClient):
    addresses = [url.text for url in sitemap(client).iterfind("s:url/s:loc", NAMES)]
    assert {a.rpartition("/")[2] for a in addresses if "/offerings/" in a} == NOT_EXAMPLES


@pytest.mark.parametrize("hidden", [GONE, DRAFT])
def test_the_sitemap_has_nothing_that_visitors_cannot_see(client: FlaskClient, hidden: str):
    assert hidden not in client.get("/sitemap-1.xml").get_data(as_text=True)


def test_the_sitemap_has_each_page_in_three_languages_that_name_each_other(client: FlaskClient):
    for url in sitemap(client).iterfind("s:url", NAMES):
        others = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NAMES)}
        assert set(others) == set(LANGUAGES) and url.findtext("s:loc", None, NAMES) in others.values()


def test_every_page_of_the_sitemap_is_there_and_may_be_indexed(client: FlaskClient, pages: Pages):
    for url in sitemap(client).iterfind("s:url/s:loc", NAMES):
        assert pages.get(url.text.removeprefix("http://localhost")).robots == ""


def test_days_of_change_are_written_as_the_format_wants(client: FlaskClient):
    days = [day.text for day in sitemap(client).iterfind("s:url/s:lastmod", NAMES)]
    assert len(days) == 3 * len(NOT_EXAMPLES) and all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


@pytest.mark.parametrize("part", ["0", "2", "999999999999"])
def test_a_part_that_the_sitemap_does_not_have_is_not_found(client: FlaskClient, part: str):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("offering", [REAL, HOSTILE])
def test_data_on_an_offering_is_what_course_search_asks_for(pages: Pages, offering: str, language: str):
    schema = SHARED / "validators" / "schemaorg" / "google-course-info.schema.json"
    if not schema.exists():
        pytest.skip("The schema of course data is not here: it lies in ../shared/validators.")
    data = course(pages, f"/{language}/offerings/{offering}")
    jsonschema.Draft202012Validator(json.loads(schema.read_text())).validate(data)


def test_data_on_an_offering_is_in_the_language_of_the_page(pages: Pages):
    names = [course(pages, f"/{language}/offerings/{REAL}")["name"] for language in LANGUAGES]
    assert names == ["Hiljaisuuden historia", "Tystnadens historia", "History of silence"]


def test_data_on_an_offering_names_its_own_page(pages: Pages):
    page = pages.get(f"/sv/offerings/{REAL}")
    canonical = page.root.one("link", rel="canonical")["href"]
    assert course(pages, f"/sv/offerings/{REAL}")["url"] == canonical


def test_data_on_an_offering_tells_its_credits_and_price(pages: Pages):
    data = course(pages, f"/en/offerings/{REAL}")
    assert data["numberOfCredits"]["value"] == 2.5
    assert data["offers"] == {"@type": "Offer", "category": "Paid", "price": 1250, "priceCurrency": "EUR"}


def test_data_on_an_offering_has_every_run(pages: Pages):
    data = course(pages, f"/en/offerings/{REAL}")
    assert [(run["startDate"], run["courseMode"]) for run in data["hasCourseInstance"]] == [
        ("2027-01-12", "Online"),
        ("2027-09-01", "Onsite"),
    ]


def test_data_on_an_offering_does_not_invent_what_is_not_stated(pages: Pages):
    data = course(pages, f"/fi/offerings/{BARE}")
    assert not {"offers", "numberOfCredits", "hasCourseInstance", "inLanguage", "teaches"} & set(data)
