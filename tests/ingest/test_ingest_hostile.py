"""No file of up to 10 MiB takes more than 200 MiB of memory or 10 seconds, or ends in anything but sentences."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import HOSTILE, MEBIBYTE

QUICK = (
    "deep.json", "lists_in_one.json", "keys.json", "deep_line.jsonl", "nul.jsonl", "huge_exponent.jsonl",
    "many_codes.jsonl", "wide.csv", "open_quote.csv", "laughs.xlsx", "far_cell.xlsx", "repeated_long_text.xlsx",
)  # fmt: skip
"""The kinds that are made and read in a second; the others run with the long tests."""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="The peak of memory is measured on Linux only."
)


def _consumed(path: Path) -> dict:
    script = Path(__file__).with_name("consume.py")
    done = subprocess.run([sys.executable, str(script), str(path)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.long) for name in HOSTILE]
)
def test_a_hostile_file_is_answered_in_little_time_and_memory(tmp_path, name):
    path = tmp_path / name
    HOSTILE[name](path)
    assert path.stat().st_size <= 10 * MEBIBYTE
    found = _consumed(path)
    assert found["mebibytes"] <= 200
    assert found["seconds"] <= 10
    assert "refused" in found["outcome"] or found["outcome"]["problems"] > 0


@pytest.mark.parametrize(
    "name", ["laughs.xlsx", "outside_file.xlsx", "many_parts.xlsx", "far_cell.xlsx", "wide.csv", "deep.json"]
)
def test_what_cannot_be_harmless_is_refused_as_a_whole(tmp_path, name):
    path = tmp_path / name
    HOSTILE[name](path)
    assert "refused" in _consumed(path)["outcome"]
