"""The users of one's own provider: its administrators invite them, change roles and let them go."""

from flask import Blueprint, Response

from portal.model.user import Permission
from portal.web.desk import people
from portal.web.desk.access import needs, provider
from portal.web.languages import LANG

blueprint = Blueprint("desk_users", __name__)


@blueprint.route(f"/{LANG}/desk/users", methods=["GET", "POST"])
@needs(Permission.ADMINISTER)
def users() -> Response:
    return people.users_page(_group())


@blueprint.route(f"/{LANG}/desk/users/<user_id>", methods=["GET", "POST"])
@needs(Permission.ADMINISTER)
def user(user_id: str) -> Response:
    return people.user_page(_group(), user_id)


def _group() -> people.Group:
    return people.Group(provider(), "desk_users.users", "desk_users.user")
