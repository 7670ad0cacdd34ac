"""The editor's inputs as its templates show them: words, choices and what is wrong, in the language of the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from portal.model.collation import sort_key
from portal.model.differences import Difference, name_of
from portal.model.message import N_, Message
from portal.model.offering_fields import OFFERING, RUN, OfferingField
from portal.model.text import LANGUAGES
from portal.services.draft_checking import FieldProblem
from portal.web.current import language, services
from portal.web.desk.access import provider
from portal.web.formatting import number

_KINDS = {
    "standalone": Message(N_("No, it is a whole of its own")),
    "stackable": Message(N_("Yes, it counts towards a larger whole")),
}
_CODES_OF = {
    "field": "fields", "level": "levels", "languages": "languages", "assessment.methods": "assessment_methods",
    "assessment.supervision": "supervisions", "grading": "gradings", "certificate.type": "certificate_types",
    "target_groups": "target_groups", "price.vat": "vat", "mode": "modes", "pace": "paces", "region": "regions",
    "municipality": "municipalities",
}  # fmt: skip
_FEW = 8
_LONGEST_SHOWN = 2_000


@dataclass(frozen=True)
class Input:
    """One input with what stands in it. `language`: of a text by language, else empty; `few`: choices that are shown
    at once, the others behind a summary."""

    field: OfferingField
    name: str
    values: tuple[str, ...]
    errors: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    language: str = ""
    few: int = 0

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


def sent() -> dict[str, list[str]]:
    """What the form sent, by the names of its inputs."""
    return {name: request.form.getlist(name) for name in request.form}


def inputs(
    fields: Iterable[OfferingField], values: Mapping[str, Sequence[str]], problems: Iterable[FieldProblem] = ()
) -> dict[str, list[Input]]:
    """The inputs by the path of their field, in the order of the languages."""
    wrong: dict[str, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.name, []).append(words(problem))
    return {field.path: [_input(field, name, values, wrong) for name in field.names] for field in fields}


def words(problem: FieldProblem) -> str:
    """What is wrong and how to mend it."""
    return f"{written(problem.message)} {written(problem.remedy)}"


def told(problem: FieldProblem) -> str:
    """The same away from its field: with the field's name, and the run's number."""
    fields = OFFERING if problem.run is None else RUN
    label = next((gettext(field.label) for field in fields if problem.name in field.names), "")
    run = gettext("Run %(n)s", n=problem.run + 1) if problem.run is not None else ""
    return ": ".join(filter(None, (", ".join(filter(None, (run, label))), words(problem))))


def written(message: Message) -> str:
    values = {key: number(value) if isinstance(value, int) else value for key, value in message.values.items()}
    return Message(message.text, values).render(gettext)


def _input(
    field: OfferingField, name: str, values: Mapping[str, Sequence[str]], wrong: Mapping[str, list[str]]
) -> Input:
    held = tuple(values.get(name, ()))
    choices = _choices(field, held)
    few = len(LANGUAGES) if field.codes == "languages" else 0 if field.codes == "providers" else _FEW * 2
    return Input(
        field=field,
        name=name,
        values=held,
        errors=tuple(dict.fromkeys(wrong.get(name, ()))),
        choices=choices,
        language=name.rpartition(".")[2] if field.by_language else "",
        few=few,
    )


def _choices(field: OfferingField, held: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What can be chosen; also what is there and in no list, so that it stays when nobody touches it."""
    if not field.codes:
        return ()
    known = _listed(field.codes)
    listed = dict(known)
    return (*known, *((value, _unlisted(field, value)) for value in held if value and value not in listed))


def _unlisted(field: OfferingField, code: str) -> str:
    """The name of a detailed field (4 digits) is that of the field it belongs to."""
    codes = services().codes
    known = codes.narrow_field(code) if field.codes == "fields" else None
    return f"{code} ({codes.label('fields', known, language())})" if known else code


def _listed(name: str) -> list[tuple[str, str]]:
    if name == "stackable_kinds":
        return [(code, label.render(gettext)) for code, label in _KINDS.items()]
    if name == "providers":
        others = services().catalog.providers_by_name(language())
        return [(item.id, item.name.choose(language()).text) for item in others if item.id != provider()]
    codes = services().codes[name]
    named = [(code, codes.label(code, language())) for code in codes]
    if name == "fields":
        return [(code, label if len(code) == 2 else f"– {label}") for code, label in named if code != "99"]
    if name == "municipalities":
        return sorted(named, key=lambda item: sort_key(item[1], language()))
    if name == "languages":
        ours = [(code, label) for code, label in named if code in LANGUAGES]
        others = [(code, label) for code, label in named if code not in LANGUAGES]
        return ours + sorted(others, key=lambda item: sort_key(item[1], language()))
    return named


# Differences of two versions


def rows(changes: Iterable[Difference]) -> list[tuple[str, str, str]]:
    """Name of the value, what stood before and after, in words."""
    return [
        (name_of(item.path, gettext), value_in_words(item.path, item.before), value_in_words(item.path, item.after))
        for item in changes
    ]


def value_in_words(path: str, value: object) -> str:
    """A value of the format as people read it; empty where nothing stood."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(value_in_words(path, part) for part in value)
    if isinstance(value, Mapping):
        return "–".join(value_in_words(path, part) for part in value.values())
    listed = _CODES_OF.get(path.rpartition("].")[2] if path.startswith("runs[") else path)
    if listed:
        return services().codes.label(listed, str(value), language())
    text = number(value) if isinstance(value, int | float) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
