"""The API by which systems of providers publish: one offering at its address, or many at once; by key, without cookie."""

import json
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request, stream_with_context, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from portal.model.errors import Conflict, Refused, UnreadableFile
from portal.model.message import N_, Message
from portal.model.token import Scope, Token
from portal.model.user import By, Origin
from portal.services.api_publishing import Line, TooManyLines, Unreadable
from portal.services.publishing import Faulty
from portal.web import problems
from portal.web.current import language, services
from portal.web.languages import base_url
from portal.web.limits import api_limit, bulk_limit
from portal.web.logs import log_failure
from portal.web.problems import Refusal, findings_json, of_kind
from portal.web.same_site import by_key, takes_up_to

JSON, LINES = "application/json", "application/jsonl"
LINES_TYPES = (LINES, "application/x-ndjson", "application/jsonlines", "application/x-jsonlines")
MAX_BODY = 4 * 1024 * 1024
MAX_LINES_BODY = 20 * 1024 * 1024
"""Both in bytes."""

_UNPRINTABLE = Message(N_("Write the code in the address in UTF-8, percent-encoded and without control characters."))
_DRY_RUN = Message(N_("Write dry_run=1, or leave it out."))
_SEND = N_("Send {media} and say so in the header Content-Type.")
_BY = By(Origin.API)
View = TypeVar("View", bound=Callable)

blueprint = Blueprint("publish_api", __name__, url_prefix="/api/v1/providers/<provider_id>/offerings")
by_key(blueprint)


class CodeConverter(BaseConverter):
    """A provider's code: any characters, slashes too."""

    regex = r"[\s\S]+"
    part_isolating = False


def install(app: Flask) -> None:
    app.url_map.converters["code"] = CodeConverter


def asks(scope: Scope) -> Callable[[View], View]:
    """Put under the route of every view: what the key must allow."""

    def mark(view: View) -> View:
        view.scope = scope
        return view

    return mark


@blueprint.get("/<code:code>", merge_slashes=False)
@asks(Scope.READ)
@api_limit
def get(provider_id: str, code: str) -> Response:
    """The provider's own offering, in whatever state it is."""
    _answers_in(JSON)
    entry = services().api_publishing.find(provider_id, _clean(code))
    if entry is None:
        raise NotFound
    facts = {"id": entry.id, "state": entry.state, "revision": entry.revision}
    response = jsonify(entry.offering.to_json() | facts | {"updated_at": entry.updated_at.isoformat()})
    response.set_etag(str(entry.revision))
    return response.make_conditional(request)


@blueprint.put("/<code:code>", merge_slashes=False)
@asks(Scope.PUBLISH)
@takes_up_to(MAX_BODY)
@api_limit
def put(provider_id: str, code: str) -> Response:
    """Publish under this code: 201 for a new offering, 200 for a changed or unchanged one."""
    _takes(JSON)
    _answers_in(JSON)
    code, body = _clean(code), _body()
    expected = _expected(provider_id, code)
    saved, remarks = services().api_publishing.put(provider_id, code, body, _BY, expected=expected)
    page = base_url() + url_for("offerings.offering", offering_id=saved.id, lang=language())
    response = jsonify(
        id=saved.id, code=code, outcome=saved.outcome, revision=saved.revision, page=page,
        problems=findings_json(remarks),
    )  # fmt: skip
    response.status_code = _status(saved.outcome)
    response.set_etag(str(saved.revision))
    return response


@blueprint.delete("/<code:code>", merge_slashes=False)
@asks(Scope.WITHDRAW)
@api_limit
def withdraw(provider_id: str, code: str) -> Response:
    """Withdraw; once more changes nothing."""
    code = _clean(code)
    saved = services().api_publishing.withdraw(provider_id, code, _BY, expected=_expected(provider_id, code))
    response = Response(status=204)
    response.set_etag(str(saved.revision))
    return response


@blueprint.post("")
@asks(Scope.PUBLISH)
@takes_up_to(MAX_LINES_BODY)
@api_limit
@bulk_limit
def publish_lines(provider_id: str) -> Response:
    """Publish each line of JSON Lines, and answer each by a line. All is read before anything is written."""
    _takes(*LINES_TYPES)
    _answers_in(LINES)
    if request.args.get("dry_run", "0") not in ("0", "1"):
        raise Refusal(problems.UNREADABLE, _DRY_RUN)
    with ExitStack() as stack:
        sent = stack.enter_context(NamedTemporaryFile(prefix="osaset-"))
        shutil.copyfileobj(request.stream, sent)
        sent.flush()
        dry_run = request.args.get("dry_run") == "1"
        found = services().api_publishing.lines(provider_id, Path(sent.name), _BY, dry_run=dry_run)
        response = Response(stream_with_context(_written(found)), content_type=LINES)
        response.call_on_close(stack.pop_all().close)  # the file is read while the answer goes out
    return response


