"""The front door: `/` negotiates the language, the home page searches, browses and shows what begins soon."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for

from portal.model.query import SearchQuery
from portal.web.cards import make_card
from portal.web.current import labels, language, services
from portal.web.languages import LANG, negotiated

blueprint = Blueprint("home", __name__)
_SHOWN = 4


@blueprint.get("/")
def negotiate() -> Response:
    response = redirect(url_for("home.home", lang=negotiated(request)))
    response.vary.add("Accept-Language")
    return response


@blueprint.get(f"/{LANG}/")
def home() -> str:
    searching = services().searching
    query = SearchQuery(language=language(), size=_SHOWN, sort="start", filters={"start": ("6m",)})
    soon = searching.find(query, labels())
    newest = searching.find(replace(query, filters={}, sort="new"), labels())
    fields = next(answer for answer in newest.facets if answer.facet.name == "field")
    return render_template(
        "home/home.html",
        total=newest.total,
        fields=[value for value in fields.values if len(value.value) == 2],
        soon=[make_card(hit.shown) for hit in soon.hits],
        newest=[make_card(hit.shown) for hit in newest.hits],
    )
