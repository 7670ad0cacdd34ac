"""What a view needs of the current request: the services, the language and the day."""

import datetime as dt

from flask import current_app, g
from flask_babel import gettext

from portal.bootstrap import Services
from portal.search.facets import Labels


def services() -> Services:
    return current_app.extensions["services"]


def language() -> str:
    """The language of the page: that of the path, else the one negotiated."""
    return g.language


def today() -> dt.date:
    return services().clock().date()


def labels() -> Labels:
    return services().searching.labels(language(), gettext)