def _written(lines: Iterable[Line]) -> Iterator[str]:
    try:
        for line in lines:
            yield _json_line(_line_json(line))
    except Exception:  # the status is sent by now; the last line tells instead
        log_failure("failure")
        yield _json_line({"line": None, "status": 500, "problems": []})


def _line_json(line: Line) -> dict:
    checked = line.checked
    if line.refused:
        status = 403
    elif line.outcome:
        status = _status(line.outcome)
    else:
        status = 422 if line.is_readable else 400
    return {
        "line": checked.row,
        "code": checked.identity.partition("/")[2],
        "status": status,
        "outcome": line.outcome,
        "id": line.saved.id if line.saved else None,
        "revision": line.saved.revision if line.saved else None,
        "problems": findings_json(checked.problems),
    }


def _json_line(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _status(outcome: str) -> int:
    return 201 if outcome == "new" else 200


@blueprint.before_request
def _identify() -> None:
    """The key tells who asks. What belongs to another provider is not there at all."""
    if request.method == "OPTIONS":
        return
    token = _token()
    if request.view_args["provider_id"] != token.provider:
        raise NotFound
    scope = current_app.view_functions[request.endpoint].scope
    if scope not in token.scopes:
        told = f'Bearer realm="osaset", error="insufficient_scope", scope="{scope}"'
        raise Refusal(problems.NO_SCOPE, headers={"WWW-Authenticate": told})
    g.token = token


def _token() -> Token:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = services().tokens.recognise(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        told = 'Bearer realm="osaset"' + (', error="invalid_token"' if secret else "")
        raise Refusal(problems.UNAUTHORIZED, headers={"WWW-Authenticate": told})
    return token


@blueprint.after_request
def _keep_private(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.headers["Content-Language"] = language()
    response.vary.update(("Authorization", "Accept-Language"))
    return response


def _body() -> bytes:
    """Read in parts: asked for all at once, a body without a stated length would silently end at the limit."""
    body = BytesIO()
    shutil.copyfileobj(request.stream, body)
    return body.getvalue()


def _clean(code: str) -> str:
    """The code of the address as the catalogue keeps codes."""
    if any(unicodedata.category(character) == "Cc" or character in "\ufffd\ufffe\uffff" for character in code):
        raise Refusal(problems.UNREADABLE, _UNPRINTABLE)
    return code.strip()


def _takes(*types: str) -> None:
    if request.mimetype not in types:
        raise Refusal(problems.WRONG_TYPE, Message(_SEND, {"media": types[0]}))


def _answers_in(media: str) -> None:
    if "Accept" in request.headers and not request.accept_mimetypes[media]:
        raise Refusal(problems.NOT_ACCEPTABLE)


def _expected(provider_id: str, code: str) -> int | None:
    """The revision on which If-Match and If-None-Match insist: 0 for none yet, None for any; 412 when they fail now."""
    match, none = request.if_match, request.if_none_match
    if not match and not none:
        return None
    entry = services().api_publishing.find(provider_id, code)
    current = str(entry.revision) if entry else None
    if match and (current is None or not match.contains(current)):
        raise Conflict
    if none and current is not None and none.contains_weak(current):
        raise Conflict
    if match.star_tag:
        return None  # it is there, and nothing that was there ever ceases to be
    return int(current or 0)


blueprint.register_error_handler(Conflict, lambda error: of_kind(problems.CHANGED))
blueprint.register_error_handler(Unreadable, lambda error: of_kind(problems.UNREADABLE, None, error.problems))
blueprint.register_error_handler(UnreadableFile, lambda error: of_kind(problems.UNREADABLE, error.message))
blueprint.register_error_handler(Faulty, lambda error: of_kind(problems.FAULTY, None, error.problems))
blueprint.register_error_handler(TooManyLines, lambda error: of_kind(problems.TOO_LARGE, error.message))
blueprint.register_error_handler(Refused, lambda error: of_kind(problems.SUSPENDED, error.message))
