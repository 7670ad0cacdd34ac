"""Reads vocabularies: our own concept rows, ISCED fields, and files an operator loads; kept ready in the data folder."""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.model.codes import Codes
from portal.model.errors import PortalError
from portal.model.text import LANGUAGES
from portal.search.analysis import Analyzer
from portal.search.analysis.tokens import fold
from portal.search.vocabulary import Concept, Vocabulary

_LABEL_FILE = re.compile(r".*-(fi|sv|en)\.tsv$")
_SHAPE = "4"
_SHORTEST_FOLDED = 5
NEIGHBOURS = "neighbours.txt"
_LOADED: dict[str, Vocabulary] = {}
"""The vocabulary of this process by its stamp, which follows from all that it is made of."""


class Vocabularies:
    """`folder`: what operators have loaded and the compiled whole; `own`: the project's concept rows."""

    def __init__(self, folder: Path, own: Path, codes: Codes, analyzer: Analyzer) -> None:
        self._folder = folder
        self._own = own
        self._codes = codes
        self._analyzer = analyzer

    def add(self, files: Iterable[Path]) -> int:
        """Take in label files (`<uri> TAB label`, named …-fi.tsv, -sv.tsv, -en.tsv) or SKOS Turtle; the concepts in all.

        Raises PortalError when a file is neither.
        """
        read = {file.name: _read_file(file) for file in files}  # all of them before any is kept
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, concepts in read.items():
            (self._folder / f"{name}.json").write_text(json.dumps(concepts, ensure_ascii=False))
        return len(self.load())

    def load(self) -> Vocabulary:
        """The whole vocabulary; compiled anew when a file or the analysis has changed."""
        compiled, stamp = self._folder / "compiled.json", self._stamp()
        if stamp in _LOADED:
            return _LOADED[stamp]
        try:
            data = json.loads(compiled.read_text())
        except (OSError, ValueError):
            data = None
        if not isinstance(data, dict) or data.get("stamp") != stamp:
            data = self._compile() | {"stamp": stamp}
            self._folder.mkdir(parents=True, exist_ok=True)
            new = compiled.with_suffix(".new")
            new.write_text(json.dumps(data, ensure_ascii=False))
            new.replace(compiled)
        concepts = [Concept(i, names, data["near"].get(i, ())) for i, names in data["concepts"].items()]
        _LOADED.clear()
        _LOADED[stamp] = Vocabulary(concepts, data["keys"], data["gists"], stamp)
        return _LOADED[stamp]

    def _compile(self) -> dict:
        concepts: dict[str, dict[str, list[str]]] = {}
        for concept_id, names in self._names():
            known = concepts.setdefault(concept_id, {})
            for code, labels in names.items():
                known[code] = list(dict.fromkeys([*known.get(code, []), *labels]))
        keys: dict[str, dict[str, list[str]]] = {code: {} for code in LANGUAGES}
        gists: dict[str, dict[str, list[str]]] = {code: {} for code in LANGUAGES}
        for concept_id, names in concepts.items():
            for code, labels in names.items():
                for found, made_by in ((keys, self._analyzer.key), (gists, self._analyzer.gist)):
                    for key in {made_by(label, code) for label in labels} - {""}:
                        found[code].setdefault(key, []).append(concept_id)
        self._add_folded(concepts, keys)
        return {"concepts": concepts, "keys": keys, "gists": gists, "near": _near(self._own / NEIGHBOURS, concepts)}

    def _add_folded(self, concepts: dict[str, dict[str, list[str]]], keys: dict[str, dict[str, list[str]]]) -> None:
        """Names as typed without dots (`tyosuojelu`), where they are not names of something else."""
        folded: dict[tuple[str, str], list[str]] = {}
        for concept_id, names in concepts.items():
            for code, label in ((code, label) for code, labels in names.items() for label in labels):
                plain = fold(label.lower())
                if plain != label.lower() and len(plain) >= _SHORTEST_FOLDED:
                    folded.setdefault((code, self._analyzer.key(plain, code)), []).append(concept_id)
        for (code, key), ids in folded.items():
            keys[code].setdefault(key, list(dict.fromkeys(ids)))

    def _names(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        for path in sorted(self._own.glob("*.csv")):
            yield from _from_rows(path)
        for code in self._codes["fields"]:
            labels = self._codes["fields"].labels[code]
            yield f"isced:{code}", {language: [labels[language].lower()] for language in labels}
        for path in sorted(self._folder.glob("*.json")):
            if path.name != "compiled.json":
                yield from json.loads(path.read_text()).items()

    def _stamp(self) -> str:
        """Follows from every file and from the analysis."""
        content = hashlib.sha256(f"{_SHAPE} {self._analyzer.version}".encode())
        for folder in (self._own, self._folder):
            for path in sorted(folder.glob("*")):
                if path.suffix in (".csv", ".txt", ".json") and path.name != "compiled.json":
                    content.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
        return content.hexdigest()


def _near(path: Path, concepts: Iterable[str]) -> dict[str, list[str]]:
    """Each concept of our own that stands on a line with others, with those others, by their full ids."""
    full = {concept_id.partition(":")[2]: concept_id for concept_id in concepts if not concept_id.startswith("http")}
    near: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        together = [full[name] for name in line.partition("#")[0].split() if name in full]
        for one in together:
            near[one] = list(dict.fromkeys([*near.get(one, []), *(other for other in together if other != one)]))
    return near


def _read_file(path: Path) -> dict[str, dict[str, list[str]]]:
    """Concepts of a file that an operator loads; PortalError with a sentence when it is none."""
    labels = _LABEL_FILE.match(path.name)
    if not path.is_file():
        raise PortalError(f"{path} is not there.")
    if not labels and path.suffix != ".ttl":
        raise PortalError(f"{path.name}: label files are named …-fi.tsv, …-sv.tsv or …-en.tsv; SKOS files end in .ttl.")
    try:
        concepts = dict(_from_labels(path, labels[1])) if labels else _from_turtle(path)
    except ValueError as error:
        raise PortalError(f"{path.name} is not text in UTF-8.") from error
    if not concepts:
        raise PortalError(f"{path.name} names no concepts.")
    return concepts


def _from_rows(path: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Our own rows: id, fi, sv, en and `|`-separated fi_alt, sv_alt, en_alt."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield (
                f"{path.stem}:{row['id']}",
                {code: [row[code], *filter(None, row[f"{code}_alt"].split("|"))] for code in LANGUAGES},
            )


def _from_labels(path: Path, code: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        uri, _, label = line.partition("\t")
        if label.strip():
            yield uri.strip("<> "), {code: [re.sub(r"\s*\(.*?\)", "", label).strip().lower()]}


_TURTLE_SUBJECT = re.compile(r"^(<[^>]+>|[\w.-]*:[\w.-]+)\s")
_TURTLE_LABEL = re.compile(r'skos:(?:pref|alt)Label|"((?:[^"\\]|\\.)*)"@(fi|sv|en)\b')


def _from_turtle(path: Path) -> dict[str, dict[str, list[str]]]:
    """Names from SKOS Turtle as thesauri publish it: a subject at the beginning of a line, then its labels."""
    found: dict[str, dict[str, list[str]]] = {}
    subject, of_label = "", False
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := _TURTLE_SUBJECT.match(line):
            subject, of_label = match[1], False
        for label in _TURTLE_LABEL.finditer(line):
            if label[1] is None:
                of_label = True
            elif of_label and subject:
                found.setdefault(subject, {}).setdefault(label[2], []).append(label[1].lower())
        if line.rstrip().endswith((";", ".")):
            of_label = False
    return found
