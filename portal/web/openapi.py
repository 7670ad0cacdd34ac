"""Describes the API as OpenAPI 3.1, from the same facets and models that answer it."""

from portal import __version__
from portal.model.offering import Offering
from portal.model.query import MAX_PAGE_SIZE, SORTS
from portal.model.text import LANGUAGES
from portal.search.facets import FACETS
from portal.web.languages import base_url

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_PART = "#/components/schemas/"


def describe() -> dict:
    """The OpenAPI document."""
    schema = Offering.model_json_schema(ref_template=_PART + "{model}")
    parts = schema.pop("$defs", {})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Osaset",
            "version": __version__,
            "description": "Micro-credentials of Finnish universities and study centres.",
        },
        "servers": [{"url": f"{base_url()}/api/v1"}],
        "paths": {
            "/offerings": {
                "get": _operation("Search offerings", "search", [*_search_parameters(), _language()], "SearchAnswer")
            },
            "/offerings/{id}": {
                "get": _operation("One offering", "offering", [_id(), _language()], "OfferingAnswer", ("404", "410"))
            },
            "/suggest": {
                "get": _operation(
                    "Suggestions while typing", "suggest", [_query("q", {"type": "string"}), _language()], None
                )
            },
            "/demand": {"get": _operation("What people ask for", "demand", [_language()], "DemandAnswer")},
            "/schema/offering.json": {"get": _operation("JSON Schema of an offering", "schema", [], None)},
            "/openapi.json": {"get": _operation("This description", "openapi", [], None)},
        },
        "components": {"schemas": parts | {"Offering": schema} | _answers()},
    }


def _operation(
    summary: str, name: str, parameters: list[dict], answer: str | None, failures: tuple[str, ...] = ()
) -> dict:
    content = {"schema": {"$ref": _PART + answer} if answer else {"type": "object"}}
    responses = {
        "200": {"description": "OK", "content": {"application/json": content}},
        "304": {"description": "Not modified"},
    }
    for status in failures:
        media = "application/json" if status == "410" else "application/problem+json"
        body = {"type": "object"} if status == "410" else _PROBLEM
        responses[status] = {
            "description": "Withdrawn" if status == "410" else "Not found",
            "content": {media: {"schema": body}},
        }
    if name in ("search", "suggest"):
        responses["429"] = {
            "description": "Too many requests",
            "content": {"application/problem+json": {"schema": _PROBLEM}},
        }
    return {"summary": summary, "operationId": name, "parameters": parameters, "responses": responses}


def _query(name: str, schema: dict, description: str = "") -> dict:
    return {"name": name, "in": "query", "required": False, "schema": schema} | (
        {"description": description} if description else {}
    )


def _search_parameters() -> list[dict]:
    facets = [
        _query(facet.name, {"type": "array", "items": {"type": "string"} | ({"enum": list(facet.closed)} if facet.closed else {})},
               "Repeatable; values are OR, facets are AND.")
        for facet in FACETS
    ]  # fmt: skip
    return [
        _query("q", {"type": "string"}),
        *facets,
        _query("ects_min", {"type": "number", "minimum": 0}),
        _query("ects_max", {"type": "number", "minimum": 0}),
        _query("sort", {"type": "string", "enum": list(SORTS)}),
        _query("literal", {"type": "string", "enum": ["1"]}, "Search for the words exactly as typed."),
        _query("page", {"type": "integer", "minimum": 1}),
        _query("size", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE}),
    ]


def _language() -> dict:
    return _query(
        "lang", {"type": "string", "enum": list(LANGUAGES)}, "Language of labels and notices; else Accept-Language."
    )


def _id() -> dict:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def _answers() -> dict:
    text = {"type": "string"}
    value = {
        "type": "object",
        "properties": {"value": text, "label": text, "count": {"type": "integer"}},
        "required": ["value", "label", "count"],
    }
    item = {"type": "object", "properties": {"id": text, "provider": text, "code": text, "title": {"type": "object"}, "score": {"type": "number"}},
            "required": ["id", "provider", "code", "title", "score"]}  # fmt: skip
    check = {
        "type": "object",
        "properties": {
            "id": text,
            "status": {"enum": ["met", "missing", "not_applicable"]},
            "title": text,
            "reason": text,
        },
    }
    pok = {
        "type": "object",
        "properties": {"met": {"type": "boolean"}, "version": text, "checks": {"type": "array", "items": check}},
    }
    return {
        "SearchAnswer": {
            "type": "object",
            "properties": {
                "total": {"type": "integer"},
                "page": {"type": "integer"},
                "items": {"type": "array", "items": item},
                "related": {"type": "array", "items": item},
                "facets": {"type": "object", "additionalProperties": {"type": "array", "items": value}},
                "understood": {"type": "object"},
                "did_you_mean": {"type": ["string", "null"]},
                "notice": text,
            },
            "required": ["total", "page", "items", "related", "facets", "understood", "did_you_mean"],
        },
        "DemandAnswer": _demand(),
        "Suggestions": {
            "type": "object",
            "properties": {"suggestions": {"type": "array", "items": _suggestion()}},
            "required": ["suggestions"],
        },
        "OfferingAnswer": {
            "allOf": [{"$ref": _PART + "Offering"}],
            "properties": {
                "id": text,
                "state": text,
                "revision": {"type": "integer"},
                "pok": pok,
                "detected_languages": {"type": "object"},
            },
            "required": ["id", "state", "pok"],
        },
        "Problem": {
            "type": "object",
            "properties": {
                "type": text,
                "title": text,
                "status": {"type": "integer"},
                "detail": text,
                "instance": text,
            },
            "required": ["title", "status"],
        },
    }


def _suggestion() -> dict:
    text = {"type": "string"}
    kinds = {"type": "string", "enum": ["concept", "offering", "field", "provider"]}
    properties = {"kind": kinds, "value": text, "label": text, "url": text}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _demand() -> dict:
    """Every number of people, employers and searches is rounded down to five; 0 stands for fewer than `minimum` too."""
    text, number = {"type": "string"}, {"type": "integer"}
    rounded = {"type": "integer", "minimum": 0, "multipleOf": 5}
    levels = ("curious", "would_take_part", "would_pay")
    asked = {name: rounded for name in ("people", *levels, "confirmed", "employers", "seats_asked_for", "searches")}
    line = {
        "type": "object",
        "properties": asked
        | dict.fromkeys(("field", "field_name", "value", "value_name"), text)
        | dict.fromkeys(("offerings", "seats_offered", "index", "gap"), number)
        | {"quarters": {"type": "object", "additionalProperties": number}}
        | {"trend": {"enum": ["rising", "steady", "falling", None]}, "next_start": {"type": ["string", "null"]}},
        "required": ["field", "value", *asked, "offerings", "seats_offered", "index", "gap"],
    }
    return {
        "type": "object",
        "properties": {
            "built_at": {"type": ["string", "null"], "format": "date-time"},
            "minimum": {"type": "integer", "minimum": 5},
            "rounded_down_to": number,
            "example": {"type": "boolean"},
            "quarters": {"type": "array", "items": text},
            "total": {"type": ["object", "null"], "properties": asked},
            "tables": {"type": "object", "additionalProperties": {"type": "array", "items": line}},
            "offerings": {"type": "array", "items": {"type": "object"}},
            "proposals": {"type": "array", "items": {"type": "object"}},
            "searches": {"type": "array", "items": {"type": "object"}},
            "funnel": {"type": "object"},
            "weights": {"type": "object"},
            "conversion": {"type": "object"},
        },
        "required": ["built_at", "total", "tables"],
    }
