"""Look-up of base forms in simplemma's dictionaries, kept on disk as tries that take little memory."""

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from marisa_trie import BytesTrie

VERSION = version("simplemma")


class _Forms(Protocol):
    def get(self, form: str) -> str | None: ...


class Dictionary:
    """Base forms of one language; only looked up, since simplemma's rules for unknown words are slow and guess."""

    def __init__(self, code: str, folder: Path | None) -> None:
        self._forms = _forms(code, folder and folder.resolve())

    def lemma(self, form: str) -> str | None:
        """The base form, or None when the dictionary does not know the form."""
        found = self._forms.get(form)
        if found is None and form[:1].isalpha():
            found = self._forms.get(form.capitalize())  # names
        return found.lower() if found else None


@cache
def _forms(code: str, folder: Path | None) -> _Forms:
    """Forms with their base forms: simplemma's trie, built once (some seconds) and then mapped from `folder`; without
    one the user's cache folder serves."""
    if folder:
        try:
            return _Mapped(folder / f"{code}.dic")
        except (OSError, RuntimeError):
            pass  # none yet, or damaged: it is made anew
    from simplemma.strategies.dictionaries import TrieDictionaryFactory  # slow: it brings rules for fifty languages

    return TrieDictionaryFactory(disk_cache_dir=str(folder) if folder else None).get_dictionary(code)


class _Mapped:
    """A trie that simplemma left on the disk; raises OSError or RuntimeError when it is none."""

    def __init__(self, path: Path) -> None:
        self._trie = BytesTrie()
        self._trie.mmap(str(path))

    def get(self, form: str) -> str | None:
        found = self._trie.get(form)
        return found[0].decode() if found else None
