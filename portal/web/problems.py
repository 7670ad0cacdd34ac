"""What the API answers when something did not work: problem JSON (RFC 9457), each kind described in the OpenAPI document."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import Response, g, jsonify
from flask_babel import gettext

from portal.model.message import N_, Message
from portal.model.problem import Problem, Severity, shown

DESCRIBED = "/api/v1/openapi.json#/components/responses/"
"""Before a kind's name: the `type` of the problem, and where it is described."""


@dataclass(frozen=True)
class Kind:
    """One way in which a request can fail."""

    name: str
    status: int
    title: Message
    detail: Message


UNREADABLE = Kind("Unreadable", 400, Message(N_("Not readable")), Message(N_("We could not read the request.")))
UNAUTHORIZED = Kind(
    "Unauthorized", 401, Message(N_("A key is needed")),
    Message(N_("Send a key that is in force, in the header Authorization: Bearer.")),
)  # fmt: skip
NO_SCOPE = Kind("MissingScope", 403, Message(N_("Not allowed")), Message(N_("The key does not allow this.")))
SUSPENDED = Kind("Suspended", 403, Message(N_("Not allowed")), Message(N_("The provider cannot publish now.")))
NOT_FOUND = Kind(
    "NotFound", 404, Message(N_("Page not found")), Message(N_("The address may be mistyped, or the page is gone."))
)
METHOD = Kind("MethodNotAllowed", 405, Message(N_("Not possible here")),
              Message(N_("This address does not take this method. The header Allow tells which it takes.")))  # fmt: skip
NOT_ACCEPTABLE = Kind("NotAcceptable", 406, Message(N_("Not in that form")),
                      Message(N_("We answer in JSON. Ask for it in the header Accept.")))  # fmt: skip
CHANGED = Kind("Changed", 412, Message(N_("Changed meanwhile")),
               Message(N_("The offering is at another revision. Read it again before you change it.")))  # fmt: skip
TOO_LARGE = Kind("TooLarge", 413, Message(N_("Too large")), Message(N_("That was more than we take at once.")))
WRONG_TYPE = Kind("WrongType", 415, Message(N_("Not in that form")),
                  Message(N_("The header Content-Type names a form that we do not take here.")))  # fmt: skip
FAULTY = Kind("Faulty", 422, Message(N_("Some values cannot be published")),
              Message(N_("Nothing was changed. Mend what errors tells and send it again.")))  # fmt: skip
TOO_MANY = Kind("TooManyRequests", 429, Message(N_("Too many requests")),
                Message(N_("Wait for as many seconds as the header Retry-After tells.")))  # fmt: skip

KINDS = (UNREADABLE, UNAUTHORIZED, NO_SCOPE, SUSPENDED, NOT_FOUND, METHOD, NOT_ACCEPTABLE, CHANGED, TOO_LARGE,
         WRONG_TYPE, FAULTY, TOO_MANY)  # fmt: skip
BY_STATUS: Mapping[int, Kind] = {kind.status: kind for kind in KINDS if kind not in (NO_SCOPE, SUSPENDED)}
"""What a plain HTTP error means in the API."""


@dataclass
class Refusal(Exception):
    """Raised by views of the API to answer a problem of this kind."""

    kind: Kind
    detail: Message | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_refusal(refusal: Refusal) -> Response:
    response = of_kind(refusal.kind, refusal.detail)
    response.headers.update(refusal.headers)
    return response


def of_kind(kind: Kind, detail: Message | None = None, problems: Iterable[Problem] = ()) -> Response:
    """A problem of this kind, with the faults of what was sent where there are any."""
    faults = [problem for problem in problems if problem.severity is Severity.ERROR]
    return problem_json(
        kind.status, kind.title.render(gettext), (detail or kind.detail).render(gettext),
        kind=DESCRIBED + kind.name, **({"errors": findings_json(faults)} if faults else {}),
    )  # fmt: skip


def problem_json(status: int, title: str, detail: str, kind: str = "about:blank", **members: object) -> Response:
    request_id = g.get("request_id", "")
    response = jsonify(type=kind, title=title, status=status, detail=detail, instance=request_id, **members)
    response.status_code = status
    response.content_type = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response


def findings_json(problems: Iterable[Problem]) -> list[dict]:
    """Where each is (JSON Pointer, and path as the importer tells it), what stood there, what is wrong, how to mend it."""
    return [
        {
            "severity": problem.severity,
            "pointer": pointer(problem.column),
            "column": problem.column,
            "value": shown(problem.value),
            "message": problem.message.render(gettext),
            "remedy": problem.remedy.render(gettext),
        }
        for problem in problems
    ]


def pointer(column: str) -> str:
    """`runs[0].start` → `/runs/0/start`; empty (the whole offering) where no key is named."""
    keys = re.findall(r"[^.\[\]]+", column)
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
