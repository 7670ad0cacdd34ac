"""The site: one blueprint a topic, thin views, nothing that services could do without the web."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import resources
from portal.bootstrap import Services
from portal.web import (
    api,
    demand,
    erasing,
    errors,
    feeds,
    formatting,
    home,
    interest,
    languages,
    limits,
    logs,
    mail_links,
    offerings,
    operations,
    pages,
    proposals,
    providers,
    publish_api,
    reports,
    same_site,
    search,
    security,
    templating,
    unsuitable,
    vain,
)
from portal.web.desk import access
from portal.web.desk import files as desk_files
from portal.web.desk import home as desk_home
from portal.web.desk import tokens as desk_tokens
from portal.web.requests import AnyRequest


def create_app(services: Services) -> Flask:
    """The WSGI application on these services."""
    app = Flask(
        "portal",
        template_folder=str(resources.folder("templates")),
        static_folder=str(resources.folder("static")),
        static_url_path="/static",
    )
    app.request_class = AnyRequest
    settings = services.settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=1024 * 1024,
        WTF_I18N_ENABLED=False,  # its own sentences are never shown, and it would read their file at each form
        BABEL_TRANSLATION_DIRECTORIES=str(resources.folder("translations")),
        BABEL_DEFAULT_LOCALE="fi",
        BABEL_DEFAULT_TIMEZONE="Europe/Helsinki",
    )
    app.extensions["services"] = services
    app.json.sort_keys = False
    app.json.ensure_ascii = False
    app.url_map.strict_slashes = True
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(
            app.wsgi_app,
            x_for=settings.trusted_proxies,
            x_proto=settings.trusted_proxies,
            x_host=settings.trusted_proxies,
        )
    for part in (
        logs, security, languages, same_site, formatting, templating, errors, limits, vain, access, publish_api,
    ):  # fmt: skip
        part.install(app)
    for part in (
        home, search, unsuitable, offerings, interest, proposals, reports, mail_links, erasing, providers, pages,
        demand, api, publish_api, feeds, operations, desk_home, desk_files, desk_tokens,
    ):  # fmt: skip
        app.register_blueprint(part.blueprint)
    return app
