"""What everybody may ask of the API, for the OpenAPI document."""

from portal.model.query import MAX_PAGE_SIZE, SORTS
from portal.model.text import LANGUAGES
from portal.search.facets import FACETS
from portal.web.openapi.shapes import ANY_OBJECT, TEXT, content, in_path, in_query, the_response, the_schema

_POSITIVE = {"type": "integer", "minimum": 1}
_CREDITS = {"type": "number", "minimum": 0}


def language() -> dict:
    schema = TEXT | {"enum": list(LANGUAGES)}
    return in_query("lang", schema, "Language of labels and sentences; else Accept-Language.")


def paths() -> dict:
    identity = in_path("id", "The offering's id, as search tells it.", "helsinki-hy-ta-0101")
    withdrawn = {"description": "Withdrawn", "content": content("application/json", the_schema("Withdrawn"))}
    limited = {"429": the_response("TooManyRequests")}
    return {
        "/offerings": _reading(
            "Search offerings", "search", [*_search(), language()], the_schema("SearchAnswer"), limited
        ),
        "/offerings/{id}": _reading(
            "One offering", "offering", [identity, language()], the_schema("OfferingAnswer"),
            {"404": the_response("NotFound"), "410": withdrawn},
        ),
        "/suggest": _reading(
            "Suggestions while typing", "suggest", [in_query("q", TEXT), language()], the_schema("Suggestions"), limited
        ),
        "/demand": _reading("What people ask for", "demand", [language()], the_schema("DemandAnswer")),
        "/schema/offering.json": _reading("JSON Schema of an offering", "schema", [], ANY_OBJECT),
        "/openapi.json": _reading("This description", "openapi", [], ANY_OBJECT),
    }  # fmt: skip


def _reading(
    summary: str, name: str, parameters: list[dict], answer: dict, others: dict[str, dict] | None = None
) -> dict:
    responses = {
        "200": {"description": "OK", "content": content("application/json", answer)},
        "304": {"description": "Not modified"},
    }
    return {
        "get": {
            "summary": summary, "operationId": name, "parameters": parameters, "responses": responses | (others or {})
        }
    }  # fmt: skip


def _search() -> list[dict]:
    return [
        in_query("q", TEXT),
        *(_facet(facet.name, facet.closed) for facet in FACETS),
        in_query("ects_min", _CREDITS),
        in_query("ects_max", _CREDITS),
        in_query("sort", TEXT | {"enum": list(SORTS)}),
        in_query("literal", TEXT | {"enum": ["1"]}, "Search for the words exactly as typed."),
        in_query("page", _POSITIVE),
        in_query("size", _POSITIVE | {"maximum": MAX_PAGE_SIZE}),
    ]


def _facet(name: str, closed: tuple[str, ...]) -> dict:
    value = TEXT | ({"enum": list(closed)} if closed else {})
    return in_query(name, {"type": "array", "items": value}, "Repeatable; values are OR, facets are AND.")
