"""How tables that we write are worded: headers in the reader's language that the import knows, and what each means."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from portal.ingest.columns import Column
from portal.model.differences import name_of
from portal.model.message import N_, Message
from portal.services.files.offering_rows import exported_columns
from portal.services.wording import translator

DELIMITERS: Mapping[str, str] = {"fi": ";", "sv": ";", "en": ","}
"""What spreadsheet programs of these languages expect in CSV."""


def heading_of(column: Column, language: str) -> str:
    """The column's first name in the language, with a capital letter and blanks: `Nimi fi`, `Run start`."""
    names = {"fi": column.fi, "sv": column.sv}.get(language, ())
    name = (names or (column.name,))[0].replace("_", " ")
    return name[0].upper() + name[1:]


def column_choices(language: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Name and words of every column that a header can mean: of offerings, and of runs."""
    translate = translator(language)
    named = [(column, (column.name, name_of(column.path, translate))) for column in exported_columns(True)]
    return [item for column, item in named if not column.of_run], [item for column, item in named if column.of_run]


_LINES = Message(N_("One a line."))
_DATE = Message(N_("A date, for example 12.1.2027."))
_CODES = N_("Names or codes of the sheet {sheet}, with commas between.")
_CODE = N_("One name or code of the sheet {sheet}.")
_YES_NO = Message(N_("Yes or no."))
_ADDRESS = Message(N_("An address that begins with https://."))


SHEETS: Mapping[str, Message] = {
    "fields": Message(N_("Fields")),
    "languages": Message(N_("Languages")),
    "assessment_methods": Message(N_("Assessment methods")),
    "supervisions": Message(N_("Supervision of assessment")),
    "certificate_types": Message(N_("Certificates")),
    "target_groups": Message(N_("Target groups")),
    "gradings": Message(N_("Grading")),
    "modes": Message(N_("Modes")),
    "paces": Message(N_("Paces")),
    "municipalities": Message(N_("Municipalities")),
    "regions": Message(N_("Regions")),
}
"""What the sheets of code lists are called, at most 31 characters as Excel wants."""


def _code(sheet: str) -> Message:
    return Message(_CODE, {"sheet": sheet})


def _codes(sheet: str) -> Message:
    return Message(_CODES, {"sheet": sheet})


HINTS: Mapping[str, Message] = {
    "code": Message(N_("Your own code. The same code again changes the same offering. Every row needs it.")),
    "title": Message(N_("The name of the offering. At least one language.")),
    "summary": Message(N_("One or two sentences for the list of results.")),
    "description": Message(N_("What it is about. Plain text, Markdown or HTML.")),
    "learning_outcomes": Message(N_("What the learner knows or can do afterwards. One a line.")),
    "ects": Message(N_("Credits: 5, 1.5 or 2–10.")),
    "hours": Message(N_("Hours of work, where there are no credits.")),
    "field": _code("fields"),
    "level": Message(N_("A number from 1 to 8 (EQF).")),
    "languages": _codes("languages"),
    "assessment_methods": _codes("assessment_methods"),
    "assessment": Message(N_("How learning is assessed.")),
    "supervision": _code("supervisions"),
    "certificate_type": _code("certificate_types"),
    "certificate_shareable": _YES_NO,
    "quality": Message(N_("How you assure quality. Universities must say it, or give an address.")),
    "quality_url": _ADDRESS,
    "prerequisites": Message(N_("What one should know or have before.")),
    "stackable": Message(N_("Write standalone or stackable.")),
    "part_of": Message(N_("The larger whole: title | credits | address. One a line.")),
    "koski": Message(N_("Yes, when it can be recorded in Koski with the learner's consent.")),
    "target_groups": _codes("target_groups"),
    "keywords": _LINES,
    "skills": Message(N_("Addresses of ESCO or YSO concepts, with commas between.")),
    "price": Message(N_("Euros as a number. 0 means free, empty means not stated.")),
    "organisations": Message(N_("Yes, when an employer can order it for its staff.")),
    "organisations_min_group": Message(N_("The smallest group that an employer can order.")),
    "organisations_contact": Message(N_("E-mail or address for employers.")),
    "grading": _code("gradings"),
    "recognition": Message(N_("How it can be recognised in other studies.")),
    "guidance": Message(N_("Where to get guidance.")),
    "contact_email": Message(N_("Whom a learner asks. Shown on the page.")),
    "contact_url": _ADDRESS,
    "partners": Message(N_("Ids of other providers with whom it is offered.")),
    "url": Message(N_("The offering's page on your site, where one enrols.")),
    "run_id": Message(N_("Your own name for the run. Needed when any other column of the run is filled.")),
    "run_start": _DATE,
    "run_end": _DATE,
    "run_enrol_from": _DATE,
    "run_enrol_by": _DATE,
    "run_mode": _code("modes"),
    "run_pace": _code("paces"),
    "run_languages": _codes("languages"),
    "run_municipality": _code("municipalities"),
    "run_region": Message(
        N_("One name or code of the sheet {sheet}. Follows from the municipality."), {"sheet": "regions"}
    ),
    "run_seats": Message(N_("How many can take part.")),
    "run_price": Message(N_("Only when it differs from the price above.")),
    "run_url": _ADDRESS,
}
"""What to write into a column, by its name without a language."""


def hint_of(column: Column) -> Message:
    name = column.name
    return HINTS[name if name in HINTS else name.rpartition("_")[0]]


def hint(column: Column, translate: Callable[[str], str]) -> str:
    """What to write into a column, naming sheets as they are called in that language."""
    message = hint_of(column)
    sheet = sheet_of(column)
    return replace(message, values={"sheet": SHEETS[sheet].render(translate)} if sheet else message.values).render(
        translate
    )


def sheet_of(column: Column) -> str:
    """The code list that the values of a column come from; empty where there is none."""
    return str(hint_of(column).values.get("sheet", ""))
