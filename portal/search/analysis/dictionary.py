"""Look-up of base forms in simplemma's dictionaries, kept on disk as tries that take little memory."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simplemma import __version__ as VERSION
from simplemma.strategies.dictionaries import TrieDictionaryFactory

__all__ = ["VERSION", "Dictionary"]


class Dictionary:
    """Base forms of one language; only looked up, since simplemma's rules for unknown words are slow and guess."""

    def __init__(self, code: str, folder: Path | None) -> None:
        self._forms: Mapping[str, str] = _factory(folder and folder.resolve()).get_dictionary(code)

    def lemma(self, form: str) -> str | None:
        """The base form, or None when the dictionary does not know the form."""
        found = self._forms.get(form)
        if found is None and form[:1].isalpha():
            found = self._forms.get(form.capitalize())  # names
        return found.lower() if found else None


@cache
def _factory(folder: Path | None) -> TrieDictionaryFactory:
    """Tries are built once (some seconds) and then mapped from `folder`; without one the user's cache folder serves."""
    return TrieDictionaryFactory(disk_cache_dir=str(folder) if folder else None)
