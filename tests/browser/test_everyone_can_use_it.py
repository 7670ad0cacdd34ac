"""Pages are usable by everyone: checked by axe-core, narrow and wide, light and dark, with larger spacing."""

from collections.abc import Callable

import pytest
from site_for_tests import BARE, EXAMPLE, EXAMPLE_OF_60, GONE, HOSTILE, LANGUAGES, MISLABELLED, REAL, STUDY_CENTRE
from visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.long]

PAGES = {
    "home": "",
    "search": "search",
    "search with filters": "search?q=a&field=06&scope=1-4&ects_min=1&page=9",
    "search that finds nothing": "search?q=qwertyzxcv&mode=online",
    "offering": f"offerings/{REAL}",
    "withdrawn offering": f"offerings/{GONE}",
    "providers": "providers/",
    "provider": "providers/helsinki",
    "becoming a provider": "providers/join",
    "signing in": "desk/sign-in",
    "asking for a link": "desk/link/password",
    "form of interest": f"offerings/{REAL}/interest?level=organisation",
    "form of a report": f"offerings/{REAL}/report",
    "wishes": "proposals/",
    "wish": "proposals/lampopumppu",
    "wish that was held": "proposals/selko-viranom",
    "form of a wish": "proposals/new?q=tekoäly&field=06",
    "form of joining": "proposals/tekoaly-ope/join",
    "erasing": "privacy/erase",
    "link that was cut": "mail/confirm/cut",
    "demand": "demand",
    "how demand is counted": "demand/method",
    "about": "about",
    "privacy": "privacy",
    "accessibility": "accessibility",
    "not found": "nothing-here",
}
OFFERINGS = {
    "example offering": f"offerings/{EXAMPLE}",
    "offering of 60 credits": f"offerings/{EXAMPLE_OF_60}",
    "offering with only a title": f"offerings/{BARE}",
    "offering with hostile texts": f"offerings/{HOSTILE}",
    "offering whose label lies": f"offerings/{MISLABELLED}",
    "offering of a study centre": f"offerings/{STUDY_CENTRE}",
}
every_kind_of_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
every_page = pytest.mark.parametrize("path", [*PAGES.values(), *OFFERINGS.values()], ids=[*PAGES, *OFFERINGS])
every_language = pytest.mark.parametrize("language", LANGUAGES)

SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                     p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
BEYOND_THE_EDGE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > edge + 1)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, summary, a.chip, .langs a, .menu a, .pages a, .ds-button, .list a, .fields a')]
  .filter(e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 0 && (box.width < 23.9 || box.height < 23.9))
  .map(([e, box]) => `${e.outerHTML.slice(0, 100)} ${box.width} x ${box.height}`)"""


def open_everything(visitor: Visitor) -> Visitor:
    """Open every panel, so that nothing hides from the checks."""
    visitor.page.evaluate("document.querySelectorAll('details').forEach(panel => { panel.open = true })")
    return visitor


@every_kind_of_page
def test_no_page_has_a_barrier(visit: Callable[..., Visitor], axe: str, path: str):
    assert visit(f"/fi/{path}", color_scheme="light").barriers(axe) == []


@pytest.mark.parametrize("path", ["search", f"offerings/{REAL}"])
def test_no_page_has_a_barrier_on_a_phone_in_the_dark(visit: Callable[..., Visitor], axe: str, path: str):
    assert visit(f"/sv/{path}", width=320, color_scheme="dark").barriers(axe) == []


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_opened_panels_have_no_barrier(visit: Callable[..., Visitor], axe: str, color_scheme: str):
    visitor = visit("/fi/search?field=06&koski=1", width=360, color_scheme=color_scheme)
    assert open_everything(visitor).barriers(axe) == []


@pytest.mark.long
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@every_language
@every_page
def test_no_page_has_a_barrier_in_any_language_width_and_colour(
    visit: Callable[..., Visitor], axe: str, path: str, language: str, width: int, color_scheme: str
):
    assert visit(f"/{language}/{path}", width=width, color_scheme=color_scheme).barriers(axe) == []


@pytest.mark.parametrize("path", ["", "search", f"offerings/{HOSTILE}"])
def test_nothing_leaves_a_narrow_screen(visit: Callable[..., Visitor], path: str):
    assert visit(f"/fi/{path}", width=320).page.evaluate(BEYOND_THE_EDGE) == []


@pytest.mark.long
@every_language
@every_page
def test_no_page_in_any_language_leaves_a_narrow_screen(visit: Callable[..., Visitor], path: str, language: str):
    visitor = open_everything(visit(f"/{language}/{path}", width=320))
    assert visitor.page.evaluate(BEYOND_THE_EDGE) == []


@pytest.mark.long
@every_language
@every_page
def test_wider_spacing_of_text_pushes_nothing_off_the_screen(visit: Callable[..., Visitor], path: str, language: str):
    visitor = visit(f"/{language}/{path}", width=360)
    visitor.page.evaluate(SPACING)
    assert visitor.page.evaluate(BEYOND_THE_EDGE) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_everything_to_press_is_large_enough(visit: Callable[..., Visitor], width: int):
    assert open_everything(visit("/fi/search?field=06&page=2", width=width)).page.evaluate(SMALL_TARGETS) == []


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 1280])
@every_page
def test_everything_to_press_is_large_enough_on_every_page(visit: Callable[..., Visitor], path: str, width: int):
    assert open_everything(visit(f"/sv/{path}", width=width)).page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("path", ["", "search?mode=online", f"offerings/{REAL}"])
def test_colours_that_a_visitor_forces_stay_readable(visit: Callable[..., Visitor], axe: str, path: str):
    visitor = visit(f"/fi/{path}", forced_colors="active")
    assert visitor.barriers(axe, rules=["color-contrast"]) == []


def test_ticks_are_seen_in_colours_that_a_visitor_forces(visit: Callable[..., Visitor]):
    box = visit("/fi/search?mode=online", forced_colors="active").page.locator("#mode-online")
    assert box.evaluate("e => getComputedStyle(e).appearance") == "auto"


def test_dark_pages_are_dark(visit: Callable[..., Visitor]):
    script = "getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number)"
    light = visit("/fi/", color_scheme="light").page.evaluate(script)
    dark = visit("/fi/", color_scheme="dark").page.evaluate(script)
    assert sum(light) > 2 * sum(dark)


def test_our_own_font_is_in_use(visit: Callable[..., Visitor]):
    page = visit("/fi/").page
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("[...document.fonts].some(face => face.status === 'loaded')")
    assert "Source Sans 3" in page.evaluate("getComputedStyle(document.body).fontFamily")


@pytest.mark.parametrize(
    "path", [f"offerings/{REAL}/interest?level=organisation", "proposals/tekoaly-ope/join", "privacy/erase"]
)
@pytest.mark.parametrize(("language", "color_scheme"), [("fi", "light"), ("sv", "dark"), ("en", "light")])
def test_a_form_that_comes_back_has_no_barrier(
    visit: Callable[..., Visitor], axe: str, path: str, language: str, color_scheme: str
):
    visitor = visit(f"/{language}/{path}", width=360, color_scheme=color_scheme)
    if visitor.page.locator("#level-3").count():
        visitor.page.check("#level-3")
    visitor.page.fill("#email", "anna")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").first.click()
    assert visitor.page.locator("#errors li").count() >= 1
    assert visitor.barriers(axe) == []
