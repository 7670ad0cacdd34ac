"""The keys by which a provider's own systems publish: listed, made, shown once, revoked."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from wtforms import SelectMultipleField, StringField

from portal.model.errors import Refused
from portal.model.message import N_
from portal.model.token import SCOPE_LABELS
from portal.model.user import Permission
from portal.web.current import services
from portal.web.desk.access import needs, provider, user
from portal.web.forms import RefusableForm, comes_back, private
from portal.web.languages import LANG

blueprint = Blueprint("desk_tokens", __name__)


class TokenForm(RefusableForm):
    name = StringField(N_("What uses the key?"), description=N_("For example the study register"))
    scopes = SelectMultipleField(N_("What may it do?"), choices=list(SCOPE_LABELS), validate_choice=False)


@blueprint.get(f"/{LANG}/desk/tokens")
@needs(Permission.ADMINISTER)
def tokens() -> Response:
    return private(_page(TokenForm(formdata=None)))


@blueprint.post(f"/{LANG}/desk/tokens")
@needs(Permission.ADMINISTER)
def make() -> Response:
    """The answer itself shows the key: no address may carry it, and nobody sees it again."""
    form = TokenForm()
    try:
        token, secret = services().tokens.make(user(), provider(), request.form, form.scopes.data or ())
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_page(form))
    return private(render_template("desk/tokens/made.html", token_made=token, secret=secret, labels=_labels()))


@blueprint.post(f"/{LANG}/desk/tokens/<token_id>/revoke")
@needs(Permission.ADMINISTER)
def revoke(token_id: str) -> Response:
    services().tokens.revoke(provider(), token_id)
    return redirect(url_for("desk_tokens.tokens", done="revoked"))


def _page(form: TokenForm) -> str:
    found = services().tokens.of_provider(provider())
    done = request.args.get("done") == "revoked"
    return render_template("desk/tokens/tokens.html", form=form, tokens=found, done=done, labels=_labels())


def _labels() -> dict[str, str]:
    return {scope: label.render(gettext) for scope, label in SCOPE_LABELS.items()}
