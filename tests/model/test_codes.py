"""Codes by their names."""

from portal.model.codes import CodeList
from portal.model.text import LocalizedText


def listed(**names: str) -> CodeList:
    return CodeList({code: LocalizedText({"fi": name, "sv": f"{name} sv"}) for code, name in names.items()})


def test_a_code_is_found_by_its_name_in_any_language_and_case():
    assert listed(a="Verkossa").code_of(" verkossa") == listed(a="Verkossa").code_of("VERKOSSA SV") == "a"


def test_a_name_of_several_codes_is_none_of_them_unless_one_is_a_part_of_the_other():
    assert listed(a="Sama", b="Sama").code_of("sama") is None
    assert listed(c1="Ala", c11="Ala").code_of("ala") == "c1"


def test_an_unknown_name_has_no_code():
    assert listed(a="Verkossa").code_of("metsässä") is None
