"""Where templates, static files, translations and catalogue data lie, in a checkout and in an installed wheel."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder `templates`, `static`, `translations` or `catalog_data`.

    A wheel carries it inside the package; an editable install leaves it beside the package, where importlib.resources
    does not find it.
    """
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"The folder {name} is missing from this installation.")
