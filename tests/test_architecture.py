"""Holds the floors of the house: who may import whom, and how each module begins."""

import ast
import re
from pathlib import Path

import pytest

PORTAL = Path(__file__).resolve().parents[1] / "portal"
MODULES = {
    ".".join(path.relative_to(PORTAL.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PORTAL.rglob("*.py"))
}
FLOORS = {
    "portal.model": ("portal.model",),
    "portal.ingest": ("portal.model", "portal.ingest"),
    "portal.store": ("portal.model", "portal.store"),
    "portal.search": ("portal.model", "portal.search"),
    "portal.services": (
        "portal.model",
        "portal.ingest",
        "portal.store",
        "portal.search",
        "portal.services",
        "portal.resources",
    ),
    "portal.web": (
        "portal.model",
        "portal.services",
        "portal.search.facets",
        "portal.bootstrap",
        "portal.resources",
        "portal.web",
    ),
    "portal.config": ("portal.model",),
    "portal.resources": (),
}
ONLY_IN = {
    "flask": ("portal.web", "portal.cli"),
    "flask_babel": ("portal.web",),
    "flask_limiter": ("portal.web",),
    "sqlalchemy": ("portal.store",),
    "alembic": ("portal.store",),
    "whoosh": ("portal.search.postings",),
}


def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def _imports(module: str) -> set[str]:
    """Names of all imported modules; `from portal.model import ects` gives portal.model.ects where that is a module."""
    found: set[str] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively; write the whole name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in MODULES else node.module)
    return found


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_there_are_modules_to_look_at():
    assert {"portal.model.offering", "portal.web", "portal.cli"} <= set(MODULES)


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_what_lies_below_it(floor):
    allowed = FLOORS[floor]
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        if _is_within(module, floor)
        for name in _imports(module)
        if _is_within(name, "portal") and name != "portal" and not any(_is_within(name, part) for part in allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_used_only_on_its_own_floor(library):
    users = [module for module in MODULES if any(_is_within(name, library) for name in _imports(module))]
    assert [module for module in users if not any(_is_within(module, home) for home in ONLY_IN[library])] == []


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"portal.config"}))
def test_only_config_reads_the_environment(module):
    read = {node.attr for node in ast.walk(_tree(module)) if isinstance(node, ast.Attribute)}
    read |= {alias.name for node in ast.walk(_tree(module)) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not read & {"environ", "environb", "getenv"}


@pytest.mark.parametrize("module", MODULES)
def test_every_module_opens_with_a_sentence_that_says_what_it_is_for(module):
    text = ast.get_docstring(_tree(module)) or ""
    assert re.match(r"[A-Z][^\n]{10,}", text), f"{module} has no opening sentence"
    assert text.split("\n\n")[0].endswith((".", ":")), f"{module} opens with an unfinished sentence"


def test_nothing_is_left_to_do_in_the_code():
    marked = [
        module for module, path in MODULES.items() if re.search(r"\b(TODO|FIXME)\b", path.read_text(encoding="utf-8"))
    ]
    assert marked == []
