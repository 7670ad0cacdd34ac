"""One JSON line a request: what was asked of which route and how it went, never who asked or for what words."""

import json
import logging
import re
import secrets
import sys
import time

from flask import Flask, Response, g, request

_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_LOG = logging.getLogger("portal")


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON; of an exception the type and the place, not its text, which may quote a query."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            frame = record.exc_info[2]
            while frame and frame.tb_next:
                frame = frame.tb_next
            line["error"] = record.exc_info[0].__name__
            line["place"] = (
                f"{frame.tb_frame.f_code.co_filename.rsplit('/portal/', 1)[-1]}:{frame.tb_lineno}" if frame else ""
            )
        return json.dumps(line, ensure_ascii=False)


def install(app: Flask) -> None:
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False
    if not _LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        _LOG.addHandler(handler)
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint != "static" and "began" in g:
        facts = {
            "request": g.request_id,
            "method": request.method,
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.began) * 1000, 1),
        }
        _LOG.info("request", extra={"facts": facts})
    return response


def log_failure(message: str) -> None:
    """Log the exception being handled, under the request's id."""
    _LOG.error(message, exc_info=True, extra={"facts": {"request": g.get("request_id", "")}})
