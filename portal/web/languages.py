"""The language of a page: it stands in the path, `/` negotiates it, and the switcher keeps page and query."""

from babel.support import Translations
from flask import Flask, Request, current_app, g, request, url_for
from flask_babel import Babel, get_locale, get_translations
from markupsafe import Markup

from portal.model.text import LANGUAGES
from portal.web.current import services

LANG = "<any(fi,sv,en):lang>"
"""Put before every page's path: `/fi/search`."""

NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def negotiated(incoming: Request) -> str:
    """The interface language that the browser prefers; Finnish when it prefers none of ours."""
    return incoming.accept_languages.best_match(LANGUAGES) or "fi"


def install(app: Flask) -> None:
    Babel(app, locale_selector=lambda: g.language)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.context_processor(_for_templates)
    app.jinja_env.globals["get_locale"] = get_locale
    # A page asks some two hundred times, and Flask-Babel looks up the request's language each time.
    app.jinja_env.install_gettext_callables(
        lambda text: _translations().ugettext(text),
        lambda one, many, number: _translations().ungettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, text: _translations().upgettext(context, text),
        npgettext=lambda context, one, many, number: _translations().unpgettext(context, one, many, number),
    )


def _take_language(endpoint: str | None, values: dict | None) -> None:
    g.language = negotiated(request)  # first, since what follows may find the query unreadable
    from_path = (values or {}).pop("lang", None)
    if from_path is None:
        first = request.path.split("/")[1] if request.path.count("/") else ""
        from_path = (
            first if first in LANGUAGES else request.args.get("lang") if request.args.get("lang") in LANGUAGES else None
        )
    g.language = from_path or g.language


def _give_language(endpoint: str, values: dict) -> None:
    if "lang" not in values and "language" in g and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = g.language


def _for_templates() -> dict:
    return {"language": g.get("language", "fi"), "languages": NAMES, "in_language": in_language, "base_url": base_url()}


def in_language(language: str, *, query: bool = True) -> str:
    """The address of this same page in another language, with its query or without."""
    if request.endpoint and request.url_rule and "lang" in request.url_rule.arguments:
        arguments = {**(request.view_args or {}), "lang": language}
        text = request.query_string.decode("ascii", "replace") if query else ""
        return url_for(request.endpoint, **arguments) + (f"?{text}" if text else "")
    return url_for("home.home", lang=language)


def _translations() -> Translations:
    if "translations" not in g or g.translations[0] != g.language:
        g.translations = g.language, get_translations()
    return g.translations[1]


def base_url() -> str:
    """Scheme and host for addresses that leave the site (canonical links, sitemap)."""
    return services().settings.base_url or request.host_url.rstrip("/")


def mark(text: str, text_language: str) -> Markup:
    """A text in a span that tells its language, when that is not the page's."""
    return in_its_language(Markup.escape(text), text_language)


def in_its_language(html: Markup, text_language: str) -> Markup:
    if not html or not text_language or text_language == g.language:
        return html
    return Markup('<span lang="{}">{}</span>').format(text_language, html)


def current_language() -> str:
    return g.get("language", "fi")


def language_name(code: str) -> str:
    return services().codes.label("languages", code, g.language)
