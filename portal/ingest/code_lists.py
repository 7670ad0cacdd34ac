"""Whether the codes of an offering are known: fields, languages, municipalities, regions and partners."""

from collections.abc import Collection

from portal.ingest.explaining import FIELD, LANGUAGE, MUNICIPALITY, PROVIDER, REGION
from portal.ingest.findings import Findings
from portal.model.codes import CodeList, Codes
from portal.model.message import N_, Message
from portal.model.offering import Offering, Run
from portal.model.text import LocalizedText

UNKNOWN_CODE = Message(N_("We do not know this code. It is kept as it is."))


def is_known_field(code: str, codes: Codes) -> bool:
    """True for a listed ISCED-F code, and for a detailed one (4 digits) of a listed narrow field."""
    return code in codes["fields"] or (len(code) == 4 and code[:3] in codes["fields"])


CODE_LISTS = {
    "field": "fields", "languages": "languages", "grading": "gradings", "target_groups": "target_groups",
    "assessment.methods": "assessment_methods", "assessment.supervision": "supervisions",
    "certificate.type": "certificate_types", "mode": "modes", "pace": "paces", "municipality": "municipalities",
    "region": "regions",
}  # fmt: skip
"""The code list of a value of an offering or a run, by its path."""


def read_names(data: dict, codes: Codes) -> None:
    """Put codes in the place of names (`Tampere`, `verkossa`): people write those into tables."""
    for part in (data, *data.get("runs", ())):
        for path, name in CODE_LISTS.items():
            folder, _, key = path.rpartition(".")
            place = part.get(folder) if folder else part
            if isinstance(place, dict) and key in place and name in codes.lists:
                place[key] = _codes_of(place[key], codes[name])


def _codes_of(value: object, codes: CodeList) -> object:
    if isinstance(value, list):
        return [_codes_of(part, codes) for part in value]
    return value if not isinstance(value, str) or value in codes else codes.code_of(value) or value


def restore_field(data: dict, codes: Codes, findings: Findings) -> None:
    """Give a field code from a table the leading zero that a spreadsheet took: 6 → 06, 613 → 0613."""
    code = data.get("field")
    if not isinstance(code, str) or not code.strip().isdecimal():
        return
    code = code.strip()
    if len(code) == 1:
        data["field"] = f"0{code}"
    elif len(code) < 4 and not is_known_field(code, codes) and is_known_field(f"0{code}", codes):
        data["field"] = f"0{code}"
        message = Message(N_("We read the field {value} as {code}."), {"value": code, "code": data["field"]})
        findings.warn("field", message, Message(N_("Format the column as text, so that leading zeros stay.")), code)


def check_codes(offering: Offering, codes: Codes, providers: Collection[str], findings: Findings) -> None:
    """Warn of each code that its list does not have; the code is kept."""
    if offering.field and not is_known_field(offering.field, codes):
        findings.warn("field", UNKNOWN_CODE, FIELD, offering.field)
    _languages(offering.languages, "languages", codes, findings)
    for index, partner in enumerate(offering.partners):
        if partner not in providers:
            findings.warn(f"partners[{index}]", UNKNOWN_CODE, PROVIDER, partner)
    for name, value in offering:
        if isinstance(value, LocalizedText):
            for language in value:
                _language(language, f"{name}.{language}", codes, findings)
    for index, run in enumerate(offering.runs):
        _run(run, f"runs[{index}]", codes, findings)


def _run(run: Run, path: str, codes: Codes, findings: Findings) -> None:
    _languages(run.languages, f"{path}.languages", codes, findings)
    region = codes.region_by_municipality.get(run.municipality or "")
    if run.municipality and region is None and not _listed(run.municipality, "municipalities", codes, default=False):
        findings.warn(f"{path}.municipality", UNKNOWN_CODE, MUNICIPALITY, run.municipality)
    if run.region and run.region not in codes["regions"]:
        findings.warn(f"{path}.region", UNKNOWN_CODE, REGION, run.region)
    if run.region and region and run.region != region:
        message = Message(
            N_("Municipality {municipality} lies in region {region}. That region counts."),
            {"municipality": run.municipality, "region": region},
        )
        remedy = Message(N_("Leave the region out, or correct one of the two."))
        findings.warn(f"{path}.region", message, remedy, run.region)


def _languages(languages: tuple[str, ...], path: str, codes: Codes, findings: Findings) -> None:
    for index, language in enumerate(languages):
        _language(language, f"{path}[{index}]", codes, findings)


def _language(language: str, path: str, codes: Codes, findings: Findings) -> None:
    if not _listed(language, "languages", codes, default=True):
        findings.warn(path, UNKNOWN_CODE, LANGUAGE, language)


def _listed(code: str, name: str, codes: Codes, default: bool) -> bool:
    """Whether a list has the code; `default` where the catalogue has no such list."""
    return code in codes[name] if name in codes.lists else default
