"""What is installed with pip works from any folder, with style sheet, font and all three languages."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest
from building import ROOT, build_wheel, copy_of_the_tree, run

pytestmark = [pytest.mark.package, pytest.mark.long]

VISIT = """
import json, sys
import portal
from portal import config
from portal.bootstrap import build
from portal.web import create_app

client = create_app(build(config.from_environment())).test_client()
paths = ["/fi/", "/sv/", "/en/", "/sv/search", "/static/vendor/designsystemet.css", "/static/tokens.css",
         "/static/vendor/source-sans-3-latin-wght-normal.woff2", "/api/v1/openapi.json"]
answers = {}
for path in paths:
    with client.get(path) as response:
        text = response.get_data(as_text=True) if "html" in response.content_type else ""
        answers[path] = [response.status_code, len(response.get_data()), text]
print(json.dumps({"place": portal.__file__, "answers": answers}))
"""


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def visited(elsewhere: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the installed portal answers, asked from a folder that has nothing to do with the project."""
    folder = tmp_path_factory.mktemp("anywhere")
    environment = {"PORTAL_DATA": str(folder / "data"), "PORTAL_SECRET_KEY": "x" * 40}
    told = run(elsewhere / "bin" / "portal", "demo", cwd=folder, **environment)
    asked = run(elsewhere / "bin" / "python", "-c", VISIT, cwd=folder, **environment)
    return {"told": told, **json.loads(asked.splitlines()[-1])}


def test_packages_in_setup_cfg_are_those_of_the_tree():
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split())
    folders = {path.parent for path in (ROOT / "portal").rglob("*.py")}
    found = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert listed == found | {"portal.templates", "portal.static", "portal.translations", "portal.catalog_data"}


def test_every_package_of_python_files_opens_with_an_init():
    folders = {path.parent for path in (ROOT / "portal").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [
        ("portal", "**/*.py"),
        ("templates", "**/*.*"),
        ("static", "*.*"),
        ("translations", "**/*.po"),
        ("catalog_data", "**/*.*"),
    ],
)
def test_the_wheel_has_every_file_of(wheel: Path, folder: str, pattern: str):
    place = ROOT if folder == "portal" else ROOT / "portal"
    files = [path for path in (ROOT / folder).glob(pattern) if path.is_file() and "__pycache__" not in path.parts]
    wanted = {(place / path.relative_to(ROOT)).relative_to(ROOT).as_posix() for path in files}
    assert wanted and wanted - set(names(wheel)) == set()


@pytest.mark.parametrize(
    "name",
    [
        "portal/translations/fi/LC_MESSAGES/messages.mo",
        "portal/translations/sv/LC_MESSAGES/messages.mo",
        "portal/static/vendor/designsystemet.css",
        "portal/static/vendor/source-sans-3-latin-wght-normal.woff2",
        "portal/static/vendor/source-sans-3-LICENSE.txt",
        "portal/store/migrations/versions/0001_catalogue.py",
        "portal/catalog_data/providers.csv",
    ],
)
def test_the_wheel_has(wheel: Path, name: str):
    assert name in names(wheel)


def test_the_wheel_has_the_licence(wheel: Path):
    assert [name for name in names(wheel) if name.endswith("/LICENSE")]


def test_the_wheel_has_nothing_that_was_made_while_running(wheel: Path):
    assert [name for name in names(wheel) if name.endswith((".pyc", ".sqlite3")) or "instance" in name] == []


def test_the_wheel_puts_everything_into_the_one_package(wheel: Path):
    assert {name.split("/")[0] for name in names(wheel) if ".dist-info" not in name} == {"portal"}


def test_the_installed_command_loads_the_examples(visited: dict):
    assert "example offerings loaded" in visited["told"]


def test_the_installed_portal_runs_from_its_own_files(visited: dict, elsewhere: Path):
    assert Path(visited["place"]).is_relative_to(elsewhere)


def test_the_installed_portal_answers_in_three_languages_with_style_sheet_and_font(visited: dict):
    assert {path: (status, size > 500) for path, (status, size, _) in visited["answers"].items()} == dict.fromkeys(
        visited["answers"], (200, True)
    )


def test_the_installed_portal_speaks_swedish(visited: dict):
    html = visited["answers"]["/sv/"][2]
    assert '<html lang="sv"' in html and "Anordnare" in html and "Providers" not in html


def test_the_installed_portal_speaks_finnish(visited: dict):
    html = visited["answers"]["/fi/"][2]
    assert '<html lang="fi"' in html and "Järjestäjät" in html and "Providers" not in html


def test_the_installed_portal_makes_its_data_where_it_is_told(elsewhere: Path, tmp_path: Path):
    run(elsewhere / "bin" / "portal", "providers", ROOT / "catalog_data" / "providers.csv", cwd=tmp_path,
        PORTAL_DATA=str(tmp_path / "here"))  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_an_installation_knows_its_version(elsewhere: Path, tmp_path: Path):
    script = "from importlib.metadata import version; import portal; print(version('osaset') == portal.__version__)"
    assert run(elsewhere / "bin" / "python", "-c", script, cwd=tmp_path).strip() == "True"


@pytest.mark.parametrize(
    "text",
    ['<<<<<<< HEAD\nmsgid "Menu"\n', '#, fuzzy\nmsgid "Menu"\nmsgstr "Menyn"\n'],
    ids=["unreadable", "fuzzy"],
)
def test_a_translation_stops_the_build_when_it_is(tmp_path: Path, text: str):
    tree = copy_of_the_tree(tmp_path / "tree")
    shutil.copytree(ROOT / "static" / "vendor", tree / "static" / "vendor")
    (tree / "translations" / "sv" / "LC_MESSAGES" / "messages.po").write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, "setup.py", "assets"], cwd=tree, capture_output=True, timeout=60)
    assert done.returncode != 0


@pytest.mark.long
def test_a_clean_clone_fetches_style_sheet_and_font_when_it_is_built(tmp_path: Path):
    if shutil.which("npm") is None and os.environ.get("CI") != "true":
        pytest.skip("There is no npm here, so building from nothing was not tried.")
    wheel = build_wheel(copy_of_the_tree(tmp_path / "tree"), tmp_path / "dist")
    assert "portal/static/vendor/source-sans-3-latin-wght-normal.woff2" in names(wheel)
