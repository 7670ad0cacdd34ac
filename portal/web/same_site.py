"""Refuses what other sites send in a visitor's name, and more than any form of ours sends."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Flask, current_app, request
from werkzeug.exceptions import Forbidden

from portal.model.message import Message
from portal.web.current import services

_SAFE = ("GET", "HEAD", "OPTIONS")
_LARGEST_FORM = 64 * 1024
View = TypeVar("View", bound=Callable)


def takes_up_to(size: int, too_large: Message | None = None) -> Callable[[View], View]:
    """Put under the route of a view whose forms may be larger than usual: `size` in bytes, and what is told of more."""

    def mark(view: View) -> View:
        view.largest_form = size
        view.too_large = too_large
        return view

    return mark


_BY_KEY: set[str] = set()


def by_key(blueprint: Blueprint) -> None:
    """For views that know whoever asks by a key in a header only: a browser adds none by itself, so no other site can
    send anything in its visitors' names."""
    _BY_KEY.add(blueprint.name)


def is_by_key() -> bool:
    return request.blueprint in _BY_KEY


def install(app: Flask) -> None:
    app.before_request(_refuse)


def _refuse() -> None:
    """Mail programs unsubscribe by themselves (RFC 8058): such a link proves enough."""
    if request.method in _SAFE:
        return
    size = getattr(current_app.view_functions.get(request.endpoint), "largest_form", _LARGEST_FORM)
    request.max_content_length = request.max_form_memory_size = size
    if not is_by_key() and not is_ours() and (request.view_args or {}).get("purpose") != "unsubscribe":
        raise Forbidden


def is_ours() -> bool:
    """True for a request that began on one of our pages, as far as the browser tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin in (request.host_url.rstrip("/"), services().settings.base_url)
