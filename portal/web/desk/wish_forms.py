"""The forms by which a provider answers wishes; what was sent is read by `portal.model.answer`."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext
from wtforms import SelectField, StringField, TextAreaField

from portal.model.message import N_
from portal.model.proposal import Proposal
from portal.services.desk import Glance
from portal.web.current import language, services
from portal.web.desk.access import provider
from portal.web.forms import RefusableForm

_DAY_HINT = N_("For example 12.1.2027")
_FOLLOWERS = N_("Followers read it.")
_NEWEST = 200


class CommitForm(RefusableForm):
    start = StringField(N_("First day"), description=_DAY_HINT)
    price = StringField(
        N_("Price for one learner, €"), description=N_("0 if it is free. Leave empty if you do not know yet.")
    )
    min_group = StringField(N_("Smallest group"), description=N_("With fewer you may withdraw."))
    max_group = StringField(N_("Largest group"))
    offering = SelectField(N_("Micro-credential"), description=N_("If you have one already. You can name it later."))

    def offer(self, item: Proposal) -> None:
        self.offering.choices = [("", gettext("Not yet")), *_offerings(item)]


class EnrolForm(RefusableForm):
    offering = SelectField(N_("To which micro-credential is enrolment open?"))

    def offer(self, item: Proposal) -> None:
        self.offering.choices = [("", gettext("Choose")), *_offerings(item)]


class HeldForm(RefusableForm):
    participants = StringField(
        N_("How many took part?"), description=N_("It is used for estimates and never shown by itself.")
    )
    held_on = StringField(N_("When was it held?"), description=_DAY_HINT)


class WithdrawForm(RefusableForm):
    reason = TextAreaField(N_("Why do you withdraw it?"), description=_FOLLOWERS)


class CancelForm(RefusableForm):
    reason = TextAreaField(N_("Why will it not be held?"), description=_FOLLOWERS)


class PassForm(RefusableForm):
    reason = TextAreaField(N_("Why is it not for you?"), description=N_("Only you and your colleagues see it."))


FORMS: Mapping[str, type[RefusableForm]] = {
    "commit": CommitForm,
    "enrol": EnrolForm,
    "held": HeldForm,
    "withdraw": WithdrawForm,
    "cancel": CancelForm,
    "pass": PassForm,
}


def make_form(step: str, item: Proposal, *, sent: bool, **values: str) -> RefusableForm:
    """The form of a step; `sent`: with what the request brought, else with `values`. Ids of its fields begin with the
    step, since several forms stand on one page."""
    form = FORMS[step](formdata=request.form if sent else None, data=values)
    if hasattr(form, "offer"):
        form.offer(item)
    for field in form:
        field.id = f"{step}-{field.name}"
    return form


def _offerings(item: Proposal) -> list[tuple[str, str]]:
    """The provider's published offerings of the wish's field, and of others those that changed last."""
    codes, broad = services().codes, services().codes.broad_field(item.wish.field)
    own = services().desk.offerings(provider())
    near = [one for one in own if broad and codes.broad_field(one.field) == broad]
    return list({one.id: _name(one) for one in (*near, *own[:_NEWEST])}.items())


def _name(one: Glance) -> str:
    return f"{one.title.choose(language()).text} ({one.code})"
