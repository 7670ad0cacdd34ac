"""The forms that visitors send: their fields, labels and choices. What was sent is read by the model."""

from collections.abc import Iterable, Mapping

from flask import Response, make_response, request
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField, TextAreaField

from portal.model.collation import sort_key
from portal.model.ects import BANDS
from portal.model.errors import Refused, Rejected, StaleForm
from portal.model.feedback import ANSWERS, REPORT_REASONS
from portal.model.interest import LEVEL_LABELS
from portal.model.message import N_, Message
from portal.model.proposal import BUDGETS
from portal.model.text import LANGUAGES
from portal.search.facets import SCOPE_LABELS
from portal.web.current import language, services
from portal.web.formatting import number

_TRAPPED = Message(N_("Leave this field empty."))
_DAY_HINT = N_("For example 12.1.2027")


class RefusableForm(FlaskForm):
    """A form that comes back with a sentence at each field that could not be used.

    Labels and descriptions are English sources, translated where they are shown.
    """

    class Meta:
        csrf = False  # what other sites send is refused before (web/same_site.py, web/desk/access.py)

    problem = ""
    """A sentence about the form as a whole."""

    wrong: tuple[Field, ...] = ()
    """The fields with errors, in the order in which they stand on the page."""

    @property
    def is_refused(self) -> bool:
        return bool(self.problem or self.wrong)

    def refuse(self, refusal: Refused) -> None:
        """Note why the form comes back: at its fields, or for the whole."""
        if not isinstance(refusal, Rejected):
            self.problem = _written(refusal.message)
            return
        for name, message in refusal.fields.items():
            self[name].errors = [_written(message)]
        self.wrong = tuple(self[name] for name in refusal.fields)


class SentForm(RefusableForm):
    """A form of visitors, with a trap for robots. `key` is a signed value of the services, so no session and no cookie
    is needed."""

    key = HiddenField()
    website = StringField(N_("Leave this field empty"))

    def check_trap(self) -> None:
        """Raises Rejected when something stands in the field that people do not see."""
        if self.website.data:
            raise Rejected({"website": _TRAPPED})

    def key_after(self, refusal: Refused, new_key: str) -> str:
        """The key with which the form comes back: its own, unless that is too old or not ours."""
        return new_key if isinstance(refusal, StaleForm) else self.key.data or new_key


class InterestForm(SentForm):
    level = RadioField(N_("How interested are you?"))
    people = StringField(N_("How many people?"))
    region = SelectField(N_("Region"))
    mode = SelectField(N_("Mode"))
    start_from = StringField(N_("Earliest start"), description=_DAY_HINT)
    start_by = StringField(N_("Latest start"), description=_DAY_HINT)
    email = StringField(
        N_("E-mail"), description=N_("We tell you about new runs and use the address for nothing else.")
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.level.choices = _said(LEVEL_LABELS)
        self.region.choices = _from_list("regions", gettext("No preference"))
        self.mode.choices = _from_list("modes", gettext("No preference"))


class JoinForm(SentForm):
    level = RadioField(N_("How much do you wish it?"))
    people = StringField(N_("How many people?"))
    needed_by = StringField(N_("Needed by"), description=_DAY_HINT)
    budget = SelectField(N_("Budget"), description=N_("Only providers see it."))
    name = StringField(N_("Name of the workplace"), description=N_("Others do not see the name, unless you allow it."))
    name_public = BooleanField(N_("The name may be shown on the page of the wish"))
    email = StringField(
        N_("E-mail"),
        description=N_("We tell you when something happens to the wish, and use the address for nothing else."),
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.level.choices = _said(LEVEL_LABELS)
        self.budget.choices = [("", gettext("I do not know")), *_said(BUDGETS)]


class WishForm(JoinForm):
    title = StringField(N_("What would you like to learn?"), description=N_("A few words, as you would search for it"))
    text = TextAreaField(N_("Tell us more"), description=N_("What for, and what should you be able to do after it?"))
    field = SelectField(N_("Field"))
    scope = SelectField(N_("Scope"))
    language = SelectField(N_("Language of teaching"))
    region = SelectField(N_("Region"))
    mode = SelectField(N_("Mode"))
    start_by = StringField(N_("Latest start"), description=_DAY_HINT)
    group_size = StringField(
        N_("Group"), description=N_("How many must wish the same before providers are told, from 5 to 500")
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        nothing = gettext("No preference")
        self.field.choices = [("", gettext("I do not know")), *_fields(self.field.data)]
        self.scope.choices = [("", nothing), *((band, SCOPE_LABELS[band].render(gettext)) for band in BANDS)]
        self.language.choices = [("", nothing), *_languages()]
        self.region.choices = _from_list("regions", nothing)
        self.mode.choices = _from_list("modes", nothing)


class ReportForm(SentForm):
    reason = RadioField(N_("What is it about?"))
    text = TextAreaField(N_("Tell us more"), description=N_("Do not write about yourself: we cannot answer."))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.reason.choices = _said(REPORT_REASONS)


class FeedbackForm(SentForm):
    outcomes_met = RadioField(N_("Did you learn what was promised?"))
    recommends = RadioField(N_("Would you recommend it?"))
    next = TextAreaField(N_("What would you like to learn next?"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.outcomes_met.choices = _said(ANSWERS)
        self.recommends.choices = _said(ANSWERS | {"partly": Message(N_("Perhaps"))})


class ErasingForm(SentForm):
    email = StringField(N_("E-mail"))


def private(html: str, status: int = 200) -> Response:
    """A page that carries a key or an answer: no cache keeps it."""
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def comes_back(html: str) -> Response:
    """The page of a form that could not be taken."""
    return private(html, 422)


def is_pressed(name: str) -> bool:
    """True when the form was sent by the button of this name."""
    return name in request.form


def as_typed(day: object) -> str:
    """A day as forms take it in every language: 12.1.2027."""
    return f"{day.day}.{day.month}.{day.year}" if day else ""


def _written(message: Message) -> str:
    """A sentence in the visitor's language, its numbers as that language writes them."""
    values = {name: number(value) if isinstance(value, int) else value for name, value in message.values.items()}
    return Message(message.text, values).render(gettext)


def _said(labels: Mapping[str, Message]) -> list[tuple[str, str]]:
    return [(str(value), message.render(gettext)) for value, message in labels.items()]


def _from_list(name: str, nothing: str) -> list[tuple[str, str]]:
    codes = services().codes[name]
    return [("", nothing), *((code, codes.label(code, language())) for code in codes)]


def _fields(chosen: str | None) -> Iterable[tuple[str, str]]:
    """Broad fields, and the narrow one that a search had chosen."""
    codes = services().codes["fields"]
    return [
        (code, codes.label(code, language())) for code in codes if code != "99" and (len(code) == 2 or code == chosen)
    ]


def _languages() -> list[tuple[str, str]]:
    """Ours first, the others by name."""
    codes = services().codes["languages"]
    named = [(code, codes.label(code, language())) for code in codes]
    return sorted(named, key=lambda item: (item[0] not in LANGUAGES, sort_key(item[1], language())))
