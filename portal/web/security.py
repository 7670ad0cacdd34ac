"""Headers that keep pages harmless: nothing from other sites, no inline script or style, no framing."""

from flask import Flask, Response, request

from portal.web.same_site import is_by_key

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_A_YEAR = 31_536_000


def install(app: Flask) -> None:
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    if (
        request.path.startswith("/api/") and not is_by_key()
    ):  # open data: pages of other sites may read it, refusals too
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_A_YEAR}")
    if request.endpoint == "static":
        versioned = "v" in request.args
        response.headers["Cache-Control"] = (
            f"public, max-age={_A_YEAR}, immutable" if versioned else "public, max-age=3600"
        )
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
