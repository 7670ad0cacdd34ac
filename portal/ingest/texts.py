"""Whether the texts of an offering are written in the languages that their labels say."""

from collections import defaultdict

from portal.ingest.findings import Findings
from portal.ingest.languages import MIN_CHARACTERS, detect_language
from portal.model.catalog import texts_by_path
from portal.model.message import N_, Message
from portal.model.offering import Offering

_SAME = {"nb": "no", "nn": "no"}
"""Labels of written Norwegian; the detector knows one."""


def check_languages(offering: Offering, findings: Findings) -> dict[str, str]:
    """The detected language of every text that is long enough, by its path; copies and wrong labels are told."""
    detected: dict[str, str] = {}
    texts = texts_by_path(offering)
    for path, text in texts.items():
        language = detect_language(text)
        if language is None:
            continue
        label = path.rpartition(".")[2]
        detected[path] = label if _SAME.get(label) == language else language
        if detected[path] != label:
            values = {"label": label, "language": language}
            message = Message(N_("Labelled {label}, but it reads like {language}."), values)
            findings.warn(path, message, Message(N_("Move the text under its own language.")), text)
    _check_copies(texts, findings)
    return detected


def _check_copies(texts: dict[str, str], findings: Findings) -> None:
    paths_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, text in texts.items():
        if len(text) >= MIN_CHARACTERS:
            paths_of[path.rpartition(".")[0], text].append(path)
    for (_, text), paths in paths_of.items():
        if len(paths) > 1:
            languages = ", ".join(path.rpartition(".")[2] for path in paths)
            message = Message(
                N_("The same text appears under {languages}. A copied text does not count as a translation."),
                {"languages": languages},
            )
            findings.warn(paths[1], message, Message(N_("Translate the text, or keep it under one language.")), text)
