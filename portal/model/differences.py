"""What differs between two versions of an offering, value by value, and what people call each value."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from portal.model.message import N_, Message


@dataclass(frozen=True)
class Difference:
    """One value that is not the same. path: keys as in the provider format; runs stand under their id
    (`runs[2027-k].start`), other lists under the index (`learning_outcomes[0].fi`). None where nothing was stated."""

    path: str
    before: object
    after: object


def differences(old: Mapping, new: Mapping) -> list[Difference]:
    """Differences of two offerings in the shape of the provider format, in the order of the format.

    A list of plain values, and credits from-to, are one value each.
    """
    before, after = dict(_values(old, "")), dict(_values(new, ""))
    paths = sorted(before.keys() | after.keys(), key=_place)
    return [
        Difference(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)
    ]


def _values(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping) and not path.endswith("ects"):
        for key, part in value.items():
            yield from _values(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value):
        for index, part in enumerate(value):
            key = part.get("id", index) if isinstance(part, Mapping) and path == "runs" else index
            yield from _values(part, f"{path}[{key}]")
    elif value not in (None, "", [], (), {}):
        yield path, list(value) if isinstance(value, tuple) else value


NAMES: Mapping[str, Message] = {
    "code": Message(N_("Code")),
    "title": Message(N_("Title")),
    "summary": Message(N_("Summary")),
    "description": Message(N_("Description")),
    "learning_outcomes": Message(N_("Learning outcomes")),
    "ects": Message(N_("Scope")),
    "hours": Message(N_("Hours of work")),
    "field": Message(N_("Field")),
    "level": Message(N_("Level")),
    "languages": Message(N_("Language of teaching")),
    "assessment.methods": Message(N_("Methods of assessment")),
    "assessment.description": Message(N_("Assessment")),
    "assessment.supervision": Message(N_("Supervision of assessment")),
    "certificate.type": Message(N_("Certificate")),
    "certificate.shareable": Message(N_("The certificate can be shared")),
    "certificate.description": Message(N_("Description of the certificate")),
    "quality_assurance.description": Message(N_("Quality assurance")),
    "quality_assurance.url": Message(N_("Page about quality assurance")),
    "prerequisites": Message(N_("Before you start")),
    "stackable.kind": Message(N_("Part of a larger whole or not")),
    "stackable.part_of": Message(N_("What this is part of")),
    "stackable.part_of.title": Message(N_("What this is part of")),
    "stackable.part_of.ects": Message(N_("Scope of the whole")),
    "stackable.part_of.url": Message(N_("Page of the whole")),
    "koski": Message(N_("Koski")),
    "target_groups": Message(N_("For whom")),
    "keywords": Message(N_("Keywords")),
    "skills": Message(N_("Skills as linked data")),
    "price.amount": Message(N_("Price")),
    "price.currency": Message(N_("Currency")),
    "price.vat": Message(N_("Value added tax")),
    "organisations.available": Message(N_("Employers can order it")),
    "organisations.min_group": Message(N_("Smallest group")),
    "organisations.contact": Message(N_("Contact for employers")),
    "grading": Message(N_("Grading")),
    "recognition": Message(N_("Recognition in other studies")),
    "guidance": Message(N_("Guidance")),
    "contact.name": Message(N_("Contact person")),
    "contact.email": Message(N_("E-mail of the contact")),
    "contact.url": Message(N_("Contact page")),
    "partners": Message(N_("Together with")),
    "example": Message(N_("Example")),
    "url": Message(N_("Page of the offering")),
    "runs.id": Message(N_("Run")),
    "runs.start": Message(N_("First day")),
    "runs.end": Message(N_("Last day")),
    "runs.enrol_from": Message(N_("Enrolment begins")),
    "runs.enrol_by": Message(N_("Enrolment ends")),
    "runs.mode": Message(N_("Mode")),
    "runs.pace": Message(N_("Pace")),
    "runs.languages": Message(N_("Language of teaching")),
    "runs.municipality": Message(N_("Municipality")),
    "runs.region": Message(N_("Region")),
    "runs.seats": Message(N_("Places")),
    "runs.price.amount": Message(N_("Price")),
    "runs.price.currency": Message(N_("Currency")),
    "runs.price.vat": Message(N_("Value added tax")),
    "runs.url": Message(N_("Page of the run")),
}
"""What people call a value, by its key path without indexes and languages, in the order of the format."""

_ORDER = {path: index for index, path in enumerate(NAMES)}
_OF_RUN = re.compile(r"runs\[(.*)\]\.(.+)", re.DOTALL)
_RUN = Message(N_("Run"))


def name_of(path: str, translate: Callable[[str], str]) -> str:
    """A path as people read it: `title.sv` → `Title (sv)`, `runs[2027-k].start` → `Run 2027-k: First day`."""
    if of_run := _OF_RUN.fullmatch(path):
        return f"{_RUN.render(translate)} {of_run[1]}: {name_of(f'runs.{of_run[2]}', translate)}"
    plain, index, language = _taken_apart(path)
    name = NAMES[plain].render(translate) if plain in NAMES else plain
    place = ", ".join(filter(None, (index, language)))
    return f"{name} ({place})" if place else name


def _taken_apart(path: str) -> tuple[str, str, str]:
    """Key path without index and language, the index counted from 1, the language."""
    index = re.search(r"\[(\d+)\]", path)
    plain = re.sub(r"\[\d+\]", "", path)
    language = ""
    if plain not in NAMES and re.fullmatch(r".+\.[a-z]{2}", plain):
        plain, language = plain[:-3], plain[-2:]
    return plain, str(int(index[1]) + 1) if index else "", language


def _place(path: str) -> tuple[int, str, int, str]:
    """Sorts by the format, runs after the rest and each run's values together."""
    if of_run := _OF_RUN.fullmatch(path):
        return len(NAMES), of_run[1], _ORDER.get(f"runs.{of_run[2].partition('[')[0]}", len(NAMES)), path
    plain, index, language = _taken_apart(path)
    return _ORDER.get(plain, len(NAMES)), "", int(index or 0), language
