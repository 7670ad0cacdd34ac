"""Dictionaries and the compiled vocabulary, made once for all runs of the tests and lent to every data folder."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from portal import resources
from portal.search.analysis import Analyzer
from portal.search.analysis.dictionary import VERSION
from portal.search.vocabulary import Vocabulary
from portal.services.reference import read_codes
from portal.services.vocabularies import Vocabularies

_KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "osaset-tests"


@cache
def words_folder() -> Path:
    """The dictionaries as tries; making them takes twenty seconds, so they stay from run to run."""
    folder = _KEPT / f"words-{VERSION}"
    if not folder.is_dir():
        _KEPT.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=_KEPT))
        Analyzer(new, use_voikko=False)
        try:
            new.rename(folder)
        except OSError:  # another run was faster
            shutil.rmtree(new)
    return folder


@cache
def analyzer(*, use_voikko: bool = True) -> Analyzer:
    """One analyzer for all tests, so that a word is analysed once."""
    return Analyzer(words_folder(), use_voikko=use_voikko)


@cache
def vocabulary(*, use_voikko: bool = True) -> Vocabulary:
    """The project's own vocabulary with the fields of education."""
    data = resources.folder("catalog_data")
    folder = _KEPT / f"vocabulary-{'voikko' if use_voikko else 'dictionary'}"
    codes = read_codes(data / "codes")
    return Vocabularies(folder, data / "vocabulary", codes, analyzer(use_voikko=use_voikko)).load()


def furnish(data: Path) -> Path:
    """A data folder with everything that a portal would otherwise work out when it is first started."""
    vocabulary()
    data.mkdir(parents=True, exist_ok=True)
    (data / "words").symlink_to(words_folder())
    (data / "vocabulary").mkdir()
    shutil.copyfile(_KEPT / "vocabulary-voikko" / "compiled.json", data / "vocabulary" / "compiled.json")
    return data
