"""Who may see a page of the desk: every view names the permission it asks for, and nothing is shown without one."""

import hashlib
import hmac
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from portal.model.admission import Admission
from portal.model.message import N_, Message
from portal.model.user import By, Origin, Permission, User
from portal.web.current import services
from portal.web.forms import private

PREFIX = "desk"
"""Blueprints of the desk are named `desk`, `desk_files`, …; what is named so is guarded here."""

MENU: tuple[tuple[str, Message, Permission], ...] = (
    ("desk.home", Message(N_("Desk")), Permission.OWN),
    ("desk_offerings.offerings", Message(N_("Micro-credentials")), Permission.EDIT),
    ("desk_files.files", Message(N_("Files")), Permission.EDIT),
    ("desk_wishes.wishes", Message(N_("Wishes")), Permission.EDIT),
    ("desk_feedback.feedback", Message(N_("Feedback")), Permission.EDIT),
    ("desk_reports.reports", Message(N_("Reports")), Permission.EDIT),
    ("desk_users.users", Message(N_("Users")), Permission.ADMINISTER),
    ("desk_tokens.tokens", Message(N_("API keys")), Permission.ADMINISTER),
    ("desk_settings.settings", Message(N_("Settings")), Permission.ADMINISTER),
    ("desk_moderation.proposals", Message(N_("Wishes")), Permission.MODERATE),
    ("desk_moderation.reports", Message(N_("Reports")), Permission.MODERATE),
    ("desk_providers.providers", Message(N_("Providers")), Permission.OPERATE),
    ("desk_portal_users.users", Message(N_("The portal's users")), Permission.OPERATE),
)
"""The desk's menu in its order: endpoint, name, and what one must be allowed to do."""

_STANDING = {
    Admission.SUSPENDED: Message(
        N_("Your organisation is suspended for now: visitors do not see what it offers, and nothing can be published.")
    ),
    Admission.CLOSED: Message(
        N_("Your organisation has left the portal: visitors do not see what it offers, and nothing can be published.")
    ),
}
_SECONDS = 12 * 3600
_NEVER_SENT_BACK = ("csrf", "password", "current")
_SAFE = ("GET", "HEAD", "OPTIONS")
View = TypeVar("View", bound=Callable)


def needs(permission: Permission) -> Callable[[View], View]:
    """Put under the route of a view: only users with this permission come so far."""

    def mark(view: View) -> View:
        view.permission = permission
        return view

    return mark


def for_everybody(view: View) -> View:
    """Put under the route of the few views that are seen signed out: signing in, and links of mail."""
    view.permission = None
    return view


def user() -> User:
    """Who is signed in."""
    return g.user


def provider() -> str:
    """The id of the provider that the user belongs to; 404 for the portal's own people."""
    if g.user.provider is None:
        raise NotFound
    return g.user.provider


def by() -> By:
    """The signed-in user, as the one who makes a change."""
    return By(Origin.DESK, g.user.id)


def install(app: Flask) -> None:
    app.before_request(_guard)
    app.after_request(_keep_private)
    app.context_processor(
        lambda: {"user": g.get("user"), "token": token_field, "desk_links": desk_links, "standing": standing}
    )


def desk_links(who: User) -> list[tuple[str, str]]:
    """Endpoint and name of the pages in the desk's menu that this user may open."""
    return [(endpoint, name.render(gettext)) for endpoint, name, permission in MENU if who.may(permission)]


def standing() -> str:
    """What users of a provider that may not publish now are told; empty for all others."""
    if g.user.provider is None:
        return ""
    admission = services().admitting.admission(g.user.provider)
    return "" if admission is Admission.ADMITTED else _STANDING[admission].render(gettext)


def token_field() -> Markup:
    """Stands in every form of the desk that is sent by POST."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf_token())


def csrf_token() -> str:
    """What such a form carries; another site cannot know it."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"csrf {held_session()}".encode(), hashlib.sha256).hexdigest()[:40]


def cookie_name() -> str:
    return "__Host-session" if request.is_secure else "session"


def held_session() -> str:
    return request.cookies.get(cookie_name(), "")


def hold_session(response: Response, secret: str) -> Response:
    response.set_cookie(
        cookie_name(), secret, max_age=_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def drop_session(response: Response) -> Response:
    response.delete_cookie(cookie_name(), httponly=True, samesite="Lax", secure=request.is_secure, path="/")
    return response


def is_desk() -> bool:
    return (request.blueprint or "").partition("_")[0] == PREFIX


def _guard() -> Response | None:
    if not is_desk():
        return None
    permission = current_app.view_functions[request.endpoint].permission  # a view without one is a mistake: 500
    if permission is None:
        return None
    g.user = services().accounts.signed_in(held_session())
    if g.user is None:
        return _ask_to_sign_in()
    if not g.user.may(permission):
        return private(render_template("desk/forbidden.html"), 403)
    if request.method not in _SAFE and not _has_token():
        return _ask_to_send_again()
    return None


def _has_token() -> bool:
    return hmac.compare_digest(request.form.get("csrf", "").encode("utf-8", "replace"), csrf_token().encode())


def _ask_to_sign_in() -> Response:
    """A page that was asked for comes after signing in; what was typed into a form is kept on the page."""
    if request.method in _SAFE:
        return redirect(url_for("desk.sign_in", next=request.full_path.rstrip("?")))
    return _ask_to_send_again()


def _ask_to_send_again() -> Response:
    """The session ended while someone wrote: the values wait in a form until they are signed in again."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NEVER_SENT_BACK]
    return private(render_template("desk/send_again.html", fields=fields, path=request.full_path.rstrip("?")), 403)


def _keep_private(response: Response) -> Response:
    if is_desk():
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
