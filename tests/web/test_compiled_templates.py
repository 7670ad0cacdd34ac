"""Compiled templates are kept, and only what is whole is used."""

import pytest
from jinja2 import DictLoader, Environment

from portal.web.compiled_templates import CompiledTemplates


def rendered(folder, text="{{ 6 * 7 }}"):
    """The template by a process that has just started."""
    return (
        Environment(loader=DictLoader({"page": text}), bytecode_cache=CompiledTemplates(folder))
        .get_template("page")
        .render()
    )


def test_a_template_is_compiled_once(tmp_path, monkeypatch):
    assert rendered(tmp_path) == "42"
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered(tmp_path) == "42"


def test_a_template_that_has_changed_is_compiled_anew(tmp_path):
    rendered(tmp_path)
    assert rendered(tmp_path, "{{ 6 + 7 }}") == "13"


@pytest.mark.parametrize("place", [0, 31, 32, 40, -1])
def test_a_damaged_file_is_made_anew(tmp_path, place):
    rendered(tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[place] ^= 1
    path.write_bytes(damaged)
    assert rendered(tmp_path) == "42"
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_hinders_nobody(tmp_path):
    (tmp_path / "file").write_text("")
    assert rendered(tmp_path / "file" / "folder") == "42"
