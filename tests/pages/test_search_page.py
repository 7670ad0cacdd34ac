"""Searching and filtering: what is ticked, counted, told and linked."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from every_page import Page, Pages
from flask.testing import FlaskClient

FACETS = ("field", "scope", "mode", "start", "language", "price", "region", "provider", "provider_type", "level",
          "target_group", "pok", "koski", "organisations")  # fmt: skip


def pairs(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def shown_ids(page: Page) -> list[str]:
    return [link["href"].rpartition("/")[2] for heading in page.main.all("h3") for link in heading.all("a")]


def boxes(page: Page, name: str) -> dict[str, int]:
    """Value → count beside its tick box."""
    options = [o for o in page.main.all("div", class_="opt") if o.one("input")["name"] == name]
    return {o.one("input")["value"]: int(re.sub(r"\D", "", o.one("span", class_="n").text)) for o in options}


@pytest.mark.parametrize("query", ["", "?q=historia", "?field=02&field=06&scope=1-4", "?pok=1&mode=online&start=3m"])
@pytest.mark.parametrize("facet", FACETS)
def test_counts_beside_tick_boxes_are_those_of_the_api(pages: Pages, client: FlaskClient, facet: str, query: str):
    counted = {v["value"]: v["count"] for v in client.get(f"/api/v1/offerings{query}").json["facets"].get(facet, [])}
    on_page = boxes(pages.get(f"/fi/search{query}"), facet)
    if facet == "field":
        assert on_page == {value: count for value, count in counted.items() if value in on_page}
        assert {value for value in counted if len(value) == 2} <= set(on_page)
    else:
        assert {value: count for value, count in on_page.items() if count} == {v: c for v, c in counted.items() if c}


def test_a_ticked_value_finds_as_many_as_stood_beside_it(pages: Pages):
    before = boxes(pages.get("/fi/search?mode=online"), "price")
    after = pages.get("/fi/search?mode=online&price=free")
    assert before["free"] > 0 and after.root.one(id="count").text.startswith(str(before["free"]))


def test_chosen_values_stay_ticked(pages: Pages):
    page = pages.get("/sv/search?scope=1-4&scope=5-9&koski=1")
    ticked = [(box["name"], box["value"]) for box in page.main.all("input") if "checked" in box.attributes]
    assert sorted(ticked) == [("koski", "1"), ("scope", "1-4"), ("scope", "5-9")]


def test_tick_boxes_are_not_filled_in_by_the_browser(pages: Pages):
    boxes_on_page = pages.get("/fi/search").main.all("input", type="checkbox")
    assert boxes_on_page and all(box["autocomplete"] == "off" for box in boxes_on_page)


def test_narrow_fields_appear_under_a_chosen_field(pages: Pages):
    assert not [v for v in boxes(pages.get("/fi/search"), "field") if len(v) == 3]
    assert [v for v in boxes(pages.get("/fi/search?field=06"), "field") if v.startswith("06") and len(v) == 3]


def test_each_chip_removes_one_filter_and_keeps_the_rest(pages: Pages):
    chosen = [("q", "a"), ("field", "02"), ("field", "06"), ("scope", "1-4"), ("ects_min", "1"), ("sort", "title")]
    page = pages.get("/fi/search?" + "&".join(f"{name}={value}" for name, value in chosen))
    chips = page.main.one("ul", class_="chips").all("a", class_="set")
    removed = [sorted(set(chosen) - set(pairs(chip["href"]))) for chip in chips]
    assert sorted(removed) == [[pair] for pair in sorted(chosen) if pair[0] not in ("q", "sort")]


def test_clearing_all_filters_keeps_the_words(pages: Pages):
    page = pages.get("/en/search?q=data&field=06&pok=1&page=1")
    assert pairs(page.link("Clear all")) == [("q", "data")]


def test_a_chip_says_that_it_removes(pages: Pages):
    assert pages.get("/en/search?scope=1-4").main.one("a", class_="set").text == "Remove filter: 1–4 ECTS"


def test_nothing_can_be_cleared_when_nothing_was_chosen(pages: Pages):
    assert pages.get("/fi/search?q=data").main.all("ul", class_="chips") == []


@pytest.mark.parametrize("query", ["?field=06", "?q=vesi", "?page=2", "?sort=title", "?ects_max=5"])
def test_lists_that_were_searched_or_filtered_stay_out_of_search_engines(pages: Pages, query: str):
    assert pages.get(f"/fi/search{query}").robots == "noindex,follow"


def test_the_plain_list_may_be_indexed(pages: Pages):
    assert pages.get("/fi/search").robots == ""


def test_unknown_parameters_change_nothing(pages: Pages):
    plain, tracked = pages.get("/fi/search"), pages.get("/fi/search?utm_source=newsletter&fbclid=1")
    assert shown_ids(plain) == shown_ids(tracked) and tracked.notices == []


def test_a_page_beyond_the_end_shows_the_last_and_says_so(pages: Pages):
    page = pages.get("/en/search?field=02&page=999")
    assert page.notices == ["There is no such page of results. This is the last one."]
    assert shown_ids(page)


def test_pages_have_no_gaps_and_no_overlaps(pages: Pages, client: FlaskClient):
    total = client.get("/api/v1/offerings?field=06&size=1").json["total"]
    found = [i for n in range(1, -(-total // 20) + 1) for i in shown_ids(pages.get(f"/fi/search?field=06&page={n}"))]
    assert len(found) == len(set(found)) == total


def test_numbering_goes_on_from_page_to_page(pages: Pages):
    assert pages.get("/fi/search?page=2").main.one("ol", class_="hits")["start"] == "21"


@pytest.mark.parametrize(
    "query", ["scope=huge", "ects_min=many", "page=0", "page=-1", "page=2,5", "field=777", "sort=best", "pok=maybe"]
)
def test_a_bad_value_gives_the_page_with_a_notice(pages: Pages, query: str):
    page = pages.get(f"/en/search?{query}")
    assert [notice for notice in page.notices if query in notice] and shown_ids(page)


def test_a_search_of_more_than_ten_words_says_which_were_used(pages: Pages):
    words = "+".join(f"sana{n}" for n in range(12))
    assert pages.get(f"/en/search?q={words}").notices == ["Your search was long. We used the first ten words."]


def test_nothing_found_says_what_to_try(pages: Pages):
    page = pages.get("/en/search?q=Python&provider=sivis&mode=online")
    assert page.root.one(id="count").text == "No matches"
    assert pairs(page.link("Search without filters")) == [("q", "Python")]


def test_the_searched_words_stay_in_the_box(pages: Pages):
    assert pages.get('/fi/search?q=%22+onfocus%3D"x"').root.one("input", id="q")["value"] == '" onfocus="x"'


def test_the_number_of_matches_stands_in_the_title_of_the_window(pages: Pages):
    page = pages.get("/en/search?q=history")
    assert page.root.one("title").text == f"{page.root.one(id='count').text}: history – Osaset"


def test_there_is_a_place_where_the_count_is_announced(pages: Pages):
    assert pages.get("/fi/search").root.one(id="announce")["role"] == "status"


def test_filters_and_order_belong_to_the_search_form(pages: Pages):
    page = pages.get("/fi/search")
    form = page.root.one("form", id="f")
    assert (form["action"], form["method"]) == ("/fi/search", "get")
    assert page.root.one("select", id="sort")["form"] == "f"


def test_credit_bounds_survive_the_next_ticking(pages: Pages):
    hidden = pages.get("/fi/search?ects_min=1,5&ects_max=5").root.all("input", type="hidden", form="f")
    assert [(field["name"], field["value"]) for field in hidden] == [("ects_min", "1.5"), ("ects_max", "5")]


def test_draft_and_withdrawn_offerings_are_not_found(client: FlaskClient):
    ids = [i["id"] for q in ("Poistuva", "Keskeneräinen") for i in client.get(f"/api/v1/offerings?q={q}").json["items"]]
    assert not {"helsinki-gone-1", "helsinki-draft-1"} & set(ids)


def test_titles_are_sorted_as_finns_look_them_up(pages: Pages):
    page = pages.get("/fi/search?sort=title&page=999")
    titles = [heading.text for heading in page.main.all("h3")]
    assert titles[-1][0] in "ÄÖ" or titles[-1][0] == "Y"
    order = "abcdefghijklmnopqrstuvwxyzåäö"
    firsts = [order.index(title[0].casefold()) for title in titles if title[0].casefold() in order]
    assert firsts == sorted(firsts) and len(firsts) > 1
