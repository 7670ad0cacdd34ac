"""Refuses what other sites send in a visitor's name, and more than any form of ours sends."""

from flask import Flask, request
from werkzeug.exceptions import Forbidden

from portal.web.current import services

_SAFE = ("GET", "HEAD", "OPTIONS")
_LARGEST_FORM = 64 * 1024


def install(app: Flask) -> None:
    app.before_request(_refuse)


def _refuse() -> None:
    """Mail programs unsubscribe by themselves (RFC 8058): such a link proves enough."""
    if request.method in _SAFE:
        return
    request.max_content_length = _LARGEST_FORM
    if not is_ours() and (request.view_args or {}).get("purpose") != "unsubscribe":
        raise Forbidden


def is_ours() -> bool:
    """True for a request that began on one of our pages, as far as the browser tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin in (request.host_url.rstrip("/"), services().settings.base_url)
