"""The portal's own people, moderators and operators: operators look after them."""

from flask import Blueprint, Response

from portal.model.user import Permission
from portal.web.desk import people
from portal.web.desk.access import needs
from portal.web.languages import LANG

blueprint = Blueprint("desk_portal_users", __name__)
_GROUP = people.Group(None, "desk_portal_users.users", "desk_portal_users.user")


@blueprint.route(f"/{LANG}/desk/portal-users", methods=["GET", "POST"])
@needs(Permission.OPERATE)
def users() -> Response:
    return people.users_page(_GROUP)


@blueprint.route(f"/{LANG}/desk/portal-users/<user_id>", methods=["GET", "POST"])
@needs(Permission.OPERATE)
def user(user_id: str) -> Response:
    return people.user_page(_GROUP, user_id)
