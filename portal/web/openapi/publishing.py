"""What systems of providers do by the API, for the OpenAPI document."""

import json

from portal.model.catalog import State
from portal.services.api_publishing import MAX_LINES
from portal.web.openapi.reading import language
from portal.web.openapi.shapes import (
    MOMENT,
    NUMBER,
    TEXT,
    an_object,
    content,
    header,
    in_path,
    in_query,
    many,
    or_nothing,
    the_response,
    the_schema,
)

SECURITY = {
    "providerKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key that an administrator of the provider made at the desk. It begins with osaset_.",
    }
}
_OUTCOMES = ["new", "changed", "unchanged"]
_JSON, _LINES = "application/json", "application/jsonl"
_SENT = {
    "title": {"fi": "Tekoälyn perusteet", "sv": "Grunderna i AI", "en": "Elements of AI"},
    "ects": 2,
    "field": "061",
    "languages": ["fi"],
    "learning_outcomes": [{"fi": "Osaat kertoa, mitä koneoppiminen on."}],
    "assessment": {"methods": ["exam"]},
    "certificate": {"type": "digital", "shareable": True},
    "price": {"amount": 0},
    "runs": [{"id": "k27", "start": "2027-01-12", "end": "2027-03-30", "mode": "online"}],
}
_REMARK = {"severity": "info", "pointer": "/quality_assurance", "column": "quality_assurance", "value": "",
           "message": "Quality assurance is not stated.", "remedy": "Write how you assure the quality."}  # fmt: skip
_SAVED = {"id": "helsinki-ai-1", "code": "AI-1", "outcome": "new", "revision": 1,
          "page": "https://osaset.example/fi/offerings/helsinki-ai-1", "problems": [_REMARK]}  # fmt: skip
_LINE = {"line": 1, "code": "AI-1", "status": 201, "outcome": "new", "id": "helsinki-ai-1", "revision": 1,
         "problems": []}  # fmt: skip
_ETAG = {"ETag": header(TEXT, 'The revision in quotation marks, such as "3".')}
_ALWAYS = {"401": "Unauthorized", "403": "MissingScope", "404": "NotFound", "429": "TooManyRequests"}


def schemas(offering: dict) -> dict:
    """By name; `offering` is the schema of a whole offering."""
    findings = {"problems": many(the_schema("Finding"))}
    own = {"id": TEXT, "state": TEXT | {"enum": [str(state) for state in State]}, "revision": NUMBER,
           "updated_at": MOMENT}  # fmt: skip
    line = {
        "line": or_nothing(NUMBER),
        "code": TEXT,
        "status": NUMBER | {"enum": [200, 201, 400, 403, 422, 500]},
        "outcome": {"enum": [*_OUTCOMES, None]},
        "id": or_nothing(TEXT),
        "revision": or_nothing(NUMBER),
    }
    return {
        "SentOffering": offering | {"title": "SentOffering", "required": ["title"]},
        "OwnOffering": {"allOf": [the_schema("Offering")]} | an_object(own),
        "Saved": an_object(
            {"id": TEXT, "code": TEXT, "outcome": {"enum": _OUTCOMES}, "revision": NUMBER, "page": TEXT} | findings
        ),
        "Line": an_object(line | findings),
    }


def paths() -> dict:
    provider = in_path("provider", "The provider's id; that of the key.", "helsinki")
    code = in_path("code", "The provider's own code, percent-encoded: C# is C%23, a/b is a%2Fb.", "AI-1")
    one = {"parameters": [provider, code, language()], "get": _get(), "put": _put(), "delete": _delete()}
    return {
        "/providers/{provider}/offerings/{code}": one,
        "/providers/{provider}/offerings": {"parameters": [provider, language()], "post": _post()},
    }


def _get() -> dict:
    answer = {"description": "The offering", "headers": _ETAG, "content": content(_JSON, the_schema("OwnOffering"))}
    return _operation(
        "read", "An offering of one's own, in whatever state it is", {"200": answer, "304": {"description": "Not modified"}},
        {"400": "Unreadable", "406": "NotAcceptable"}, [_condition("If-None-Match", "Answers 304 at this revision.")],
    )  # fmt: skip


def _put() -> dict:
    answer = {"headers": _ETAG, "content": content(_JSON, the_schema("Saved"), usual=_SAVED)}
    body = {"required": True, "content": content(_JSON, the_schema("SentOffering"), usual=_SENT)}
    return _operation(
        "publish", "Publish an offering under this code; the same again changes nothing",
        {"200": {"description": "Changed or unchanged"} | answer, "201": {"description": "New"} | answer},
        {"400": "Unreadable", "406": "NotAcceptable", "412": "Changed", "413": "TooLarge", "415": "WrongType",
         "422": "Faulty"},
        [_condition("If-Match", "Only if the offering is at this revision."),
         _condition("If-None-Match", "*: only if there is none yet.")],
    ) | {"requestBody": body}  # fmt: skip


def _delete() -> dict:
    return _operation(
        "withdraw", "Withdraw an offering; once more changes nothing",
        {"204": {"description": "Withdrawn", "headers": _ETAG}}, {"400": "Unreadable", "412": "Changed"},
        [_condition("If-Match", "Only if the offering is at this revision.")],
    )  # fmt: skip


def _post() -> dict:
    sent = "".join(json.dumps({"code": code} | _SENT, ensure_ascii=False) + "\n" for code in ("AI-1", "AI-2"))
    answered = json.dumps(_LINE, ensure_ascii=False) + "\n"
    body = {"required": True, "content": content(_LINES, many(the_schema("Offering")), usual=sent),
            "description": f"One offering a line; at most 20 MiB and {MAX_LINES:,} lines."}  # fmt: skip
    answer = {"description": "One line for each line, in their order; a bad line leaves the others.",
              "content": content(_LINES, many(the_schema("Line")), usual=answered)}  # fmt: skip
    dry_run = in_query("dry_run", TEXT | {"enum": ["0", "1"]}, "1: tell what would happen and write nothing.")
    return _operation(
        "publishLines", "Publish many offerings at once", {"200": answer},
        {"400": "Unreadable", "406": "NotAcceptable", "413": "TooLarge", "415": "WrongType"}, [dry_run],
    ) | {"requestBody": body}  # fmt: skip


def _operation(
    name: str, summary: str, responses: dict, failures: dict[str, str], parameters: list[dict]
) -> dict:  # fmt: skip
    told = {status: the_response(kind) for status, kind in sorted((_ALWAYS | failures).items())}
    return {
        "summary": summary,
        "operationId": name,
        "security": [{"providerKey": []}],
        "parameters": parameters,
        "responses": responses | told,
    }


def _condition(name: str, description: str) -> dict:
    return {"name": name, "in": "header", "required": False, "schema": TEXT, "description": description,
            "example": '"3"'}  # fmt: skip
