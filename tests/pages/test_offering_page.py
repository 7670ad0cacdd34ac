"""The page of one offering: what a learner is told, in which language, and why there is a badge or not."""

import pytest
from every_page import Page, Pages
from flask.testing import FlaskClient
from site_for_tests import BARE, DRAFT, EXAMPLE, EXAMPLE_OF_60, GONE, MISLABELLED, REAL, STUDY_CENTRE

NO_BREAK = "\u00a0"


def facts(page: Page) -> dict[str, str]:
    """What stands under "In brief"."""
    keys = page.main.one("dl", class_="keys")
    return {name.text: value.text for name, value in zip(keys.all("dt"), keys.all("dd"), strict=True)}


def criteria(page: Page) -> list[tuple[str, str]]:
    """Heading with its outcome, and the reason, of each criterion."""
    items = page.main.one("ul", class_="crit").all("li")
    return [(item.one("b").text, item.all("span")[-1].text) for item in items]


def runs(page: Page) -> list[list[str]]:
    rows = page.main.one("table").one("tbody").all("tr")
    return [[cell.text for cell in row.all("th", "td")] for row in rows]


@pytest.mark.parametrize(
    ("language", "title"),
    [("fi", "Hiljaisuuden historia"), ("sv", "Tystnadens historia"), ("en", "History of silence")],
)
def test_the_heading_is_the_title_in_the_language_of_the_page(pages: Pages, language: str, title: str):
    assert pages.get(f"/{language}/offerings/{REAL}").main.one("h1").text == title


@pytest.mark.parametrize(("language", "scope"), [("fi", "2,5 op"), ("sv", "2,5 sp"), ("en", "2.5 ECTS")])
def test_scope_is_written_as_the_language_writes_it(pages: Pages, language: str, scope: str):
    assert pages.get(f"/{language}/offerings/{REAL}").main.one("span", class_="scope").text == scope


@pytest.mark.parametrize(
    ("language", "price"),
    [("fi", f"1{NO_BREAK}250{NO_BREAK}€"), ("sv", f"1{NO_BREAK}250{NO_BREAK}€"), ("en", "€1,250")],
)
def test_prices_are_written_as_the_language_writes_them(pages: Pages, language: str, price: str):
    assert price in pages.get(f"/{language}/offerings/{REAL}").html


@pytest.mark.parametrize(
    ("language", "period"),
    [("fi", "12.1.–30.3.2027"), ("sv", "12.1.–30.3.2027"), ("en", "12 January – 30 March 2027")],
)
def test_days_are_written_as_the_language_writes_them(pages: Pages, language: str, period: str):
    assert runs(pages.get(f"/{language}/offerings/{REAL}"))[0][0] == period


def test_every_run_is_a_row_with_time_place_language_enrolment_places_and_price(pages: Pages):
    assert runs(pages.get(f"/en/offerings/{REAL}")) == [
        ["12 January – 30 March 2027", "online", "Finnish", "enrolment open until 5 January 2027", "1,500", "€1,250"],
        ["1 September – 1 December 2027", "on site, Helsinki", "Finnish", "–", "–", "€1,250"],
    ]


def test_a_complete_offering_has_the_badge_and_says_why(pages: Pages):
    page = pages.get(f"/en/offerings/{REAL}")
    assert page.main.one(id="criteria").one("h2").text == "Meets the micro-credential criteria"
    assert criteria(page) == [
        ("Learning outcomes are described – met", "One learning outcome is described."),
        ("Scope is stated – met", "The scope is 2.5 ECTS. In higher education it is 1–59."),
        ("Learning is assessed reliably – met", "The method and the conditions of assessment are stated."),
        ("The certificate is electronic – met", "The certificate is yours, and you can share it."),
        ("Quality assurance is stated – met", "The provider states how quality is assured."),
    ]


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("fi", "Laajuus on 60 op. Pienessä osaamiskokonaisuudessa se on enintään 59 op."),
        ("sv", "Omfattningen är 60 sp. En mikromerit är högst 59 sp."),
        ("en", "The scope is 60 ECTS. A micro-credential has at most 59."),
    ],
)
def test_sixty_credits_get_no_badge_and_the_page_says_why(pages: Pages, language: str, reason: str):
    page = pages.get(f"/{language}/offerings/{EXAMPLE_OF_60}")
    assert reason in [why for _, why in criteria(page)]
    assert page.main.one("div", class_="mast").all("span", class_="pok")[0].classes == ["pok", "no"]


def test_what_is_missing_is_told_criterion_by_criterion(pages: Pages):
    outcomes = [heading.rpartition("– ")[2] for heading, _ in criteria(pages.get(f"/en/offerings/{BARE}"))]
    assert outcomes == ["missing"] * 5


def test_a_study_centre_need_not_state_its_quality_assurance(pages: Pages):
    page = pages.get(f"/en/offerings/{STUDY_CENTRE}")
    assert criteria(page)[-1] == ("Quality assurance is stated – does not apply", "Required only of universities.")


def test_what_has_no_badge_is_called_a_training(pages: Pages):
    kinds = [pages.get(f"/en/offerings/{i}").main.one("h1").parent.one("p").text.split(" ·")[0] for i in (REAL, BARE)]
    assert kinds == ["Micro-credential", "Training"]


