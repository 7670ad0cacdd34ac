"""The random key that a browser holds once its person has acted; nothing else is kept on a visitor's device."""

import re

from flask import Response, request

from portal.model.interest import Sender
from portal.web.current import language

COOKIE = "person"
_KEY = re.compile(r"[0-9a-f]{40,64}")
_SECONDS = 400 * 86_400  # as long as browsers keep any cookie


def sender() -> Sender:
    """Who sends a form; without a key before the first act, or when the key is none of ours."""
    held = request.cookies.get(COOKIE, "")
    return Sender(held if _KEY.fullmatch(held) else "", language())


def remember(response: Response, browser: str) -> Response:
    """Let the browser hold its key; only the answer to a form does so."""
    response.set_cookie(
        COOKIE, browser, max_age=_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def forget(response: Response) -> Response:
    """Take the key from the browser, if it holds one."""
    if COOKIE in request.cookies:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
    return response
