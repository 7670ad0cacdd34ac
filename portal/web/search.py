"""The results page: hits, facets, chips, order and pages; the whole state stands in the address."""

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.model.feedback import UNSUITABLE_REASONS
from portal.model.message import N_, Message
from portal.model.query import SORTS, SearchQuery
from portal.search.facets import BY_NAME
from portal.services.parameters import read_query
from portal.services.searching import FacetAnswer, FacetValue, SearchAnswer
from portal.web.cards import make_card
from portal.web.current import labels, language, services
from portal.web.formatting import NO_BREAK, number, unit
from portal.web.languages import LANG
from portal.web.limits import search_limit
from portal.web.vain import note_if_in_vain
from portal.web.wish_cards import make_wish_card

blueprint = Blueprint("search", __name__)
_OPEN_AT_FIRST = ("field", "scope", "mode")
_SHOWN_VALUES = 8
_SHOWN_RELATED = 5
_SHOWN_WISHES = 3
_HANDED_ON = ("field", "scope", "language", "region", "mode")


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and the address of the same search without it."""

    label: str
    url: str
    count: int = 0


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
    note_if_in_vain(answer)
    if query.page > answer.pages:
        notices.append(Message(N_("There is no such page of results. This is the last one.")))
        query = replace(query, page=answer.pages)
        answer = services().searching.find(query, labels())
    found = services().searching.highlighter(answer.plan)
    return render_template(
        "search/results.html",
        answer=answer,
        query=query,
        cards=[make_card(hit.shown, found) for hit in answer.hits],
        related=[make_card(hit.shown, found) for hit in answer.related[:_SHOWN_RELATED]] if query.page == 1 else [],
        understood=understood(answer),
        literal_url=search_url(replace(query, literal=True, page=1)) if answer.plan.was_read else "",
        clear_literal=search_url(replace(query, literal=False, page=1)),
        mended=(answer.plan.did_you_mean, search_url(replace(query, text=answer.plan.did_you_mean, page=1))),
        wider=wider_links(query) if answer.total == 0 else [],
        wishes=wishes(query) if answer.total == 0 else [],
        wish_url=wish_url(query),
        reasons=[(value, label.render(gettext)) for value, label in UNSUITABLE_REASONS.items()],
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


def understood(answer: SearchAnswer) -> list[tuple[str, str, str]]:
    """Kind, what was understood and what else was searched, in words."""
    kinds = {
        "topic": gettext("topic"),
        "scope": gettext("scope"),
        "provider": gettext("provider"),
        "mode": gettext("mode"),
    }
    told = []
    for part in answer.plan.understood:
        text = part.text
        if part.kind == "scope":
            text = f"{text.replace('.', ',') if language() != 'en' else text}{NO_BREAK}{unit()}"
        elif part.kind == "provider":
            text = services().catalog.provider(text).name.choose(language()).text
        elif part.kind == "mode":
            text = services().codes.label("modes", text, language())
        told.append((kinds[part.kind], text, ", ".join(part.also)))
    return told


def wider_links(query: SearchQuery) -> list[Chip]:
    """Searches that would find something, with how many."""
    view = labels()
    found = []
    for wider in services().searching.wider(query):
        if wider.kind == "unfiltered":
            label = gettext("Search without filters")
        elif wider.kind == "broader":
            label = gettext("Search more widely: %(x)s", x=BY_NAME["field"].label(wider.value, view))
        elif wider.name in BY_NAME:
            label = gettext("Without this: %(x)s", x=BY_NAME[wider.name].label(wider.value, view))
        else:
            label = gettext("Without this: %(x)s", x=gettext("scope"))
        found.append(Chip(label, search_url(wider.query), wider.count))
    return found


def wishes(query: SearchQuery) -> list:
    """Wishes of others for what was searched for."""
    found = services().similar_proposals.find(query.text, language(), _SHOWN_WISHES) if query.text else []
    return [make_wish_card(item) for item in found]


def wish_url(query: SearchQuery) -> str:
    """The form of a wish, with the words and the filters of a search filled in."""
    chosen = {name: values[0] for name, values in query.filters.items() if name in _HANDED_ON}
    return url_for("proposals.new", q=query.text or None, **chosen)


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
