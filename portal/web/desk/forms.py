"""The forms of the desk; what was sent is read by the model, as with the forms of visitors."""

from wtforms import PasswordField, StringField

from portal.model.message import N_
from portal.web.forms import RefusableForm


class SignInForm(RefusableForm):
    email = StringField(N_("E-mail"))
    password = PasswordField(N_("Password"))
