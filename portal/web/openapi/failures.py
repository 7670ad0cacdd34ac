"""What the API answers when something did not work, for the OpenAPI document."""

from portal.web.openapi.shapes import NUMBER, TEXT, an_object, content, header, many, the_schema
from portal.web.problems import DESCRIBED, KINDS, Kind

_HEADERS = {
    401: {"WWW-Authenticate": header(TEXT, "Bearer, and what was wrong with the key.")},
    405: {"Allow": header(TEXT, "The methods that the address takes.")},
    429: {"Retry-After": header(NUMBER, "Seconds to wait.")},
}
_FINDING = {
    "severity": "error",
    "pointer": "/runs/0/start",
    "column": "runs[0].start",
    "value": "soon",
    "message": "This is not a day.",
    "remedy": "Write the day as 2027-01-12.",
}


def schemas() -> dict:
    finding = an_object(
        {
            "severity": TEXT | {"enum": ["error", "warning", "info"]},
            "pointer": TEXT | {"description": "JSON Pointer (RFC 6901) into what was sent; empty for the whole of it."},
            "column": TEXT | {"description": "The same place as reports of the import write it."},
            "value": TEXT | {"description": "What stood there, at most 80 characters."},
            "message": TEXT,
            "remedy": TEXT,
        }
    )
    facts = {"type": TEXT | {"format": "uri-reference"}, "title": TEXT, "status": NUMBER, "detail": TEXT,
             "instance": TEXT | {"description": "The request's id, for questions to the operator."}}  # fmt: skip
    problem = an_object(facts | {"errors": many(the_schema("Finding"))}, tuple(facts))
    return {"Finding": finding, "Problem": problem}


def responses() -> dict:
    return {kind.name: _response(kind) for kind in KINDS}


def _response(kind: Kind) -> dict:
    example = {
        "type": DESCRIBED + kind.name,
        "title": kind.title.in_english(),
        "status": kind.status,
        "detail": kind.detail.in_english(),
        "instance": "5f2b7c0d9e1a4b68",
    } | ({"errors": [_FINDING]} if kind.name in ("Faulty", "Unreadable") else {})
    answer = {
        "description": kind.detail.in_english(),
        "content": content("application/problem+json", the_schema("Problem"), usual=example),
    }
    return answer | ({"headers": _HEADERS[kind.status]} if kind.status in _HEADERS else {})
