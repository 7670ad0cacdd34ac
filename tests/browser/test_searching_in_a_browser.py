"""Searching and filtering as it feels: at once with scripts, by the button without, and by keyboard alone."""

from collections.abc import Callable

import pytest
from site_for_tests import REAL
from visitor import Visitor

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]


def shown(visitor: Visitor) -> list[str]:
    return visitor.page.locator(".hits h3").all_inner_texts()


def tick(visitor: Visitor, box: str, path: str) -> Visitor:
    """Tick or untick and wait until the address tells so."""
    visitor.page.click(f"label[for='{box}']")
    visitor.wait_for_path(path)
    return visitor


def test_a_tick_changes_results_and_address_at_once(visit: Visit):
    visitor = visit("/fi/search")
    before = shown(visitor)
    tick(visitor, "mode-onsite", "/fi/search?mode=onsite")
    assert shown(visitor) != before


def test_a_tick_does_not_load_the_page_anew(visit: Visit):
    visitor = visit("/fi/search")
    visitor.page.evaluate("window.sameOne = true")
    tick(visitor, "mode-onsite", "/fi/search?mode=onsite")
    assert visitor.page.evaluate("window.sameOne") is True


def test_a_tick_shows_what_the_address_would_show(visit: Visit):
    ticked = tick(visit("/fi/search"), "mode-onsite", "/fi/search?mode=onsite")
    opened = visit("/fi/search?mode=onsite")
    assert (ticked.count, shown(ticked)) == (opened.count, shown(opened))


def test_the_new_count_is_announced(visit: Visit):
    visitor = visit("/fi/search")
    assert visitor.page.inner_text("#announce[role=status]") == ""
    tick(visitor, "mode-onsite", "/fi/search?mode=onsite")
    assert visitor.page.inner_text("#announce[role=status]") == visitor.count


def test_focus_stays_on_the_tick_box(visit: Visit):
    visitor = visit("/fi/search")
    visitor.page.focus("#mode-onsite")
    visitor.page.keyboard.press("Space")
    visitor.wait_for_path("/fi/search?mode=onsite")
    assert visitor.focused == "mode-onsite" and visitor.page.is_checked("#mode-onsite")


def test_panels_that_were_opened_stay_open(visit: Visit):
    visitor = visit("/fi/search")
    visitor.page.click("#facet-price > summary")
    tick(visitor, "price-free", "/fi/search?price=free")
    tick(visitor, "price-free", "/fi/search")
    assert visitor.page.get_attribute("#facet-price", "open") is not None


def test_ticks_add_up(visit: Visit):
    visitor = tick(visit("/fi/search?q=a"), "mode-onsite", "/fi/search?q=a&mode=onsite")
    tick(visitor, "scope-1-4", "/fi/search?q=a&scope=1-4&mode=onsite")
    assert visitor.page.locator(".chips .set").count() == 2


def test_unticking_takes_the_filter_away(visit: Visit):
    visitor = tick(visit("/fi/search?mode=onsite"), "mode-onsite", "/fi/search")
    assert visitor.page.locator(".chips").count() == 0


def test_a_chip_takes_its_filter_away_and_unticks_the_box(visit: Visit):
    visitor = visit("/fi/search?mode=onsite&scope=1-4")
    visitor.page.click(".chips a[href='/fi/search?scope=1-4']")
    visitor.wait_for_path("/fi/search?scope=1-4")
    assert not visitor.page.is_checked("#mode-onsite") and visitor.page.is_checked("#scope-1-4")
    assert visitor.focused == "count"


def test_back_restores_ticks_results_and_words(visit: Visit):
    visitor = visit("/fi/search?q=a")
    before = (visitor.count, shown(visitor))
    tick(visitor, "mode-onsite", "/fi/search?q=a&mode=onsite")
    visitor.page.go_back()
    visitor.page.wait_for_selector("#mode-onsite:not(:checked)")
    assert (visitor.count, shown(visitor)) == before and visitor.path == "/fi/search?q=a"
    assert visitor.page.input_value("#q") == "a"


def test_forward_brings_the_tick_again(visit: Visit):
    visitor = tick(visit("/fi/search"), "mode-onsite", "/fi/search?mode=onsite")
    after = shown(visitor)
    visitor.page.go_back()
    visitor.page.wait_for_selector("#mode-onsite:not(:checked)")
    visitor.page.go_forward()
    visitor.page.wait_for_selector("#mode-onsite:checked")
    assert shown(visitor) == after


def test_back_from_an_offering_finds_the_list_as_it_was_left(visit: Visit):
    visitor = tick(visit("/fi/search"), "mode-onsite", "/fi/search?mode=onsite")
    before = (visitor.count, shown(visitor))
    visitor.page.click(".hits h3 a >> nth=0")
    visitor.page.wait_for_selector("#criteria")
    visitor.page.go_back()
    visitor.page.wait_for_selector("#mode-onsite:checked")
    assert (visitor.count, shown(visitor)) == before


