"""Who works at the desk: users, their roles, and what each role may do."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.model.message import N_, Message


class Role(StrEnum):
    """editor, publisher and admin belong to one provider; moderator and operator to the portal."""

    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"
    MODERATOR = "moderator"
    OPERATOR = "operator"


class Permission(StrEnum):
    """What a page of the desk asks of its user. Those of a provider hold for the user's own provider only."""

    OWN = "own"
    EDIT = "edit"
    PUBLISH = "publish"
    ADMINISTER = "administer"
    MODERATE = "moderate"
    OPERATE = "operate"


PROVIDER_ROLES = (Role.EDITOR, Role.PUBLISHER, Role.ADMIN)
PORTAL_ROLES = (Role.MODERATOR, Role.OPERATOR)

KEEPERS: Mapping[bool, Role] = {True: Role.ADMIN, False: Role.OPERATOR}
"""Who looks after the users of a provider (True) and of the portal (False): one of them is always left."""

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.EDITOR: frozenset({Permission.OWN, Permission.EDIT}),
    Role.PUBLISHER: frozenset({Permission.OWN, Permission.EDIT, Permission.PUBLISH}),
    Role.ADMIN: frozenset({Permission.OWN, Permission.EDIT, Permission.PUBLISH, Permission.ADMINISTER}),
    Role.MODERATOR: frozenset({Permission.OWN, Permission.MODERATE}),
    Role.OPERATOR: frozenset({Permission.OWN, Permission.MODERATE, Permission.OPERATE}),
}
"""Role → what it may do. `own` is what everybody may do with their own account."""

ROLE_LABELS = {
    Role.EDITOR: Message(N_("Editor")),
    Role.PUBLISHER: Message(N_("Publisher")),
    Role.ADMIN: Message(N_("Administrator")),
    Role.MODERATOR: Message(N_("Moderator")),
    Role.OPERATOR: Message(N_("Operator")),
}


class LinkPurpose(StrEnum):
    """What a link to an account lets its receiver do."""

    SIGN_IN = "sign-in"
    PASSWORD = "password"
    INVITATION = "invitation"


class Origin(StrEnum):
    """By which way a change of the catalogue came."""

    COMMAND = "command"
    DESK = "desk"
    FILE = "file"
    API = "api"


@dataclass(frozen=True)
class By:
    """Who made a change: the way it came, and the user where one is known."""

    origin: Origin = Origin.COMMAND
    user: str | None = None


COMMAND = By()


@dataclass(frozen=True)
class User:
    """One person with an account. `provider` is None for the portal's own people; `epoch` grows whenever links and
    sessions of before must stop working; `has_password` is False until one is chosen. Times are UTC."""

    id: str
    email: str
    name: str
    role: Role
    language: str
    provider: str | None = None
    is_active: bool = True
    has_password: bool = False
    epoch: int = 0
    created_at: dt.datetime | None = None
    signed_in_at: dt.datetime | None = None

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS[self.role]
