"""What kept someone from choosing among what a search found: one press of a button, and thanks."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from portal.services.parameters import read_query
from portal.web.current import labels, services
from portal.web.forms import private
from portal.web.languages import LANG
from portal.web.limits import form_limit
from portal.web.search import search_url, wish_url
from portal.web.vain import agent, trace

blueprint = Blueprint("unsuitable", __name__)


@blueprint.route(f"/{LANG}/search/unsuitable", methods=["GET", "POST"])
@form_limit
def unsuitable() -> Response:
    """Words and filters come back with the reason; an unknown reason is refused. The language switcher leads to a GET."""
    if request.method == "GET":
        return redirect(url_for("search.results"))
    query, _ = read_query(request.form.items(multi=True), labels())
    reason = request.form.get("reason", "")
    services().searches_in_vain.not_suitable(query, reason, trace=trace(), agent=agent())
    return private(render_template("search/unsuitable.html", back=search_url(query), wish_url=wish_url(query)))
