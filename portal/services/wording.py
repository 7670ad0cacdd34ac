"""Translates our own sentences outside of a web request: for the command line, reports and mails."""

from collections.abc import Callable
from functools import cache

from babel.support import Translations

from portal import resources


@cache
def translator(language: str) -> Callable[[str], str]:
    """The gettext function of an interface language; English is the source and comes back as it is."""
    if language == "en":
        return str
    return Translations.load(resources.folder("translations"), [language]).gettext
