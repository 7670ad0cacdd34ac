"""Turns texts into the terms by which queries find them; a changed version forces a new index.

A term is a word and how it was come by: the word itself (`tekoälyn`), and marked with the language its base form
(`fi=tekoäly`), stem (`fi~tekoäl`), compound part (`fi+äly`), root (`fi^yrittä`); `-` marks a copy without dots.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from portal.search.analysis.english import English
from portal.search.analysis.families import FAMILIES
from portal.search.analysis.finnish import finnish
from portal.search.analysis.language import Language, Word
from portal.search.analysis.swedish import Swedish
from portal.search.analysis.tokens import fold, parts, tokens, words
from portal.search.analysis.word_cache import WordCache
from portal.search.small_words import STOP_WORDS

_LANGUAGES = ("fi", "sv", "en")
_MARKS = "~+^"


def lexicon_word(term: str) -> str:
    """The word that a term stands for: itself, or a base form; empty for stems, parts, roots and folded copies."""
    if term[:2] in _LANGUAGES and term[2:3] == "=":
        return term[3:]
    marked = (term[:2] in _LANGUAGES and term[2:3] in _MARKS and len(term) > 3) or term[:1] in ("-", "@")
    return "" if marked else term


_VERSION = "3"
_SHORTEST_INFLECTED = 2
_WORDS_KEPT = 30_000


class Worth(NamedTuple):
    """How much a hit by each kind of term is worth, beside one by the word itself (1)."""

    lemma: float = 0.95
    folded: float = 0.9
    stem: float = 0.7
    part: float = 0.65
    root: float = 0.55


WORTH = Worth()


class Analyzer:
    """The three languages together. `folder`: where dictionaries are kept on disk."""

    def __init__(self, folder: Path | None = None, *, use_voikko: bool = True) -> None:
        self.languages: dict[str, Language] = {
            language.code: language
            for language in (finnish(folder, use_voikko=use_voikko), Swedish(folder), English(folder))
        }
        self.version = ".".join([_VERSION, *(language.version for language in self.languages.values())])
        self._word_cache = WordCache(folder, self.version)
        self.analyse = lru_cache(maxsize=_WORDS_KEPT)(self._analyse)
        self.atoms = lru_cache(maxsize=_WORDS_KEPT)(self._atoms)
        self.document_terms = lru_cache(maxsize=_WORDS_KEPT)(self._document_terms)

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """What is found out about words meanwhile is kept on disk, for the next time."""
        self._word_cache.collecting = True
        try:
            yield
            self._word_cache.save()
        finally:
            self._word_cache.collecting = False

    def _analyse(self, word: str, language: str) -> Word:
        if word.isdigit() or language not in self.languages:
            return Word((), known=word.isdigit())
        if len(word) <= _SHORTEST_INFLECTED:
            return Word((word,), known=True)  # an acronym: a dictionary takes "ai" for a form of "be"
        found = self._word_cache.get(word, language)
        if found is None:
            found = self.languages[language].analyse(word)
            self._word_cache.note(word, language, found)
        return found

    def _document_terms(self, word: str, language: str) -> tuple[str, ...]:
        """Every term under which a word of a text in `language` is found."""
        terms = [word]
        if (plain := fold(word)) != word:
            terms.append(f"-{plain}")
        spoken = self.languages.get(language)
        if spoken is None or word in STOP_WORDS[language]:
            return tuple(terms)
        analysed = self.analyse(word, language)
        for lemma in analysed.lemmas or (word,):
            terms.append(f"{language}={lemma}")
            if (plain := fold(lemma)) != lemma and lemma != word:
                terms.append(f"-{plain}")
        if spoken.stem_tells or not analysed.known:
            terms.append(f"{language}~{spoken.stem(word)}")
        terms += [f"{language}+{part}" for part in analysed.parts]
        terms += [f"{language}^{root}" for root in analysed.roots if root not in analysed.lemmas]
        return tuple(dict.fromkeys(terms))

    def text_terms(self, text: str, language: str) -> list[str]:
        """Every term of a provider's text, with repetitions."""
        return [term for token in tokens(text) for term in self.document_terms(token, language)]

    def known_in(self, word: str) -> tuple[str, ...]:
        """Languages whose dictionary knows the word."""
        return tuple(code for code in self.languages if self.analyse(word, code).known)

    def query_forms(self, word: str, language: str) -> dict[str, float]:
        """Terms that stand for one word of a query, with their worth; `language` is that of the interface."""
        forms = {word: 1.0, fold(word): WORTH.folded, f"-{fold(word)}": WORTH.folded}
        forms[word] = 1.0
        for code in self.known_in(word) or (language,):
            self._add_forms(forms, word, code)
        return forms

    def forms_in(self, word: str, language: str) -> dict[str, float]:
        """Terms that stand for a word that is known to be in `language`, such as a word of a vocabulary's label.

        Its base form says it all; only of a word that no dictionary knows the stem is looked for as well.
        """
        forms = {word: 1.0}
        self._add_lemmas(forms, word, language)
        if not self.analyse(word, language).known and len(word) > 3:
            _raise(forms, f"{language}~{self.languages[language].stem(word)}", WORTH.stem)
        return forms

    def _add_forms(self, forms: dict[str, float], word: str, code: str) -> None:
        self._add_lemmas(forms, word, code)
        analysed = self.analyse(word, code)
        if len(word) > 3 and (self.languages[code].stem_tells or not analysed.known):
            stem = self.languages[code].stem(word)
            _raise(forms, f"{code}~{stem}", WORTH.stem)
            if not analysed.known:
                _raise(forms, f"{code}={stem}", WORTH.stem)  # `poddar`, which no dictionary has, may be of podd
        for root in analysed.roots:
            if root not in analysed.lemmas:
                _raise(forms, f"{code}^{root}", WORTH.root)

    def _add_lemmas(self, forms: dict[str, float], word: str, code: str) -> None:
        for lemma in self.analyse(word, code).lemmas or (word,):
            _raise(forms, f"{code}={lemma}", WORTH.lemma)
            if len(lemma) > 2:
                _raise(forms, f"{code}+{lemma}", WORTH.part)
            if (plain := fold(lemma)) != lemma:
                _raise(forms, f"-{plain}", WORTH.folded * WORTH.lemma)

    def weak_forms(self, word: str, language: str) -> dict[str, float]:
        """Terms by the parts of a query's own compound: enough to be related, not to be a result."""
        forms: dict[str, float] = {}
        for code in self.known_in(word) or (language,):
            for part in self.analyse(word, code).parts:
                if len(part) > 3:
                    _raise(forms, f"{code}={part}", 0.4)
                    _raise(forms, f"{code}+{part}", 0.3)
        return forms

    def key(self, text: str, language: str) -> str:
        """A phrase by the base forms of its words, so that labels and queries meet whatever their inflection."""
        return " ".join(self.lemma(word, language) for word in words(text))

    def gist(self, text: str, language: str) -> str:
        """What a phrase is about, however it is put: `johtaa projekteja` and `projektijohtaminen` have one gist.

        The roots of all that its words are made of, in the order of the alphabet; small words tell nothing.
        """
        return " ".join(sorted({atom for word in words(text) for atom in self.telling_atoms(word, language)}))

    def telling_atoms(self, word: str, language: str) -> tuple[str, ...]:
        """Roots of the smallest parts of a word; none for a small word."""
        return () if word in STOP_WORDS.get(language, ()) else self.atoms(word, language)

    def _atoms(self, word: str, language: str) -> tuple[str, ...]:
        """Roots of the smallest parts of a word."""
        spoken = self.languages.get(language)
        if spoken is None:
            return (word,)
        pieces = [piece for sign in (parts(word) or (word,)) for piece in self._pieces(sign, language)]
        return tuple(dict.fromkeys(map(spoken.root, pieces)))

    def _pieces(self, word: str, language: str) -> tuple[str, ...]:
        analysed = self.analyse(word, language)
        lemma = self.lemma(word, language)
        pieces = [piece for piece in analysed.pieces if piece not in (word, lemma)]
        if self.languages[language].root(lemma) in FAMILIES.get(language, ()):
            return (lemma,)  # handledning is of handleda, and of no hand
        return tuple(p for piece in pieces for p in self._pieces(piece, language)) if len(pieces) > 1 else (lemma,)

    def lemma(self, word: str, language: str) -> str:
        """The likeliest base form; the word itself when there is none."""
        return (self.analyse(word, language).lemmas or (word,))[0]


def _raise(forms: dict[str, float], term: str, worth: float) -> None:
    forms[term] = max(forms.get(term, 0.0), worth)
