"""Small code lists, providers and criteria, written by hand, that the tests of the import share."""

from portal.model.codes import CodeList, Codes
from portal.model.criteria import Criterion, RuleSet
from portal.model.provider import Provider
from portal.model.text import LocalizedText


def code_list(*codes: str) -> CodeList:
    return CodeList({code: LocalizedText({"en": code}) for code in codes})


CODES = Codes(
    {
        "fields": code_list("01", "011", "02", "021", "06", "061", "10", "101"),
        "regions": code_list("01", "02", "21"),
        "languages": code_list("fi", "sv", "en", "de"),
    },
    {"091": "01", "049": "01", "478": "21"},
)

CRITERIA = ("learning_outcomes", "scope", "assessment", "certificate", "quality_assurance")
RULES = RuleSet(
    "1",
    "test",
    {"outcome_characters": 10, "ects_min": 1, "ects_max": 59},
    tuple(Criterion(name, LocalizedText({"en": name}), {}) for name in CRITERIA),
)

PROVIDERS = {
    id: Provider(id=id, type=type, name={"en": id})
    for id, type in (
        ("aalto", "university"), ("helsinki", "university"), ("sivis", "study_centre"),
        ("chalmers", "university"), ("edx", "other"),
    )
}  # fmt: skip
