"""What kept someone from choosing among what a search found: one press of a button, and thanks."""

from flask import Blueprint, Response, render_template, request

from portal.services.parameters import read_query
from portal.web.current import labels, services
from portal.web.forms import private
from portal.web.languages import LANG
from portal.web.limits import form_limit
from portal.web.search import search_url, wish_url
from portal.web.vain import agent, trace

blueprint = Blueprint("unsuitable", __name__)


@blueprint.post(f"/{LANG}/search/unsuitable")
@form_limit
def unsuitable() -> Response:
    """Words and filters come back with the reason; an unknown reason is refused."""
    query, _ = read_query(request.form.items(multi=True), labels())
    reason = request.form.get("reason", "")
    services().searches_in_vain.not_suitable(query, reason, trace=trace(), agent=agent())
    return private(render_template("search/unsuitable.html", back=search_url(query), wish_url=wish_url(query)))
