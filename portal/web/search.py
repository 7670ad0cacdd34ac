"""The results page: hits, facets, chips, order and pages; the whole state stands in the address."""

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.model.message import N_, Message
from portal.model.query import SORTS, SearchQuery
from portal.services.parameters import read_query
from portal.services.searching import FacetAnswer, FacetValue, SearchAnswer
from portal.web.cards import make_card
from portal.web.current import labels, services
from portal.web.formatting import number
from portal.web.languages import LANG
from portal.web.limits import search_limit

blueprint = Blueprint("search", __name__)
_OPEN_AT_FIRST = ("field", "scope", "mode")
_SHOWN_VALUES = 8


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and the address of the same search without it."""

    label: str
    url: str


@dataclass(frozen=True)
class FacetView:
    """A facet as the page shows it: the first values, the rest behind "show all", and under a field its narrow fields."""

    answer: FacetAnswer
    first: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]
    narrow: dict[str, list[FacetValue]]
    is_open: bool


@blueprint.get(f"/{LANG}/search")
@search_limit
def results() -> Response | str:
    query, notices = read_query(request.args.items(multi=True), labels())
    answer = services().searching.find(query, labels())
    if query.page > answer.pages:
        notices.append(Message(N_("There are only {n} pages. This is the last one."), {"n": answer.pages}))
        query = replace(query, page=answer.pages)
        answer = services().searching.find(query, labels())
    return render_template(
        "search/results.html",
        answer=answer,
        query=query,
        cards=[make_card(hit.shown) for hit in answer.hits],
        notices=[notice.render(gettext) for notice in (*notices, *answer.notices)],
        facets=[facet_view(facet) for facet in answer.facets if not facet.facet.is_flag],
        flags=[(facet.facet.name, facet.values[0]) for facet in answer.facets if facet.facet.is_flag],
        chips=chips(answer),
        clear_url=search_url(SearchQuery(text=query.text, sort=query.sort)),
        sorts=[(name, label) for name, label in _sort_labels().items() if name in SORTS],
        pages=page_links(answer),
        page_url=lambda page: search_url(query, page),
        plain=not query.text and not query.is_filtered and query.sort == "relevance" and query.page == 1,
    )


@blueprint.get(f"/{LANG}/search/")
def with_slash() -> Response:
    return redirect(url_for("search.results", **request.args.to_dict(flat=False)))


def search_url(query: SearchQuery, page: int = 1) -> str:
    """The address of a search."""
    pairs = query.pairs() + ([("page", str(page))] if page > 1 else [])
    return url_for("search.results", **MultiDict(pairs).to_dict(flat=False))


def facet_view(answer: FacetAnswer) -> FacetView:
    values = answer.values
    narrow: dict[str, list[FacetValue]] = {}
    if answer.facet.name == "field":
        chosen = {value.value[:2] for value in values if value.chosen}
        for value in values:
            if len(value.value) == 3 and value.value[:2] in chosen and (value.count or value.chosen):
                narrow.setdefault(value.value[:2], []).append(value)
        values = tuple(value for value in values if len(value.value) == 2)
    first = values if len(values) <= _SHOWN_VALUES + 1 else _most_useful(values)
    more = tuple(value for value in values if value not in first)
    is_open = answer.facet.name in _OPEN_AT_FIRST or bool(answer.chosen)
    return FacetView(answer, first, more, narrow, is_open)


def _most_useful(values: tuple[FacetValue, ...]) -> tuple[FacetValue, ...]:
    """Chosen values and those with most offerings, left in their order."""
    best = sorted(values, key=lambda value: (not value.chosen, -value.count))[:_SHOWN_VALUES]
    return tuple(value for value in values if value in best)


def chips(answer: SearchAnswer) -> list[Chip]:
    query = answer.query
    found = [
        Chip(value.label, search_url(query.without(facet.facet.name, value.value)))
        for facet in answer.facets
        for value in facet.values
        if value.chosen
    ]
    if query.ects_min is not None:
        found.append(
            Chip(gettext("at least %(n)s ECTS", n=number(query.ects_min)), search_url(query.without("ects_min")))
        )
    if query.ects_max is not None:
        found.append(
            Chip(gettext("at most %(n)s ECTS", n=number(query.ects_max)), search_url(query.without("ects_max")))
        )
    return found


def page_links(answer: SearchAnswer) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is the current page; an empty address stands for a gap."""
    current, last = answer.query.page, answer.pages
    wanted = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    links: list[tuple[str, str, bool]] = []
    before = 0
    for page in wanted:
        if page - before > 1:
            links.append(("…", "", False))
        links.append((number(page), search_url(answer.query, page), page == current))
        before = page
    return links


def _sort_labels() -> dict[str, str]:
    return {
        "relevance": gettext("Best match first"),
        "start": gettext("Starts first"),
        "scope": gettext("Smallest first"),
        "title": gettext("By title"),
        "new": gettext("Newest first"),
    }
