"""The way in by mail: asking for a link, and the page that a link leads to."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from portal.model.errors import Refused, Rejected
from portal.model.user import LinkPurpose
from portal.web.current import services
from portal.web.desk.access import for_everybody, held_session, hold_session
from portal.web.desk.account_forms import AskLinkForm, PasswordForm
from portal.web.forms import comes_back, private
from portal.web.languages import LANG
from portal.web.limits import form_limit, sign_in_limit

blueprint = Blueprint("desk_links", __name__)


@blueprint.route(f'/{LANG}/desk/link/<any("sign-in",password):purpose>', methods=["GET", "POST"])
@for_everybody
@sign_in_limit
def ask(purpose: str) -> Response:
    """Answers the same whether there is such an account or not."""
    form = AskLinkForm()
    if request.method == "GET":
        return private(render_template("desk/links/ask.html", form=form, purpose=purpose))
    try:
        services().entering.ask(form.email.data or "", LinkPurpose(purpose))
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(render_template("desk/links/ask.html", form=form, purpose=purpose))
    return private(render_template("desk/links/asked.html", email=form.email.data.strip()))


@blueprint.route(f'/{LANG}/desk/link/<any("sign-in",password,invitation):purpose>/<token>', methods=["GET", "POST"])
@for_everybody
@form_limit
def link(purpose: str, token: str) -> Response:
    """Acts by a button only, since mail programs open links by themselves."""
    form, entering = PasswordForm(), services().entering
    try:
        account = entering.read(LinkPurpose(purpose), token)
        if request.method == "GET":
            return private(render_template("desk/links/use.html", form=form, purpose=purpose, account=account))
        if purpose == LinkPurpose.SIGN_IN:
            secret = entering.sign_in(token)
        else:
            secret = entering.choose_password(LinkPurpose(purpose), token, form.password.data or "")
    except Rejected as refusal:
        form.refuse(refusal)
        return comes_back(render_template("desk/links/use.html", form=form, purpose=purpose, account=account))
    except Refused as refusal:
        return private(render_template("desk/links/dead.html", refusal=refusal.message, purpose=purpose), 409)
    if held := held_session():
        services().accounts.sign_out(held)
    return hold_session(redirect(url_for("desk.home")), secret)
