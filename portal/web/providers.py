"""Who offers learning here: the list, and a page of each."""

from collections import Counter

from flask import Blueprint, Response, render_template

from portal.model.admission import CRITERIA
from portal.model.provider import PROVIDER_TYPES
from portal.model.query import SearchQuery
from portal.web.cards import make_card
from portal.web.current import labels, language, services
from portal.web.downloads import template_file
from portal.web.languages import LANG

blueprint = Blueprint("providers", __name__)
_SHOWN = 20


@blueprint.get(f"/{LANG}/providers/")
def providers() -> str:
    answer = services().searching.find(SearchQuery(language=language(), size=1), labels())
    facet = next(item for item in answer.facets if item.facet.name == "provider")
    counts = Counter({value.value: value.count for value in facet.values})
    named = services().catalog.providers_by_name(language())
    groups = [(kind, [provider for provider in named if provider.type == kind]) for kind in PROVIDER_TYPES]
    return render_template("providers/list.html", groups=[group for group in groups if group[1]], counts=counts)


@blueprint.get(f"/{LANG}/providers/join")
def join() -> str:
    """For providers: ways to publish, and what they must meet, the same list that the operator ticks."""
    return render_template("providers/join.html", criteria=CRITERIA.values(), settings=services().settings)


@blueprint.get(f"/{LANG}/providers/join/template.<any(xlsx,csv):ending>")
def template(ending: str) -> Response:
    """The table that providers fill in, to look at before joining."""
    return template_file(ending)


@blueprint.get(f"/{LANG}/providers/<provider_id>")
def provider(provider_id: str) -> str:
    found = services().catalog.provider(provider_id)
    query = SearchQuery(language=language(), filters={"provider": (found.id,)}, size=_SHOWN, sort="start")
    answer = services().searching.find(query, labels())
    return render_template(
        "providers/provider.html",
        provider=found,
        total=answer.total,
        cards=[make_card(hit.shown) for hit in answer.hits],
    )
