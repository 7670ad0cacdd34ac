"""Every error as a page in the visitor's language, or as problem JSON (RFC 9457) for the API; with the request's id."""

from flask import Flask, Response, current_app, g, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, TooManyRequests

from portal.model.errors import NotFound, Refused
from portal.model.message import N_, Message
from portal.web.logs import log_failure
from portal.web.problems import BY_STATUS, Refusal, answer_refusal, of_kind, problem_json


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NotFound, lambda error: _answer(404))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Refusal, answer_refusal)
    app.register_error_handler(Exception, _failure)


def _http_error(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()
    wait = getattr(error, "retry_after", None) if isinstance(error, TooManyRequests) else None
    response = _answer(error.code or 500, wait=wait)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "location"):
            response.headers[name] = value
    return response


def _refused(error: Refused) -> Response:
    return _answer(409, text=error.message.render(gettext))


def _failure(error: Exception) -> Response:
    log_failure("failure")
    return _answer(500)


def _answer(status: int, wait: int | None = None, text: str = "") -> Response:
    title, usual = _words(status, wait)
    is_api = request.path.startswith("/api/")
    if is_api and status in BY_STATUS:
        response = of_kind(BY_STATUS[status])
    elif is_api:
        response = problem_json(status, title, text or usual)
    else:
        request_id = g.get("request_id", "")
        response = Response(
            render_template("errors/error.html", status=status, title=title, text=text or usual, request_id=request_id)
        )
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    if status == 429:
        response.headers["Retry-After"] = str(wait or 60)
    return response


def _words(status: int, wait: int | None) -> tuple[str, str]:
    if status == 404:
        return gettext("Page not found"), gettext("The address may be mistyped, or the page is gone.")
    if status == 403:
        return (
            gettext("This did not work"),
            gettext("This came from another site. Open the form here and send it again."),
        )
    if status == 413:
        return gettext("This did not work"), _too_large()
    if status == 429:
        return gettext("Too many requests"), gettext("Too many requests. Try again in %(n)s seconds.", n=wait or 60)
    if status >= 500:
        code = g.get("request_id", "")
        return (
            gettext("Something broke on our side"),
            gettext("Something broke on our side. Your data is safe. Give the code %(x)s if you contact us.", x=code),
        )
    return gettext("This did not work"), gettext("We could not read the request. Go back and try again.")


def _too_large() -> str:
    view = current_app.view_functions.get(request.endpoint)
    told = getattr(view, "too_large", None)
    return (told or Message(N_("That was more than we can take. Shorten it and send it again."))).render(gettext)
