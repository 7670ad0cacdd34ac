"""Real course data of three universities, where it lies beside the project."""

import time
from pathlib import Path

import pytest
from codes_for_tests import CODES
from records_for_tests import check_file, errors

from portal.ingest.providers import read_providers

COURSES = Path(__file__).parents[2].parent / "shared" / "courses"

pytestmark = pytest.mark.skipif(not COURSES.is_dir(), reason="The real course files are not beside this project.")


@pytest.mark.parametrize(("name", "count"), [("aalto", 2366), ("chalmers", 1546), ("edx", 975)])
def test_every_real_offering_goes_in_quickly(name, count):
    began = time.process_time()
    checked = check_file(COURSES / f"{name}.jsonl", default_provider=None)
    assert [one.row for one in checked if errors(one)] == []
    assert sum(one.offering is not None for one in checked) == count
    assert time.process_time() - began < 20


def test_more_than_half_of_the_swedish_descriptions_of_one_university_are_found_to_be_english():
    checked = check_file(COURSES / "aalto.jsonl", default_provider=None)
    found = [one.detected["description.sv"] for one in checked if "description.sv" in one.detected]
    assert found.count("en") / len(found) > 0.5


def test_the_providers_are_read_without_problems():
    providers, problems = read_providers(COURSES / "providers.csv", CODES)
    assert ([provider.id for provider in providers], problems) == (["aalto", "chalmers", "edx"], [])
