"""Our own sentence for whatever the model finds wrong with a value, and how to mend it."""

import re
from collections.abc import Mapping

from portal.model.message import N_, Message

_TEXT_EXAMPLE = '{"fi": "Tekoälyn perusteet", "en": "Basics of AI"}'

NUMBER = Message(N_("Write a number, for example 2 or 1.5."))
WHOLE_NUMBER = Message(N_("Write a whole number, for example 20."))
DATE = Message(N_("Write the date as 2027-01-12."))
HTTPS = Message(N_("Write an address that begins with https://."))
EMAIL = Message(N_("Write the e-mail as name@example.fi."))
PROVIDER = Message(N_("Write the provider's id as in the list of providers, for example aalto."))
LANGUAGE = Message(N_("Write the language with two letters, for example fi, sv or en."))
MUNICIPALITY = Message(N_("Write the municipality's name or its code, for example Helsinki or 091."))
REGION = Message(N_("Write the region's name or its code, for example Uusimaa or 01."))
FIELD = Message(N_("Write an ISCED-F code of 2, 3 or 4 digits, for example 0613."))
SKILL = Message(N_("Write the address of an ESCO or YSO concept."))
TITLE = Message(N_("Write the title in at least one language, for example {example}."), {"example": _TEXT_EXAMPLE})
PRICE = Message(N_("Write the price in euros as a number, for example 75. Write 0 when it is free."))
BY_LANGUAGE = Message(N_("Write it by language, for example {example}."), {"example": '{"fi": "…", "sv": "…"}'})

REMEDIES: Mapping[str, Message] = {
    "provider": PROVIDER,
    "partners": PROVIDER,
    "code": Message(N_("Write the provider's own code, for example TA-0101.")),
    "title": TITLE,
    "field": FIELD,
    "level": Message(N_("Write the level as a number from 1 to 8.")),
    "languages": LANGUAGE,
    "price": PRICE,
    "price.amount": PRICE,
    "price.currency": Message(N_("Write the currency with three letters, for example EUR.")),
    "quality_assurance.url": HTTPS,
    "contact.email": EMAIL,
    "contact.url": HTTPS,
    "organisations.contact": Message(N_("Write an e-mail address, or an address that begins with https://.")),
    "organisations.min_group": WHOLE_NUMBER,
    "stackable.part_of.url": HTTPS,
    "skills": SKILL,
    "url": HTTPS,
    "runs.id": Message(N_("Give each run an id of its own, for example 2027-autumn.")),
    "runs.languages": LANGUAGE,
    "runs.municipality": MUNICIPALITY,
    "runs.region": REGION,
    "runs.seats": WHOLE_NUMBER,
    "runs.price": PRICE,
    "runs.price.amount": PRICE,
    "runs.price.currency": Message(N_("Write the currency with three letters, for example EUR.")),
    "runs.url": HTTPS,
    "region": REGION,
    "contact_email": EMAIL,
}
"""How to mend a value, by its key path without indexes."""

CHOICES: Mapping[str, Message] = {
    "runs.mode": Message(N_("Write one of these: online, onsite, blended.")),
    "runs.pace": Message(N_("Write one of these: scheduled, self_paced.")),
    "grading": Message(N_("Write one of these: pass_fail, scale_0_5, other.")),
    "certificate.type": Message(N_("Write one of these: digital, paper, none.")),
    "assessment.methods": Message(
        N_("Write one of these: exam, assignment, portfolio, demonstration, project, oral, continuous, other.")
    ),
    "assessment.supervision": Message(
        N_("Write one of these: none, unsupervised, supervised_online, supervised_onsite.")
    ),
    "target_groups": Message(
        N_(
            "Write one of these: unemployed, changing_job, low_education, over_55, migrants, employed, entrepreneurs, "
            "volunteers, men_in_care, other."
        )
    ),
}
"""The codes to choose from, by key path; translations put names before them, which tables may hold as well."""

_OTHER_FORM = Message(N_("The value is not in the form that is expected here."))
_NOT_A_NUMBER = Message(N_("This is not a number."))
_NOT_A_DATE = Message(N_("This is not a date."))
_MISSING = Message(N_("A value that is needed is missing."))

