"""What every template may use: addresses of static files that change with their content, signs, marks and safe texts."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, current_app, url_for
from markupsafe import Markup

from portal import resources
from portal.web import figures, glyphs, languages, texts
from portal.web.compiled_templates import CompiledTemplates
from portal.web.current import services

FIELD_TINTS = {
    "00": "lake", "01": "cloud", "02": "blueberry", "03": "lichen", "04": "lichen", "05": "lake",
    "06": "lake", "07": "cloud", "08": "lichen", "09": "blueberry", "10": "cloud", "99": "lake",
}  # fmt: skip


def install(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = CompiledTemplates(app.extensions["services"].settings.data / "templates")
    app.jinja_env.globals.update(
        at_least=figures.at_least,
        asset=asset,
        field_sign=field_sign,
        field_tint=lambda code: FIELD_TINTS.get(code or "99", "lake"),
        scope_squares=glyphs.scope_squares,
        criteria_squares=glyphs.criteria_squares,
        label=lambda name, code: services().codes.label(name, code, languages.current_language()),
        mark=languages.mark,
        language_name=languages.language_name,
        safe_html=texts.safe_html,
        only_examples=lambda: services().catalog.only_examples(),
    )


def asset(name: str) -> str:
    """Address of a static file with a version that follows from its content, so that it may be kept for a year."""
    return url_for("static", filename=name, v=_version(current_app.static_folder, name))


@cache
def _version(folder: str, name: str) -> str:
    return hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:12]


@cache
def field_sign(code: str) -> Markup:
    """The inside of a field's sign: inline, so that it takes the colour of its surroundings."""
    svg = (resources.folder("static") / "fields.svg").read_text(encoding="utf-8")
    for wanted in (code, "99"):
        _, found, rest = svg.partition(f'id="field-{wanted}"')
        if found:
            return Markup(rest[rest.index("</title>") + len("</title>") : rest.index("</symbol>")])
    raise KeyError(code)
