"""Puts names in the order in which readers of a language look them up."""

import unicodedata

_AFTER_Z = {"å": "{a", "ä": "{b", "ö": "{c"}  # "{" follows "z": Finnish and Swedish end … z å ä ö


def sort_key(text: str, language: str) -> tuple[str, str]:
    """Case and other accents do not matter at first; in English å, ä and ö stand with a and o."""
    folded = text.casefold().lstrip("\"'”’»([-– ")
    if language in ("fi", "sv"):
        folded = "".join(_AFTER_Z.get(letter, letter) for letter in unicodedata.normalize("NFC", folded))
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return plain, text
