"""One's own account: name, language, e-mail address, password, where one is signed in, and leaving."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from portal.model.errors import Refused
from portal.model.form import Fields
from portal.model.text import LANGUAGES
from portal.model.user import Permission
from portal.web.current import services, today
from portal.web.desk.access import drop_session, hold_session, needs, user
from portal.web.desk.account_forms import AccountForm, AddressForm, ChangePasswordForm
from portal.web.desk.done import said
from portal.web.forms import comes_back, private
from portal.web.languages import LANG
from portal.web.limits import sign_in_limit

blueprint = Blueprint("desk_account", __name__)
_NAME_LENGTH = 200


@blueprint.get(f"/{LANG}/desk/account")
@needs(Permission.OWN)
def account() -> Response:
    return private(_page())


@blueprint.post(f"/{LANG}/desk/account/name")
@needs(Permission.OWN)
def rename() -> Response:
    form, fields = AccountForm(), Fields(request.form, today())
    try:
        name = fields.text("name", _NAME_LENGTH, needed=True, private=True)
        language = fields.choice("language", LANGUAGES, needed=True)
        fields.done()
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_page(account_form=form))
    services().accounts.rename(user(), name, language)
    return redirect(url_for("desk_account.account", done="saved"))


@blueprint.post(f"/{LANG}/desk/account/password")
@needs(Permission.OWN)
@sign_in_limit
def password() -> Response:
    form = ChangePasswordForm()
    try:
        secret = services().accounts.change_password(user(), form.current.data or "", form.password.data or "")
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_page(password_form=form))
    return hold_session(redirect(url_for("desk_account.account", done="password")), secret)


@blueprint.post(f"/{LANG}/desk/account/address")
@needs(Permission.OWN)
@sign_in_limit
def ask_address() -> Response:
    form = AddressForm()
    try:
        services().changing_address.ask(user(), form.email.data or "", form.current.data or "")
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_page(address_form=form))
    return redirect(url_for("desk_account.account", done="address-asked"))


@blueprint.route(f"/{LANG}/desk/account/address/<token>", methods=["GET", "POST"])
@needs(Permission.OWN)
def address(token: str) -> Response:
    """Acts by a button only, since mail programs open links by themselves."""
    changing = services().changing_address
    try:
        if request.method == "GET":
            return private(render_template("desk/account/address.html", email=changing.read(user(), token)))
        changing.change(user(), token)
    except Refused as refusal:
        return private(render_template("desk/account/address.html", refusal=refusal.message), 409)
    return redirect(url_for("desk_account.account", done="address"))


@blueprint.post(f"/{LANG}/desk/account/sign-out-everywhere")
@needs(Permission.OWN)
def sign_out_everywhere() -> Response:
    services().accounts.sign_out_everywhere(user())
    return drop_session(redirect(url_for("desk.sign_in")))


@blueprint.post(f"/{LANG}/desk/account/remove")
@needs(Permission.OWN)
def remove() -> Response:
    try:
        services().staffing.remove(user().provider, user().id)
    except Refused as refusal:
        form = AccountForm(formdata=None, obj=user())
        form.refuse(refusal)
        return comes_back(_page(account_form=form))
    return drop_session(redirect(url_for("home.home")))


def _page(
    account_form: AccountForm | None = None,
    password_form: ChangePasswordForm | None = None,
    address_form: AddressForm | None = None,
) -> str:
    return render_template(
        "desk/account/account.html",
        form=account_form or AccountForm(formdata=None, obj=user()),
        address_form=address_form or AddressForm(formdata=None),
        password_form=password_form or ChangePasswordForm(formdata=None),
        sessions=services().accounts.sessions(user()),
        done=said(),
    )
