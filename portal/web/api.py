"""The open API, read only: search, one offering, suggestions later; with ETag and conditional requests."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext

from portal.model.offering import Offering
from portal.services.catalog import Shown
from portal.services.parameters import clean_text, read_query
from portal.services.searching import SearchAnswer
from portal.services.suggesting import Suggestion
from portal.web.current import labels, language, services
from portal.web.demand_api import demand_json
from portal.web.limits import search_limit
from portal.web.openapi import describe

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/offerings")
@search_limit
def offerings() -> Response:
    """The same parameters as the search page, with `lang` and `size` (at most 100)."""
    query, notices = read_query(request.args.items(multi=True), labels())
    answer = services().searching.find(query, labels())
    told = [notice.render(gettext) for notice in (*notices, *answer.notices)]
    body = {
        "total": answer.total,
        "page": query.page,
        "items": [item_json(hit.shown, language()) | {"score": hit.score} for hit in answer.hits],
        "related": [item_json(hit.shown, language()) | {"score": hit.score} for hit in answer.related],
        "facets": _facets_json(answer),
        "understood": {
            "parts": [{"kind": u.kind, "text": u.text, "also": list(u.also)} for u in answer.plan.understood]
        },
        "did_you_mean": answer.plan.did_you_mean or None,
    }
    return _answer(body | ({"notice": " ".join(told)} if told else {}))


@blueprint.get("/offerings/<offering_id>")
def offering(offering_id: str) -> Response:
    """One offering as in the provider format, with id, state, criteria and detected languages."""
    shown = services().catalog.offering(offering_id)
    if shown.is_withdrawn:
        response = jsonify(id=shown.id, state=shown.entry.state, withdrawn_at=shown.entry.withdrawn_at.isoformat())
        response.status_code = 410
        return response
    return _answer(
        shown.entry.offering.to_json()
        | {
            "id": shown.id,
            "state": shown.entry.state,
            "revision": shown.entry.revision,
            "updated_at": shown.entry.updated_at.isoformat(),
            "pok": _pok_json(shown, language()),
            "detected_languages": dict(shown.entry.detected),
        }
    )


@blueprint.get("/suggest")
@search_limit
def suggest() -> Response:
    """What to offer while someone types `q`: concepts, offerings, fields and providers."""
    found = services().suggesting.suggest(clean_text(request.args.get("q", "")), labels())
    return _answer(
        {"suggestions": [{"kind": s.kind, "value": s.value, "label": s.label, "url": _target(s)} for s in found]}
    )


@blueprint.get("/demand")
def demand() -> Response:
    """What people ask for and what is offered: the published figures of the newest build."""
    return _answer(demand_json(services().demand.current(), services().demand.weights))


@blueprint.get("/schema/offering.json")
def schema() -> Response:
    """JSON Schema of an offering, made from the model that checks imports."""
    return _answer({"$schema": "https://json-schema.org/draft/2020-12/schema"} | Offering.model_json_schema())


@blueprint.get("/openapi.json")
def openapi() -> Response:
    return _answer(describe())


def _target(suggestion: Suggestion) -> str:
    """The page that a suggestion leads to."""
    if suggestion.kind == "offering":
        return url_for("offerings.offering", offering_id=suggestion.value)
    name = "q" if suggestion.kind == "concept" else suggestion.kind
    return url_for("search.results", **{name: suggestion.value})


def item_json(shown: Shown, reader: str) -> dict:
    """An offering in a list: the provider format without its long texts, with id, provider's name and criteria."""
    whole = shown.entry.offering.to_json()
    for key in (
        "description",
        "assessment",
        "certificate",
        "quality_assurance",
        "recognition",
        "guidance",
        "prerequisites",
    ):
        whole.pop(key, None)
    return {"id": shown.id} | whole | {
        "provider_name": shown.provider.name.choose(reader).text,
        "pok": shown.pok.met,
    }  # fmt: skip


def _pok_json(shown: Shown, reader: str) -> dict:
    return {
        "met": shown.pok.met,
        "version": shown.pok.version,
        "checks": [
            {
                "id": check.criterion.id,
                "status": check.status,
                "title": check.criterion.title.choose(reader).text,
                "reason": check.explain(reader),
            }
            for check in shown.pok.checks
        ],
    }


def _facets_json(answer: SearchAnswer) -> dict:
    return {
        facet.facet.name: [
            {"value": value.value, "label": value.label, "count": value.count}
            for value in facet.values
            if value.count or value.chosen
        ]
        for facet in answer.facets
    }


def _answer(body: dict) -> Response:
    response = jsonify(body)
    response.headers["Content-Language"] = language()
    response.vary.add("Accept-Language")
    response.add_etag()
    return response.make_conditional(request)
