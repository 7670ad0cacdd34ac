"""The first page of the desk, and the way in and out."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from portal.model.errors import Refused
from portal.model.user import Permission
from portal.web.current import services
from portal.web.desk import portal_home
from portal.web.desk.access import drop_session, for_everybody, held_session, hold_session, needs, user
from portal.web.desk.forms import SignInForm
from portal.web.desk.start import start_page
from portal.web.forms import comes_back, private
from portal.web.languages import LANG
from portal.web.limits import sign_in_limit

blueprint = Blueprint("desk", __name__)


@blueprint.get(f"/{LANG}/desk/")
@needs(Permission.OWN)
def home() -> Response:
    if user().provider is None:
        return portal_home.page()
    return private(start_page())


@blueprint.route(f"/{LANG}/desk/sign-in", methods=["GET", "POST"])
@for_everybody
@sign_in_limit
def sign_in() -> Response:
    form = SignInForm()
    if request.method == "GET":
        if services().accounts.signed_in(held_session()):
            return redirect(_next())
        return private(render_template("desk/sign_in.html", form=form))
    try:
        _, secret = services().accounts.sign_in(form.email.data or "", form.password.data or "")
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(render_template("desk/sign_in.html", form=form))
    if held := held_session():
        services().accounts.sign_out(held)
    return hold_session(redirect(_next()), secret)


@blueprint.post(f"/{LANG}/desk/sign-out")
@needs(Permission.OWN)
def sign_out() -> Response:
    services().accounts.sign_out(held_session())
    return drop_session(redirect(url_for("home.home")))


def _next() -> str:
    """The page that was asked for, when it is one of the desk."""
    path = request.args.get("next", "")
    home_path = url_for("desk.home")
    return path if path.startswith(home_path) and "\\" not in path and path.isprintable() else home_path
