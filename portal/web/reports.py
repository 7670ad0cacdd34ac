"""Reports that something on a page is wrong, outdated or does not belong here."""

from flask import Blueprint, Response, render_template, request, url_for

from portal.model.contact import Subject
from portal.model.errors import Refused
from portal.model.feedback import read_report
from portal.model.text import Chosen
from portal.web.current import language, services, today
from portal.web.forms import ReportForm, comes_back, private
from portal.web.languages import LANG
from portal.web.limits import form_limit, wish_limit
from portal.web.person import sender

blueprint = Blueprint("reports", __name__)


@blueprint.route(f"/{LANG}/offerings/<offering_id>/report", methods=["GET", "POST"])
@form_limit
@wish_limit
def offering(offering_id: str) -> Response:
    shown = services().catalog.offering(offering_id)
    back = url_for("offerings.offering", offering_id=shown.id)
    return _answer(Subject.OFFERING, shown.id, shown.offering.title.choose(language()), back)


@blueprint.route(f"/{LANG}/proposals/<proposal_id>/report", methods=["GET", "POST"])
@form_limit
@wish_limit
def proposal(proposal_id: str) -> Response:
    item = services().proposals.shown(proposal_id).proposal
    back = url_for("proposals.proposal", proposal_id=item.id)
    return _answer(Subject.PROPOSAL, item.id, Chosen(item.wish.title, item.text_language), back)


def _answer(kind: Subject, subject: str, title: Chosen, back: str) -> Response:
    form, words = ReportForm(), {"title": title, "back": back, "is_offering": kind is Subject.OFFERING}
    if request.method == "GET":
        key = services().reporting.form_key(kind, subject)
        return private(render_template("reports/form.html", form=form, key=key, **words))
    try:
        form.check_trap()
        report = read_report(request.form, today())
        services().reporting.report(kind, subject, report, form_key=form.key.data or "", sender=sender())
    except Refused as refusal:
        form.refuse(refusal)
        key = form.key_after(refusal, services().reporting.form_key(kind, subject))
        return comes_back(render_template("reports/form.html", form=form, key=key, **words))
    return private(render_template("reports/thanks.html", **words))
