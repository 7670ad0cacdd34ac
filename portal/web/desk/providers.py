"""Providers as the operator sees them: admitting, suspending, closing, and their users."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext

from portal.model.admission import ADMISSION_LABELS, CRITERIA, Admission
from portal.model.collation import sort_key
from portal.model.errors import Refused
from portal.model.provider_form import read_identity, read_new_provider
from portal.model.user import ROLE_LABELS, Permission
from portal.web.current import language, services, today
from portal.web.desk import people
from portal.web.desk.access import needs, user
from portal.web.desk.account_forms import DecisionForm, IdentityForm, InviteForm, NewProviderForm
from portal.web.desk.done import said
from portal.web.forms import comes_back, private
from portal.web.languages import LANG

blueprint = Blueprint("desk_providers", __name__)
TAGS = {Admission.ADMITTED: "ok", Admission.SUSPENDED: "warn", Admission.CLOSED: ""}


@blueprint.get(f"/{LANG}/desk/providers")
@needs(Permission.OPERATE)
def providers() -> Response:
    chosen = request.args.get("admission", "")
    listed = [item for item in services().admitting.listing() if chosen in ("", item.admission)]
    listed.sort(key=lambda item: sort_key(item.provider.name.choose(language()).text, language()))
    return private(
        render_template(
            "desk/providers/list.html", listed=listed, labels=ADMISSION_LABELS, tags=TAGS, chosen=chosen, done=said()
        )
    )


@blueprint.route(f"/{LANG}/desk/providers/new", methods=["GET", "POST"])
@needs(Permission.OPERATE)
def new() -> Response:
    form = NewProviderForm()
    if request.method == "GET":
        return private(_new_page(form))
    sent = request.form
    try:
        made, checklist = read_new_provider(
            sent, sent.getlist("fields"), sent.getlist("checklist"), services().codes, today()
        )
        services().admitting.admit(made, checklist, user().id)
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_new_page(form))
    return redirect(url_for("desk_providers.provider", provider_id=made.id, done="admitted"))


@blueprint.route(f"/{LANG}/desk/providers/<provider_id>", methods=["GET", "POST"])
@needs(Permission.OPERATE)
def provider(provider_id: str) -> Response:
    """Also takes an invitation of one of its users."""
    group = _group(provider_id)
    if request.method == "GET":
        return private(_page(group))
    form = group.invite_form()
    try:
        people.invite(group)
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_page(group, invite_form=form))
    return redirect(group.list_url(done="invited"))


@blueprint.post(f"/{LANG}/desk/providers/<provider_id>/identity")
@needs(Permission.OPERATE)
def identify(provider_id: str) -> Response:
    group, form = _group(provider_id), IdentityForm()
    try:
        known = services().admitting.provider(provider_id)
        services().admitting.describe(read_identity(request.form, known, today()))
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_page(group, identity_form=form))
    return redirect(group.list_url(done="saved"))


@blueprint.post(f"/{LANG}/desk/providers/<provider_id>/admission/<any(admitted,suspended,closed):admission>")
@needs(Permission.OPERATE)
def decide(provider_id: str, admission: str) -> Response:
    group, form = _group(provider_id), DecisionForm()
    try:
        services().admitting.decide(provider_id, Admission(admission), form.reason.data or "", user().id)
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_page(group, decision_form=form))
    return redirect(group.list_url(done="decided"))


@blueprint.route(f"/{LANG}/desk/providers/<provider_id>/users/<user_id>", methods=["GET", "POST"])
@needs(Permission.OPERATE)
def provider_user(provider_id: str, user_id: str) -> Response:
    return people.user_page(_group(provider_id), user_id)


def _group(provider_id: str) -> people.Group:
    known = services().admitting.provider(provider_id)
    values = {"provider_id": known.id}
    return people.Group(known.id, "desk_providers.provider", "desk_providers.provider_user", values)


def _page(
    group: people.Group, *, invite_form: InviteForm | None = None, identity_form: IdentityForm | None = None,
    decision_form: DecisionForm | None = None,
) -> str:  # fmt: skip
    admitting = services().admitting
    found = admitting.provider(group.provider)
    names = {f"name_{code}": text for code, text in found.name.items()}
    forms = (invite_form, identity_form, decision_form)
    return render_template(
        "desk/providers/provider.html",
        group=group,
        provider=found,
        admission=admitting.admission(found.id),
        steps=admitting.steps(found.id),
        users=group.users(),
        roles=ROLE_LABELS,
        labels=ADMISSION_LABELS,
        tags=TAGS,
        criteria=CRITERIA,
        form=invite_form or group.invite_form(empty=True),
        identity_form=identity_form or IdentityForm(formdata=None, data=found.model_dump() | names),
        decision_form=decision_form or DecisionForm(formdata=None),
        refused=next((form for form in forms if form), None),
        done=said(),
    )


def _new_page(form: NewProviderForm) -> str:
    wished = gettext("Wished for.")
    whys = {
        name: " ".join(([] if criterion.required else [wished]) + [criterion.why.render(gettext)])
        for name, criterion in CRITERIA.items()
    }
    return render_template("desk/providers/new.html", form=form, whys=whys)
