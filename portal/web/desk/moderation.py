"""What moderators decide: which wishes others see, which ones are the same, and what is done about reports."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext

from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused
from portal.model.feedback import REPORT_REASONS
from portal.model.proposal import Moderation
from portal.model.text import Chosen
from portal.model.user import Permission
from portal.services.parameters import clean_text
from portal.services.reporting import KeptReport
from portal.web.current import language, services
from portal.web.desk.access import needs
from portal.web.desk.done import said
from portal.web.forms import RefusableForm, comes_back, private
from portal.web.languages import LANG
from portal.web.wish_cards import make_wish_card

blueprint = Blueprint("desk_moderation", __name__)
_SHOWN = (Moderation.WAITING, Moderation.VISIBLE, Moderation.HIDDEN)
_SIMILAR = 6


@dataclass(frozen=True)
class ReportRow:
    """One report with what it is about. `url`: the page that visitors see, empty where they see none any more."""

    report: KeptReport
    reason: str
    title: Chosen
    url: str


@blueprint.get(f"/{LANG}/desk/moderation/proposals")
@needs(Permission.MODERATE)
def proposals() -> Response:
    wanted = request.args.get("state", "")
    state = Moderation(wanted) if wanted in _SHOWN else Moderation.WAITING
    listed = services().moderating.listing((state,))
    cards = [(item, make_wish_card(item.proposal)) for item in listed]
    return private(render_template("desk/moderation/proposals.html", cards=cards, state=state, done=said()))


@blueprint.route(f"/{LANG}/desk/moderation/proposals/<proposal_id>", methods=["GET", "POST"])
@needs(Permission.MODERATE)
def proposal(proposal_id: str) -> Response:
    """One wish in whatever state, with those it could be joined with; takes the decision."""
    form = RefusableForm()
    if request.method == "POST":
        try:
            return redirect(url_for("desk_moderation.proposals", done=_decide(proposal_id)))
        except Refused as refusal:
            form.refuse(refusal)
            return comes_back(_page(proposal_id, form))
    return private(_page(proposal_id, form))


def _decide(proposal_id: str) -> str:
    """Do what the pressed button says; what was done."""
    moderating = services().moderating
    if "approve" in request.form:
        moderating.approve(proposal_id)
        return "approved"
    if target := request.form.get("merge"):
        moderating.merge(proposal_id, target)
        return "merged"
    if "hide" in request.form:
        moderating.hide(proposal_id)
        return "hidden"
    raise NotFound("No decision was sent.")


def _page(proposal_id: str, form: RefusableForm) -> str:
    item = services().moderating.look(proposal_id)
    words = clean_text(request.args.get("q", "")) or item.proposal.wish.title
    similar = services().similar_proposals.find(words, item.proposal.text_language, _SIMILAR + 1)
    return render_template(
        "desk/moderation/proposal.html",
        item=item,
        card=make_wish_card(item.proposal),
        form=form,
        words=words,
        similar=[make_wish_card(other) for other in similar if other.id != proposal_id][:_SIMILAR],
    )


@blueprint.get(f"/{LANG}/desk/moderation/reports")
@needs(Permission.MODERATE)
def reports() -> Response:
    rows = [_row(item) for item in services().reporting.open_reports()]
    return private(render_template("desk/moderation/reports.html", rows=rows, done=said()))


@blueprint.post(f"/{LANG}/desk/moderation/reports/<int:report_id>")
@needs(Permission.MODERATE)
def handle(report_id: int) -> Response:
    services().reporting.handle(report_id)
    return redirect(url_for("desk_moderation.reports", done="handled"))


def _row(item: KeptReport) -> ReportRow:
    reason = REPORT_REASONS[item.report.reason].render(gettext)
    try:
        if item.kind == Subject.OFFERING:
            shown = services().catalog.offering(item.subject)
            url = url_for("offerings.offering", offering_id=shown.id)
            return ReportRow(item, reason, shown.offering.title.choose(language()), url)
        found = services().moderating.look(item.subject).proposal
    except NotFound:
        return ReportRow(item, reason, Chosen(item.subject, ""), "")
    url = url_for("desk_moderation.proposal", proposal_id=found.id)
    return ReportRow(item, reason, Chosen(found.wish.title, found.text_language), url)
