"""What a provider says of itself, and how it wishes to publish."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from portal.model.errors import Refused
from portal.model.provider_form import read_reach
from portal.model.user import Permission
from portal.web.current import services, today
from portal.web.desk.access import needs, provider
from portal.web.desk.account_forms import SettingsForm
from portal.web.desk.done import said
from portal.web.forms import comes_back, private
from portal.web.languages import LANG

blueprint = Blueprint("desk_settings", __name__)


@blueprint.route(f"/{LANG}/desk/settings", methods=["GET", "POST"])
@needs(Permission.ADMINISTER)
def settings() -> Response:
    admitting = services().admitting
    mine = admitting.provider(provider())
    if request.method == "GET":
        data = mine.model_dump() | {"four_eyes": admitting.wants_four_eyes(mine.id)}
        form = SettingsForm(kept=mine.fields, formdata=None, data=data)
        return private(_page(form, mine.id))
    form = SettingsForm(kept=mine.fields)
    try:
        changed = read_reach(request.form, request.form.getlist("fields"), mine, services().codes, today())
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_page(form, mine.id))
    admitting.settle(changed, bool(form.four_eyes.data))
    return redirect(url_for("desk_settings.settings", done="saved"))


def _page(form: SettingsForm, provider_id: str) -> str:
    admitting = services().admitting
    return render_template(
        "desk/settings/settings.html",
        form=form,
        provider=admitting.provider(provider_id),
        steps=admitting.steps(provider_id),
        done=said(),
    )
