"""What is promised about providers.csv."""

import pytest
from codes_for_tests import CODES

from portal.ingest.providers import read_providers
from portal.model.errors import UnreadableFile

HEADER = "id,type,name_fi,name_sv,name_en,abbreviations,oid,url,region,aliases\n"


def _told(problems):
    return [(problem.severity.value, problem.row, problem.column) for problem in problems]


def test_a_provider_is_read_with_its_names_and_lists(write):
    path = write(
        "p.csv", HEADER + "aalto,university,Aalto-yliopisto,,Aalto University,Aalto,1.2,https://aalto.fi,01,TKK|HSE\n"
    )
    (provider,), problems = read_providers(path, CODES)
    assert (provider.name, provider.aliases) == ({"fi": "Aalto-yliopisto", "en": "Aalto University"}, ("TKK", "HSE"))
    assert problems == []


def test_a_wrong_provider_harms_no_other_and_everything_wrong_is_told(write):
    path = write("p.csv", HEADER + "A B,shop,,,,,,,,\nok,uas,Hyvä,,,,,,,\n")
    providers, problems = read_providers(path, CODES)
    assert [provider.id for provider in providers] == ["ok"]
    assert sorted(_told(problems)) == [("error", 2, "id"), ("error", 2, "name_fi"), ("error", 2, "type")]


def test_an_unusable_address_is_left_out_and_the_provider_stays(write):
    (provider,), problems = read_providers(write("p.csv", HEADER + "ok,uas,Hyvä,,,,,http://x,99,\n"), CODES)
    assert (provider.url, provider.region) == (None, "99")
    assert _told(problems) == [("warning", 2, "url"), ("warning", 2, "region")]


def test_a_repeated_provider_is_an_error_and_the_first_counts(write):
    (provider,), problems = read_providers(write("p.csv", HEADER + "ok,uas,Yksi,,,,,,,\nok,uas,Kaksi,,,,,,,\n"), CODES)
    assert provider.name == {"fi": "Yksi"} and _told(problems) == [("error", 3, "id")]


def test_unknown_columns_are_warnings(write):
    _, problems = read_providers(write("p.csv", "id;type;name_fi;phone\nok;uas;Hyvä;1\n"), CODES)
    assert _told(problems) == [("warning", 1, "phone")]


@pytest.mark.parametrize("content", ["", "\n", "a,b\n", "id,type\n", b"\0" * 50])
def test_a_file_without_providers_is_refused(write, content):
    with pytest.raises(UnreadableFile):
        read_providers(write("p.csv", content), CODES)
