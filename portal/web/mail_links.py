"""Where links of mail lead: each page asks by a button before it acts, since mail programs open links by themselves."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request, url_for

from portal.model.contact import Subject
from portal.model.errors import NotFound, Refused
from portal.model.feedback import read_feedback
from portal.model.text import Chosen
from portal.services.links import Linked
from portal.services.retention import BACKUP_DAYS
from portal.web.current import language, services, today
from portal.web.forms import FeedbackForm, comes_back, private
from portal.web.languages import LANG
from portal.web.limits import form_limit
from portal.web.person import forget

blueprint = Blueprint("mail_links", __name__)

_NO_TITLE = Chosen("", "")


@dataclass(frozen=True)
class About:
    """What a link is about: its title and page, both empty where nobody may see it (any more)."""

    kind: Subject
    title: Chosen = _NO_TITLE
    url: str = ""


@blueprint.route(f"/{LANG}/mail/<any(confirm,unsubscribe,withdraw,erase):purpose>/<token>", methods=["GET", "POST"])
def link(purpose: str, token: str) -> Response:
    """Unlimited: nobody can make a link, and mail programs of many people unsubscribe from one address."""
    about = _about(services().following.linked(purpose, token))
    if request.method == "GET":
        return private(render_template("mail_links/ask.html", purpose=purpose, about=about))
    _act(purpose, token, about.kind)
    answer = private(render_template("mail_links/done.html", purpose=purpose, about=about, backup_days=BACKUP_DAYS))
    return forget(answer) if purpose == "erase" else answer


@blueprint.route(f"/{LANG}/mail/feedback/<token>", methods=["GET", "POST"])
@form_limit
def feedback(token: str) -> Response:
    """Three questions. The link is the key: it stands for one person and one offering."""
    about = _offering(services().feedback.about(token))
    form = FeedbackForm()
    if request.method == "GET":
        return private(render_template("mail_links/feedback.html", form=form, about=about))
    try:
        form.check_trap()
        is_first = services().feedback.give(token, read_feedback(request.form, today()), language=language())
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(render_template("mail_links/feedback.html", form=form, about=about))
    return private(render_template("mail_links/feedback_thanks.html", about=about, is_first=is_first))


def _act(purpose: str, token: str, kind: Subject) -> None:
    if purpose == "confirm":
        services().following.confirm(token)
    elif purpose == "unsubscribe":
        services().following.unsubscribe(token)
    elif purpose == "erase":
        services().erasing.erase(token)
    elif kind is Subject.OFFERING:
        services().interests.withdraw(token)
    else:
        services().proposals.leave(token)


def _about(linked: Linked) -> About:
    if linked.kind is Subject.OFFERING:
        return _offering(linked.subject)
    if linked.kind is Subject.DATA:
        return About(Subject.DATA)
    try:
        item = services().proposals.shown(linked.subject).proposal
    except NotFound:
        return About(Subject.PROPOSAL)
    url = url_for("proposals.proposal", proposal_id=item.id)
    return About(Subject.PROPOSAL, Chosen(item.wish.title, item.text_language), url)


def _offering(offering_id: str) -> About:
    try:
        shown = services().catalog.offering(offering_id)
    except NotFound:
        return About(Subject.OFFERING)
    url = url_for("offerings.offering", offering_id=shown.id)
    return About(Subject.OFFERING, shown.offering.title.choose(language()), url)
