"""The pages on users that three topics share: a list with an invitation, and one user's page."""

from dataclasses import dataclass, field

from flask import Response, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from portal.model.errors import Refused
from portal.model.form import Fields
from portal.model.text import LANGUAGES
from portal.model.user import KEEPERS, PORTAL_ROLES, PROVIDER_ROLES, ROLE_LABELS, Role, User
from portal.web.current import language, services, today
from portal.web.desk.account_forms import InviteForm, RoleForm
from portal.web.desk.done import said
from portal.web.forms import comes_back, private

_NAME_LENGTH = 200


@dataclass(frozen=True)
class Group:
    """Whose users pages are about (None: the portal's own), and the endpoints of the list and of one user."""

    provider: str | None
    listing: str
    one: str
    values: dict[str, str] = field(default_factory=dict)

    def list_url(self, **query: str) -> str:
        return url_for(self.listing, **self.values, **query)

    def user_url(self, user: User, **query: str) -> str:
        return url_for(self.one, **self.values, user_id=user.id, **query)

    def users(self) -> list[User]:
        return services().staffing.users(self.provider)

    @property
    def roles(self) -> tuple[Role, ...]:
        return PROVIDER_ROLES if self.provider else PORTAL_ROLES

    def invite_form(self, *, empty: bool = False) -> InviteForm:
        """As it was sent, or `empty`."""
        if not empty:
            return InviteForm(of_provider=self.provider is not None)
        role = self.roles[0] if self.users() else KEEPERS[self.provider is not None]
        first = {"role": str(role), "language": language()}
        return InviteForm(of_provider=self.provider is not None, formdata=None, data=first)


def users_page(group: Group) -> Response:
    """The list; takes the invitation that stands below it."""
    if request.method == "GET":
        return private(_listed(group, group.invite_form(empty=True)))
    form = group.invite_form()
    try:
        invite(group)
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_listed(group, form))
    return redirect(group.list_url(done="invited"))


def invite(group: Group) -> None:
    """From the fields email, name, role and language; raises Refused."""
    fields = Fields(request.form, today())
    email = fields.email(needed=True)
    name = fields.text("name", _NAME_LENGTH, private=True)
    role = fields.choice("role", group.roles, needed=True)
    spoken = fields.choice("language", LANGUAGES, needed=True)
    fields.done()
    services().staffing.invite(group.provider, email, Role(role), name=name, language=spoken)


def user_page(group: Group, user_id: str) -> Response:
    """One user; takes the forms of its page, told apart by their button."""
    found = services().staffing.user(group.provider, user_id)
    form = RoleForm(of_provider=group.provider is not None, formdata=None, data={"role": str(found.role)})
    if request.method == "GET":
        return private(_shown(group, found, form))
    try:
        return redirect(_act(group, found))
    except Refused as refusal:
        form.refuse(refusal)
        return comes_back(_shown(group, found, form))


def _act(group: Group, found: User) -> str:
    """Do what was asked; where to go then."""
    staffing, wanted = services().staffing, request.form.get("do", "")
    if wanted == "role":
        fields = Fields(request.form, today())
        role = fields.choice("role", group.roles, needed=True)
        fields.done()
        staffing.change_role(group.provider, found.id, Role(role))
        return group.user_url(found, done="role")
    if wanted in ("activate", "deactivate"):
        staffing.set_active(group.provider, found.id, wanted == "activate")
        return group.user_url(found, done="active" if wanted == "activate" else "inactive")
    if wanted == "invite":
        staffing.invite_again(group.provider, found.id)
        return group.user_url(found, done="invited-again")
    if wanted == "remove":
        staffing.remove(group.provider, found.id)
        return group.list_url(done="removed")
    raise BadRequest


def _listed(group: Group, form: InviteForm) -> str:
    return render_template(
        "desk/users/users.html", group=group, users=group.users(), form=form, roles=ROLE_LABELS, done=said()
    )


def _shown(group: Group, found: User, form: RoleForm) -> str:
    return render_template("desk/users/user.html", group=group, found=found, form=form, roles=ROLE_LABELS, done=said())