_BY_TYPE: Mapping[str, tuple[Message, Message]] = {
    "missing": (_MISSING, Message(N_("Fill in the value."))),
    "title_missing": (_MISSING, TITLE),
    "string_too_short": (_MISSING, Message(N_("Fill in the value."))),
    "date_unlikely": (Message(N_("The year is not between 1950 and 2150.")), DATE),
    "days_reversed": (
        Message(N_("The last day is before the first day.")),
        Message(N_("Write the earlier day as the first day.")),
    ),
    "range_reversed": (
        Message(N_("The larger number comes first.")),
        Message(N_("Write the smaller number first, for example 2–10.")),
    ),
    "number_expected": (_NOT_A_NUMBER, NUMBER),
    "finite_number": (_NOT_A_NUMBER, NUMBER),
    "int_from_float": (Message(N_("This is not a whole number.")), WHOLE_NUMBER),
    "int_parsing": (Message(N_("This is not a whole number.")), WHOLE_NUMBER),
    "int_type": (Message(N_("This is not a whole number.")), WHOLE_NUMBER),
    "bool_parsing": (Message(N_("This is neither yes nor no.")), Message(N_("Write true or false."))),
    "bool_type": (Message(N_("This is neither yes nor no.")), Message(N_("Write true or false."))),
    "string_type": (Message(N_("A text is expected here.")), Message(N_("Write one text."))),
    "dict_type": (Message(N_("A text by language is expected here.")), BY_LANGUAGE),
    "model_type": (
        Message(N_("An object is expected here.")),
        Message(N_("Write it in braces, for example {example}."), {"example": '{"type": "digital"}'}),
    ),
    "tuple_type": (
        Message(N_("A list is expected here.")),
        Message(N_("Write a list, for example {example}."), {"example": '["fi", "sv"]'}),
    ),
    "language_key": (Message(N_("This is not a language code.")), LANGUAGE),
}


def explain(error: Mapping[str, object], path: str) -> tuple[Message, Message]:
    """Sentence and remedy for one error of the model at a key path without indexes."""
    kind, context = str(error["type"]), error.get("ctx") or {}
    if kind == "literal_error":
        if path in CHOICES:
            return Message(N_("This value is not in the list.")), CHOICES[path]
        choices = ", ".join(re.findall(r"'([^']*)'", str(context["expected"])))
        remedy = Message(N_("Write one of these: {choices}."), {"choices": choices})
        return Message(N_("This value is not in the list.")), remedy
    if kind == "greater_than_equal":
        message = Message(N_("The number is smaller than {limit}."), {"limit": context["ge"]})
        return message, REMEDIES.get(path, NUMBER)
    if kind == "less_than_equal":
        message = Message(N_("The number is larger than {limit}."), {"limit": context["le"]})
        return message, REMEDIES.get(path, NUMBER)
    if kind == "string_too_long":
        message = Message(N_("The text is longer than {limit} characters."), {"limit": context["max_length"]})
        return message, Message(N_("Shorten the text."))
    if kind == "too_long":
        message = Message(N_("The list holds more than {limit} values."), {"limit": context["max_length"]})
        return message, Message(N_("Leave some of them out."))
    if kind == "model_type" and path in ("price", "runs.price"):
        return Message(N_("This is not a price.")), PRICE
    if kind.startswith("date_") and kind not in _BY_TYPE:
        return _NOT_A_DATE, DATE
    if kind in ("decimal_max_places", "decimal_max_digits", "decimal_whole_digits"):
        return Message(N_("The number has too many digits.")), Message(N_("Round it, for example to 1.5."))
    if kind.startswith(("decimal_", "int_")) and kind not in _BY_TYPE:
        return _NOT_A_NUMBER, REMEDIES.get(path, NUMBER)
    message, remedy = _BY_TYPE.get(kind, (_OTHER_FORM, Message(N_("Write it as the format describes."))))
    return message, remedy if kind in ("language_key", "title_missing") else REMEDIES.get(path, remedy)
