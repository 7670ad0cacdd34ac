"""Fixtures for the tests of the package: its wheel, and an installation of it elsewhere."""

import shutil
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from building import ROOT, build_wheel, copy_of_the_tree, run


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a clean copy with the style sheet and font that `make` has already fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = copy_of_the_tree(folder / "tree")
    shutil.copytree(ROOT / "static" / "vendor", tree / "static" / "vendor")
    return build_wheel(tree, folder / "dist")


@pytest.fixture(scope="session")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel installed; its dependencies are lent by the one that runs the tests."""
    folder = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(folder, with_pip=False, symlinks=True)
    run(sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "--no-deps", "--no-index",
        "--quiet", wheel, cwd=folder)  # fmt: skip
    lent = sysconfig.get_paths()["purelib"]
    own = run(folder / "bin" / "python", "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=folder)
    (Path(own.strip()) / "lent.pth").write_text(lent + "\n")
    return folder
