"""Removal of everything that leads to a person: by a link sent to an address, or for the browser in hand."""

from flask import Blueprint, Response, render_template, request

from portal.model.errors import Refused
from portal.web.current import language, services
from portal.web.forms import ErasingForm, comes_back, is_pressed, private
from portal.web.languages import LANG
from portal.web.limits import form_limit, wish_limit
from portal.web.person import forget, sender

blueprint = Blueprint("erasing", __name__)


@blueprint.route(f"/{LANG}/privacy/erase", methods=["GET", "POST"])
@form_limit
@wish_limit
def erase() -> Response:
    form = ErasingForm()
    if request.method == "GET":
        return private(render_template("erasing/form.html", form=form))
    if is_pressed("browser"):
        services().erasing.erase_browser(sender())
        return forget(private(render_template("erasing/done.html")))
    try:
        form.check_trap()
        services().erasing.ask(form.email.data or "", language=language())
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(render_template("erasing/form.html", form=form))
    return private(render_template("erasing/asked.html", email=form.email.data.strip()))
