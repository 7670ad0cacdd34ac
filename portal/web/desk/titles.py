"""Titles of offerings by id, for pages that name them."""

from collections.abc import Collection

from portal.model.text import Chosen
from portal.web.current import language, services


def titles(ids: Collection[str]) -> dict[str, Chosen]:
    """In whatever state the offerings are."""
    return {name: title.choose(language()) for name, title in services().desk.titles(ids).items()}
