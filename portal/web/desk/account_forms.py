"""Forms of accounts and of providers' standing; what was sent is read by the model."""

from flask_babel import gettext
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from portal.model.admission import CRITERIA
from portal.model.message import N_, Message
from portal.model.provider import PROVIDER_TYPES
from portal.model.provider_form import broad_fields
from portal.model.user import PROVIDER_ROLES, STAFF_ROLES, Role
from portal.services.accounts import MIN_PASSWORD
from portal.web.current import language, services
from portal.web.forms import RefusableForm
from portal.web.languages import NAMES

_ROLES = {
    Role.EDITOR: Message(N_("Editor: writes and imports, does not publish")),
    Role.PUBLISHER: Message(N_("Publisher: also publishes, withdraws and answers wishes")),
    Role.ADMIN: Message(N_("Administrator: also looks after users and settings")),
    Role.MODERATOR: Message(N_("Moderator: reads wishes and reports")),
    Role.OPERATOR: Message(N_("Operator: also looks after providers and users")),
}
_LENGTH = Message(N_("At least {n} characters. A few words in a row are easy to remember."), {"n": MIN_PASSWORD})


class AskLinkForm(RefusableForm):
    email = StringField(N_("E-mail"))


class PasswordForm(RefusableForm):
    password = PasswordField(N_("New password"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.password.description = _LENGTH.render(gettext)


class ChangePasswordForm(PasswordForm):
    current = PasswordField(N_("Current password"))


class AddressForm(RefusableForm):
    email = StringField(N_("New e-mail address"))
    current = PasswordField(N_("Current password"), id="address-current")  # another form of the page has one, too


class AccountForm(RefusableForm):
    name = StringField(N_("Name"), description=N_("Colleagues see it beside what you did."))
    language = SelectField(N_("Language of mail to you"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.language.choices = list(NAMES.items())


class RoleForm(RefusableForm):
    role = RadioField(N_("Role"))

    def __init__(self, *, of_provider: bool, **options: object) -> None:
        super().__init__(**options)
        roles = PROVIDER_ROLES if of_provider else STAFF_ROLES
        self.role.choices = [(str(role), _ROLES[role].render(gettext)) for role in roles]


class InviteForm(RoleForm):
    email = StringField(N_("E-mail"))
    name = StringField(N_("Name"))
    language = SelectField(N_("Language of the mail"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.language.choices = list(NAMES.items())


class ReachForm(RefusableForm):
    """What a provider says of itself."""

    contact_email = StringField(
        N_("Contact e-mail"), description=N_("Wishes, reports and reminders come here. It is never shown.")
    )
    url = StringField(N_("Website"), description=N_("For example https://www.example.fi"))
    region = SelectField(N_("Region"), description=N_("Leave it open when you work in the whole country."))
    fields = SelectMultipleField(N_("Fields"), description=N_("You are told of wishes in these fields."))

    def __init__(self, *, kept: tuple[str, ...] = (), **options: object) -> None:
        super().__init__(**options)
        codes = services().codes
        self.region.choices = [("", gettext("The whole country"))] + [
            (code, codes.label("regions", code, language())) for code in codes["regions"]
        ]
        offered = list(dict.fromkeys((*broad_fields(codes), *kept)))
        self.fields.choices = [(code, codes.label("fields", code, language())) for code in sorted(offered)]


class SettingsForm(ReachForm):
    four_eyes = BooleanField(N_("Somebody else than the author must publish"))


class IdentityForm(RefusableForm):
    """What the operator says of a provider."""

    type = SelectField(N_("Type"))
    name_fi = StringField(N_("Name in Finnish"))
    name_sv = StringField(N_("Name in Swedish"))
    name_en = StringField(N_("Name in English"))
    oid = StringField(N_("OID"), description=N_("The organisation's number in the national register"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        codes = services().codes
        self.type.choices = [(kind, codes.label("provider_types", kind, language())) for kind in PROVIDER_TYPES]


class NewProviderForm(IdentityForm, ReachForm):
    id = StringField(
        N_("Id"), description=N_("Small letters, digits and hyphens. It stands in addresses and never changes.")
    )
    checklist = SelectMultipleField(N_("Criteria that are met"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.checklist.choices = [(name, criterion.name.render(gettext)) for name, criterion in CRITERIA.items()]


class DecisionForm(RefusableForm):
    reason = TextAreaField(N_("Reason"), description=N_("The provider sees it."))
