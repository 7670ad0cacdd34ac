"""Interest in an offering: the form that tells it, and the answer."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from portal.model.errors import Refused
from portal.model.interest import Recorded, read_interest
from portal.services.catalog import Shown
from portal.web.current import language, services, today
from portal.web.forms import InterestForm, as_typed, comes_back, private
from portal.web.languages import LANG
from portal.web.limits import form_limit
from portal.web.person import remember, sender

blueprint = Blueprint("interest", __name__)


@blueprint.route(f"/{LANG}/offerings/<offering_id>/interest", methods=["GET", "POST"])
@form_limit
def interest(offering_id: str) -> Response:
    shown = services().catalog.offering(offering_id)
    if request.method == "GET":
        return _empty_form(shown)
    form = InterestForm()
    try:
        form.check_trap()
        item, email = read_interest(request.form, services().codes, today())
        recorded = services().interests.record(
            shown.id, item, email=email, form_key=form.key.data or "", sender=sender()
        )
    except Refused as refusal:
        form.refuse(refusal)
        key = form.key_after(refusal, services().interests.form_key(shown.id))
        return comes_back(_page(shown, form, key))
    return remember(private(_thanks(shown, recorded, email)), recorded.browser)


def _empty_form(shown: Shown) -> Response:
    """With what this browser said before, or the level that the link asked for."""
    if shown.is_withdrawn:
        return redirect(url_for("offerings.offering", offering_id=shown.id))
    said = services().interests.current(shown.id, sender())
    values = {"level": request.args.get("level", "would_take_part")}
    if said:
        values = {"level": said.level, "region": said.region, "mode": said.mode}
        values |= {"start_from": as_typed(said.start_from), "start_by": as_typed(said.start_by)}
        values["people"] = str(said.people) if said.people > 1 else ""
    return private(_page(shown, InterestForm(data=values), services().interests.form_key(shown.id), bool(said)))


def _page(shown: Shown, form: InterestForm, key: str, was_said: bool = False) -> str:
    title = shown.offering.title.choose(language())
    return render_template("interest/form.html", shown=shown, title=title, form=form, key=key, was_said=was_said)


def _thanks(shown: Shown, recorded: Recorded, email: str) -> str:
    title = shown.offering.title.choose(language())
    return render_template("interest/thanks.html", shown=shown, title=title, recorded=recorded, email=email)