def test_another_order_is_taken_at_once(visit: Visit):
    visitor = visit("/fi/search")
    visitor.page.select_option("#sort", "title")
    visitor.wait_for_path("/fi/search?sort=title")
    assert shown(visitor) == shown(visit("/fi/search?sort=title"))


def test_the_language_switcher_keeps_what_was_ticked(visit: Visit):
    visitor = tick(visit("/fi/search"), "mode-onsite", "/fi/search?mode=onsite")
    visitor.page.click(".langs a[lang=sv]")
    visitor.wait_for_path("/sv/search?mode=onsite")
    assert visitor.page.is_checked("#mode-onsite")


def test_the_last_of_quick_ticks_wins(visit: Visit):
    visitor = visit("/fi/search")
    visitor.page.evaluate("for (const id of ['mode-onsite', 'scope-1-4']) document.getElementById(id).click()")
    visitor.wait_for_path("/fi/search?scope=1-4&mode=onsite")
    assert visitor.page.locator(".chips .set").count() == 2


def test_without_scripts_filters_are_applied_by_the_button(visit: Visit):
    visitor = visit("/fi/search?q=a", java_script_enabled=False)
    visitor.page.check("#mode-onsite")
    visitor.page.click("button[form=f]")
    with_scripts = visit("/fi/search?q=a&mode=onsite")
    assert visitor.page.is_checked("#mode-onsite")
    assert (visitor.count, shown(visitor)) == (with_scripts.count, shown(with_scripts))


def test_without_scripts_a_phone_can_filter_too(visit: Visit):
    visitor = visit("/sv/search", width=360, java_script_enabled=False)
    visitor.page.click("details.filters > summary")
    visitor.page.check("#mode-onsite")
    visitor.page.click("button[form=f]")
    visitor.page.wait_for_selector(".chips .set")
    assert "mode=onsite" in visitor.path


def test_the_first_press_of_tab_finds_the_way_past_the_top(visit: Visit):
    visitor = visit("/fi/search")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip"
    assert visitor.page.locator(".skip").bounding_box()["x"] >= 0
    visitor.page.keyboard.press("Enter")
    assert visitor.focused == "main"


def test_words_are_searched_by_enter(visit: Visit):
    visitor = visit("/en/")
    visitor.page.focus("#q")
    visitor.page.keyboard.type("data")
    visitor.page.keyboard.press("Enter")
    visitor.wait_for_path("/en/search?q=data")
    assert shown(visitor)


def test_everything_on_the_search_page_is_reached_by_tab_in_the_order_it_is_seen(visit: Visit):
    visitor = visit("/fi/search")
    reached = []
    for _ in range(14):
        visitor.page.keyboard.press("Tab")
        reached.append(
            visitor.page.evaluate("document.activeElement.closest('header, search, #filters, #results')?.tagName")
        )
    assert [place for n, place in enumerate(reached) if place not in reached[:n]][1:4] == [
        "HEADER",
        "SEARCH",
        "SECTION",
    ]


def test_what_has_the_focus_is_seen(visit: Visit):
    visitor = visit("/fi/search")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_menu_opens_on_a_phone(visit: Visit):
    visitor = visit("/fi/", width=360)
    link = visitor.page.locator(".menu a[href='/fi/demand']")
    assert not link.is_visible()
    visitor.page.click(".menu > summary")
    assert link.is_visible()
    link.click()
    visitor.wait_for_path("/fi/demand")


def test_the_menu_is_open_on_a_wide_screen(visit: Visit):
    assert visit("/fi/").page.locator(".menu a[href='/fi/demand']").is_visible()


def test_filters_are_folded_on_a_phone_and_unfold(visit: Visit):
    visitor = visit("/fi/search", width=360)
    assert not visitor.page.locator("label[for=mode-onsite]").is_visible()
    visitor.page.click("details.filters > summary")
    assert visitor.page.locator("label[for=mode-onsite]").is_visible()


def test_paper_has_the_results_and_not_the_filters(visit: Visit):
    visitor = visit("/fi/search?field=06")
    visitor.page.emulate_media(media="print")
    assert not visitor.page.locator("#filters details").first.is_visible()
    assert not visitor.page.locator("footer").is_visible()
    assert visitor.page.locator(".hits h3").first.is_visible() and visitor.page.locator("#count").is_visible()


def test_paper_has_the_whole_offering(visit: Visit):
    visitor = visit(f"/fi/offerings/{REAL}")
    visitor.page.emulate_media(media="print")
    assert all(heading.is_visible() for heading in visitor.page.locator("main h1, main h2").all())


def test_when_the_quick_way_fails_the_page_is_loaded_the_plain_way(visit: Visit):
    visitor = visit("/fi/search")
    visitor.page.route(
        "**/fi/search?*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    visitor.page.evaluate("window.sameOne = true")
    tick(visitor, "mode-onsite", "/fi/search?mode=onsite")
    assert visitor.page.evaluate("window.sameOne") is None and visitor.page.is_checked("#mode-onsite")
    visitor.complaints.clear()  # the browser noted the answer that this test took away