def test_koski_is_explained_in_plain_words(pages: Pages):
    text = pages.get(f"/en/offerings/{STUDY_CENTRE}").main.text
    for promise in (
        "if you give your consent",
        "before the training begins or when it begins",
        "For a child under 18 a guardian gives it",
        "It is never a condition",
        "Only passed results are recorded",
    ):
        assert promise in text


def test_koski_is_not_spoken_of_where_it_is_not_used(pages: Pages):
    assert "Koski" not in pages.get(f"/en/offerings/{REAL}").main.text


def test_a_text_in_another_language_is_told_and_marked(pages: Pages):
    page = pages.get(f"/en/offerings/{STUDY_CENTRE}")
    assert page.notices == ["This is not available in English. We show it in: Finnish."]
    assert page.main.one("h1").one("span")["lang"] == "fi"


def test_a_page_in_its_own_language_tells_of_nothing_missing(pages: Pages):
    page = pages.get(f"/fi/offerings/{STUDY_CENTRE}")
    assert page.notices == [] and page.main.one("h1").all("span") == []


def test_a_text_with_a_lying_label_is_marked_with_its_real_language(pages: Pages):
    page = pages.get(f"/sv/offerings/{MISLABELLED}")
    assert page.main.one("div", class_="prose")["lang"] == "en"
    assert [notice for notice in page.notices if "engelska" in notice]


def test_a_text_with_a_lying_label_serves_those_who_read_its_real_language(pages: Pages):
    prose = pages.get(f"/en/offerings/{MISLABELLED}").main.one("div", class_="prose")
    assert "lang" not in prose.attributes and prose.text.startswith("The course gives an overview")


def test_cards_in_lists_mark_texts_in_another_language_too(pages: Pages):
    page = pages.get("/sv/providers/hanken")
    card = next(c for c in page.main.all("article") if c.one("h3").text == "Hållbar finansiering")
    assert card.one("p", class_="summary").one("span")["lang"] == "en"


def test_only_a_title_makes_a_page_that_says_what_is_not_known(pages: Pages):
    text = pages.get(f"/en/offerings/{BARE}").main.text
    assert "The provider has not described the learning outcomes." in text
    assert "The next date is not known." in text
    assert "scope not stated" in text


def test_an_example_says_on_its_page_that_it_is_one(pages: Pages):
    assert pages.get(f"/en/offerings/{EXAMPLE}").main.all("span", class_="warn")[0].text == "example"


def test_an_example_says_in_lists_that_it_is_one(pages: Pages):
    cards = pages.get("/en/search?provider=helsinki&sort=title").main.all("article")
    marked = {c.one("a")["href"].rpartition("/")[2]: bool(c.all("span", class_="warn")) for c in cards}
    assert marked[EXAMPLE] and not marked[REAL]


def test_an_example_stays_out_of_search_engines(pages: Pages):
    page = pages.get(f"/en/offerings/{EXAMPLE}")
    assert page.robots == "noindex,follow" and page.root.all("script", type="application/ld+json") == []


def test_the_badge_and_codes_stand_in_brief(pages: Pages):
    brief = facts(pages.get(f"/en/offerings/{REAL}"))
    assert (brief["Code"], brief["Certificate"]) == ("REAL-1", "digital certificate, can be shared")


def test_one_can_enrol_on_the_site_of_the_provider(pages: Pages):
    button = pages.get(f"/en/offerings/{REAL}").main.one("a", class_="ds-button")
    assert (button["href"], button["rel"]) == ("https://example.org/hiljaisuus", "noopener noreferrer")


@pytest.mark.parametrize("path", [f"/fi/offerings/{DRAFT}", f"/api/v1/offerings/{DRAFT}"])
def test_drafts_are_seen_by_nobody(client: FlaskClient, path: str):
    response = client.get(path)
    assert response.status_code == 404 and "Keskeneräinen" not in response.get_data(as_text=True)


def test_a_withdrawn_offering_says_so_and_shows_others_of_its_field(pages: Pages, client: FlaskClient):
    page = pages.get(f"/fi/offerings/{GONE}", status=410)
    shown = [link["href"].rpartition("/")[2] for h in page.main.all("h3") for link in h.all("a")]
    same_field = {i["id"] for i in client.get("/api/v1/offerings?field=02&size=100").json["items"]}
    assert 1 <= len(shown) <= 4 and set(shown) <= same_field


def test_a_withdrawn_offering_names_the_day_it_was_in_helsinki(pages: Pages):
    text = pages.get(f"/en/offerings/{GONE}", status=410).main.text
    assert "This was withdrawn on 11 November 2026." in text


def test_a_withdrawn_offering_no_longer_shows_its_texts(pages: Pages):
    assert "Poistuva" not in pages.get(f"/fi/offerings/{GONE}", status=410).html


def test_a_withdrawn_offering_leaves_search_engines(pages: Pages):
    page = pages.get(f"/fi/offerings/{GONE}", status=410)
    assert page.response.headers["X-Robots-Tag"] == "noindex" and "noindex" in page.robots
