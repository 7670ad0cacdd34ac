"""Searches in vain: judged, counted by searchers whom nobody can trace, and never kept when they look private."""

import pytest
import sqlalchemy as sa
from factories import make_offering

from portal.model.errors import Rejected
from portal.model.query import SearchQuery
from portal.model.searched import Frequent, Verdict
from portal.services.vain import is_robot
from portal.store.signal_tables import vain_search

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PRIVATE = [
    "matti.meikalainen@people.example", "matti meikäläinen 040 123 4567", "+358 40 1234567", "131052-308T",
    "131052A308T", "hae minut 09-1234567",
]  # fmt: skip


def answer(services, text="", language="fi", page=1, literal=False, **filters):
    chosen = {name: tuple(values.split()) for name, values in filters.items()}
    query = SearchQuery(text=text, language=language, filters=chosen, page=page, literal=literal)
    return services.searching.find(query, services.searching.labels("fi", str))


def look(services, *arguments, trace="192.0.2.7 firefox", agent=BROWSER, **filters):
    return services.searches_in_vain.note(answer(services, *arguments, **filters), trace=trace, agent=agent)


def kept(services):
    return [signal for signal in services.demand_store.signals() if signal.kind == "vain"]


def rows(services):
    with services.database.read() as connection:
        return connection.execute(sa.select(vain_search)).all()


def test_a_search_that_finds_nothing_is_kept_with_its_words_and_filters(wishes):
    assert look(wishes, "Mehiläishoito!", field="08", region="14", language="fi") is Verdict.NOTHING_EXISTS
    (signal,) = kept(wishes)
    assert (signal.words, signal.field, signal.region, signal.language) == ("mehiläishoito", "08", "14", "fi")
    assert (signal.people, signal.level, signal.confirmed) == (1, None, False)


def test_a_search_that_finds_something_is_not_kept(wishes):
    assert look(wishes, "tekoäly") is None
    assert kept(wishes) == []


def test_a_search_that_filters_alone_made_empty_is_told_apart(wishes):
    assert look(wishes, "tekoäly", field="08") is Verdict.OVER_FILTERED
    assert [signal.field for signal in kept(wishes)] == ["08"]


def test_a_typing_error_is_told_apart_and_does_not_count(wishes):
    wishes.store.save([(make_offering(code="l", title={"fi": "Lampaiden laiduntaminen"}), {})])
    wishes.indexer.bring_up_to_date()
    assert look(wishes, "zzlampaiden", literal=True) is Verdict.TYPING_ERROR
    assert kept(wishes) == []
    assert look(wishes, "mehiläishoito", literal=True) is Verdict.NOTHING_EXISTS


def test_of_several_values_of_one_filter_none_is_the_field(wishes):
    look(wishes, "mehiläishoito", field="08 09")
    assert kept(wishes)[0].field is None
    assert rows(wishes)[0].filters == "field=08&field=09"


def test_the_same_search_of_one_searcher_is_kept_once(wishes):
    for _ in range(3):
        look(wishes, "mehiläishoito")
    look(wishes, "mehiläishoito", trace="192.0.2.8 firefox")
    assert len(kept(wishes)) == len({signal.person for signal in kept(wishes)}) == 2


@pytest.mark.parametrize("text", PRIVATE)
def test_what_looks_private_is_not_kept_at_all(wishes, text):
    look(wishes, text)
    assert rows(wishes) == []
    assert not wishes.searches_in_vain.not_suitable(SearchQuery(text=text), "level", trace="x", agent=BROWSER)


@pytest.mark.parametrize(
    "agent",
    ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5.0", "python-requests/2.32", "UptimeRobot/2.0",
     "Mozilla/5.0 (compatible; bingbot/2.0)", "Mozilla/5.0 HeadlessChrome/140.0"],
)  # fmt: skip
def test_robots_and_monitors_are_told_apart_and_not_kept(wishes, agent):
    assert look(wishes, "mehiläishoito", agent=agent) is Verdict.ROBOT
    assert rows(wishes) == []


@pytest.mark.parametrize(
    "agent",
    [BROWSER, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
     "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"],
)  # fmt: skip
def test_peoples_browsers_are_no_robots(agent):
    assert not is_robot(agent)


def test_a_second_page_and_an_empty_search_are_no_searches_in_vain(wishes):
    assert look(wishes, "mehiläishoito", page=2) is None
    assert look(wishes) is None
    assert rows(wishes) == []


def test_what_told_searchers_apart_is_not_kept(wishes):
    look(wishes, "mehiläishoito", trace="192.0.2.7 the very browser")
    assert "192.0.2.7" not in repr(rows(wishes)) and "very browser" not in repr(rows(wishes))


def test_with_a_new_month_searchers_get_new_keys_and_the_old_salt_is_gone(wishes, time):
    look(wishes, "mehiläishoito")
    before = list((wishes.settings.data / "salts").iterdir())
    time.move(days=30)
    look(wishes, "mehiläishoito")
    assert len({signal.person for signal in kept(wishes)}) == 2
    after = list((wishes.settings.data / "salts").iterdir())
    assert len(before) == len(after) == 1 and before != after


def test_words_are_told_only_when_five_people_searched_them(wishes):
    for number in range(4):
        look(wishes, "mehiläishoito", trace=f"{number}")
    assert wishes.searches_in_vain.frequent() == []
    look(wishes, "Mehiläishoito", trace="4")
    assert wishes.searches_in_vain.frequent() == [Frequent("mehiläishoito", "fi", 5)]


def test_people_of_two_months_are_not_added_up_since_they_may_be_the_same(wishes, time):
    for _ in range(2):
        for number in range(3):
            look(wishes, "mehiläishoito", trace=f"{number}")
        time.move(days=30)
    assert wishes.searches_in_vain.frequent() == []


def test_why_nothing_suited_is_kept_once_a_searcher_and_the_later_reason_counts(wishes):
    query = SearchQuery(text="tekoäly", filters={"field": ("06",)})
    for reason in ("level", "price"):
        assert wishes.searches_in_vain.not_suitable(query, reason, trace="x", agent=BROWSER)
    (signal,) = wishes.demand_store.signals()
    assert (signal.kind, signal.words, signal.field) == ("unsuitable", "tekoäly", "06")
    with wishes.database.read() as connection:
        assert connection.exec_driver_sql("SELECT reason FROM unsuitable").scalars().all() == ["price"]


def test_another_reason_is_refused_with_a_sentence(wishes):
    with pytest.raises(Rejected):
        wishes.searches_in_vain.not_suitable(SearchQuery(text="x"), "colour", trace="x", agent=BROWSER)
