"""Builds the package from a clean copy of the tree, and runs commands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_IN_A_CLONE = shutil.ignore_patterns(
    ".git", ".venv", "instance", "build", "dist", "node_modules", "vendor", "*.egg-info", "*.mo", "__pycache__", ".*_cache",
    ".hypothesis", "tests", "benchmarks", "docs",
)  # fmt: skip


def run(*command: object, cwd: Path, **environment: str) -> str:
    """Run a command and give its output; a failure shows all of it."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")} | environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def copy_of_the_tree(folder: Path) -> Path:
    """What a fresh clone holds, as far as building needs it."""
    return shutil.copytree(ROOT, folder, ignore=NOT_IN_A_CLONE)


def build_wheel(tree: Path, target: Path) -> Path:
    run(
        sys.executable, "-m", "pip", "wheel", tree, "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", target,
        cwd=target.parent,
    )  # fmt: skip
    wheels = list(target.glob("*.whl"))
    assert len(wheels) == 1
    return wheels[0]
